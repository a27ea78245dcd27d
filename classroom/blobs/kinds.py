"""What kinds of files are taken: by the ending of the name and the first bytes, which must agree.

Nothing here trusts what a browser calls a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from classroom.blobs.archives import check_archive, read_entries
from classroom.blobs.names import ending_of
from classroom.errors import Refused

HEAD_BYTES = 64 * 1024
Family = Literal["picture", "archive", "document", "text", "audio", "video"]

_Looks = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class FileKind:
    """`media` is its media type. `inside` begins the name of an entry that an archive must have."""

    media: str
    family: Family
    looks: _Looks
    inside: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether it is a zip, whatever it is called."""
        return self.looks is _is_zip


def _begins(*magics: bytes) -> _Looks:
    return lambda head: head.startswith(magics)


def _riff(form: bytes) -> _Looks:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_mp3(head: bytes) -> bool:
    """A tag, or a frame: eleven ones, then a layer that is not reserved (ISO 11172-3, 2.4.1.3)."""
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0
    return head.startswith(b"ID3") or is_frame


def _is_mpeg4(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _is_quicktime(head: bytes) -> bool:
    return head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free")


_TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}


def _is_text(head: bytes) -> bool:
    """No control characters: any encoding that keeps ASCII where it is, or UTF-16 with its mark."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or not _TEXT_CONTROLS & set(head)


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_JPEG = FileKind("image/jpeg", "picture", _begins(b"\xff\xd8\xff"))
KINDS: dict[str, FileKind] = {
    "png": FileKind("image/png", "picture", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "gif": FileKind("image/gif", "picture", _begins(b"GIF87a", b"GIF89a")),
    "webp": FileKind("image/webp", "picture", _riff(b"WEBP")),
    "pdf": FileKind("application/pdf", "document", _is_pdf),
    "docx": FileKind(_OFFICE + "wordprocessingml.document", "document", _is_zip, "word/"),
    "xlsx": FileKind(_OFFICE + "spreadsheetml.sheet", "document", _is_zip, "xl/"),
    "pptx": FileKind(_OFFICE + "presentationml.presentation", "document", _is_zip, "ppt/"),
    "odt": FileKind(_OPEN + "text", "document", _is_zip, "mimetype"),
    "ods": FileKind(_OPEN + "spreadsheet", "document", _is_zip, "mimetype"),
    "odp": FileKind(_OPEN + "presentation", "document", _is_zip, "mimetype"),
    "txt": FileKind("text/plain", "text", _is_text),
    "md": FileKind("text/markdown", "text", _is_text),
    "csv": FileKind("text/csv", "text", _is_text),
    "mp3": FileKind("audio/mpeg", "audio", _is_mp3),
    "m4a": FileKind("audio/mp4", "audio", _is_mpeg4),
    "ogg": FileKind("audio/ogg", "audio", _begins(b"OggS")),
    "wav": FileKind("audio/wav", "audio", _riff(b"WAVE")),
    "mp4": FileKind("video/mp4", "video", _is_mpeg4),
    "mov": FileKind("video/quicktime", "video", _is_quicktime),
    "webm": FileKind("video/webm", "video", _begins(b"\x1a\x45\xdf\xa3")),
    "zip": FileKind("application/zip", "archive", _is_zip),
}
"""By ending."""

SHOWN = frozenset(
    kind.media
    for kind in KINDS.values()
    if kind.family in ("picture", "audio", "video") or kind.media == "application/pdf"
)
"""What is named by its type when it is fetched; a browser may show it, and none of it has a script
that runs as ours."""


def kind_of(name: str) -> FileKind:
    """The kind that a name promises; Refused `file.type` when it is not taken."""
    found = KINDS.get(ending_of(name))
    if found is None:
        raise Refused("file.type")
    return found


def check_kind(path: Path, name: str) -> FileKind:
    """The kind of a file that is whole. Reads a bounded part of it.

    Refused `file.type` when its bytes are not what its name promises, `file.bomb`, `file.broken`.
    """
    kind = kind_of(name)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if not kind.looks(head):
            raise Refused("file.type")
        if not kind.is_archive:
            return kind
        entries = read_entries(file)
    check_archive(entries, path.stat().st_size)
    if kind.inside and not any(entry.name.startswith(kind.inside) for entry in entries):
        raise Refused("file.type")
    return kind
