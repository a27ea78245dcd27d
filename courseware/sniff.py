"""What a file is, by its first bytes and the ending of its name: both must agree.

Decides nothing about what is inside: that a zip called .pptx holds slides is seen where it is
opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from courseware.deck import Kind
from courseware.errors import Unfit

HEAD_BYTES: Final = 4096
"""So much of a file is enough to tell."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""[MS-CFB] 2.2: files of Office before 2007, and newer ones with a password."""
_ZIP: Final = b"PK\x03\x04"
_EBML: Final = b"\x1a\x45\xdf\xa3"

_Looks = Callable[[bytes], bool]


def _begins(*magics: bytes) -> _Looks:
    return lambda head: head.startswith(magics)


def _is_pdf(head: bytes) -> bool:
    """ISO 32000-1 annex H: readers take the header within the first 1024 bytes."""
    return b"%PDF-" in head[:1024]


def _is_riff(form: bytes) -> _Looks:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _is_mp4(head: bytes) -> bool:
    """ISO/IEC 14496-12: a box `ftyp` first; QuickTime's own brand is what browsers do not play."""
    return head[4:8] == b"ftyp" and head[8:12] != b"qt  "


def _is_webm(head: bytes) -> bool:
    """RFC 8794: an EBML header with the document type webm, not any Matroska."""
    return head.startswith(_EBML) and b"\x42\x82\x84webm" in head[:64]


def _is_mp3(head: bytes) -> bool:
    """An ID3 tag, or the eleven set bits of an MPEG audio frame of layer III."""
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return head.startswith(b"ID3") or is_frame


_PICTURES: Final = (
    _begins(b"\x89PNG\r\n\x1a\n"),
    _begins(b"\xff\xd8\xff"),
    _begins(b"GIF87a", b"GIF89a"),
    _begins(b"II*\x00", b"MM\x00*"),
    _begins(b"BM"),
    _is_riff(b"WEBP"),
)


def _is_picture(head: bytes) -> bool:
    return any(looks(head) for looks in _PICTURES)


_ENDINGS: Final[tuple[tuple[Kind, _Looks, str], ...]] = (
    ("pdf", _is_pdf, "pdf"),
    ("picture", _is_picture, "png jpg jpeg jfif webp gif tif tiff bmp"),
    ("slides", _begins(_ZIP), "pptx ppsx pptm odp"),
    ("document", _begins(_ZIP), "docx docm odt"),
    ("activity", _begins(_ZIP), "zip"),
    ("film", _is_mp4, "mp4 m4v"),
    ("film", _is_webm, "webm"),
    ("sound", _is_mp4, "m4a"),
    ("sound", _begins(b"OggS"), "ogg oga opus"),
    ("sound", _is_mp3, "mp3"),
    ("sound", _is_riff(b"WAVE"), "wav"),
)
_BY_ENDING: Final[Mapping[str, tuple[Kind, _Looks]]] = {
    ending: (kind, looks) for kind, looks, endings in _ENDINGS for ending in endings.split()
}
_OLD_OFFICE: Final = frozenset(("ppt", "pps", "pot", "doc", "dot", "xls"))


def kind_of(name: str, head: bytes) -> Kind:
    """What a file of this name that begins with these bytes (HEAD_BYTES of them, or all) is.

    Unfit `empty`, `type`, `old_office`, `encrypted` (an Office file with a password).
    """
    if not head:
        raise Unfit("empty")
    kind, looks = _named(name)
    if kind in ("slides", "document") and head.startswith(_OLE):
        raise Unfit("encrypted" if _names_a_lock(head) else "old_office")
    if not looks(head):
        raise Unfit("type")
    return kind


def named_kind(name: str) -> Kind:
    """What a file of this name says it is, before a byte of it is there.

    Unfit `type`, `old_office`.
    """
    return _named(name)[0]


def _named(name: str) -> tuple[Kind, _Looks]:
    ending = name.rpartition(".")[2].lower()
    if ending in _OLD_OFFICE:
        raise Unfit("old_office")
    found = _BY_ENDING.get(ending)
    if found is None:
        raise Unfit("type")
    return found


def _names_a_lock(head: bytes) -> bool:
    """[MS-OFFCRYPTO] 2.3.4: a locked file's streams have these names; where they stand further
    on, only a file saved by an old program and renamed would look the same."""
    names = ("PowerPoint Document", "WordDocument", "Workbook")
    return not any(name.encode("utf-16-le") in head for name in names)
