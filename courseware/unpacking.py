"""An activity: a zip of web pages, unpacked file by file. Runs in a child.

Decides which files of it are kept: those of kinds that a page needs. Where the files lie says
nothing of their names, so that no name in a zip becomes a name on the disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from courseware.archive import Measure, Member, read_members, read_pieces
from courseware.deck import ACTIVITY_ENTRIES_MAX, ACTIVITY_UNPACKED_MAX, MEGABYTE
from courseware.errors import Unfit

MEASURE: Final = Measure(ACTIVITY_ENTRIES_MAX, ACTIVITY_UNPACKED_MAX, ratio=10, small=2 * MEGABYTE)
"""Its files are kept as they are unpacked, and count with the bytes of the zip. Pictures, sound and
programs are packed two to five times."""
ENTRY: Final = "index.html"
PATH_MAX: Final = 190
KINDS: Final[Mapping[str, str]] = {
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "wasm": "application/wasm",
}
_LEFT_OUT: Final = re.compile(r"(^|/)(__MACOSX/|\.)")
"""What systems put into an archive beside its files."""


def unpack(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Writes the n-th file that is kept to `entry-<n>`, n from 0; says `{"entry", "kind", "bytes"}`
    of each. A single folder around all of them is taken off.

    Unfit `bomb`, `encrypted`, `broken`; `type` with `entry` 0 without an index.html.
    """
    members = read_members(files[0], MEASURE)
    kept = [member for member in members if _kind(member.path) and not _is_left_out(member.path)]
    top = _top(kept)
    if all(member.path != top + ENTRY for member in kept):
        raise Unfit("type", {"entry": 0})
    for place, member in enumerate(kept):
        with open(f"entry-{place}", "wb") as written:
            for piece in read_pieces(files[0], member):
                written.write(piece)
        path = member.path.removeprefix(top)
        yield {"entry": path, "kind": _kind(path), "bytes": member.bytes}


def _kind(path: str) -> str:
    return KINDS.get(path.rpartition(".")[2].lower(), "") if len(path) <= PATH_MAX else ""


def _is_left_out(path: str) -> bool:
    return _LEFT_OUT.search(path) is not None


def _top(members: Sequence[Member]) -> str:
    """`name/` when everything stands in one folder, else nothing."""
    tops = {member.path.partition("/")[0] for member in members}
    is_one = len(tops) == 1 and all("/" in member.path for member in members)
    return f"{tops.pop()}/" if is_one else ""
