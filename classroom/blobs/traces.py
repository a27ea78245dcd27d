"""What a camera writes beside a picture or a film: the place, the device, the hour, a small copy of
what was cut away. All of it is blanked where it stands.

Nothing moves and no size changes, so what was announced and counted stays true; the picture itself
is not touched. Forms: ITU T.81 annex B with Exif 2.3 4.7.2, PNG 3rd edition 11.3, the WebP
container, ISO/IEC 14496-12 8.10.
"""

from __future__ import annotations

from collections.abc import Callable
from mmap import mmap
from pathlib import Path
from zlib import crc32

from classroom.blobs.scans import ALONE, END, MARKER

Content = bytearray | mmap
"""Bytes that can be changed in place."""

MOST = 20_000
"""Parts of one file that are looked at. No camera writes so many; whoever does keeps the traces."""
_STRIDE = 1 << 20
_ORIENTATION = 0x0112
_TIFF = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"
"""One directory with one entry: which side of the picture is up."""
_APP1, _APP13, _COMMENT = 0xE1, 0xED, 0xFE
_EXIF = b"Exif\0\0"
_PNG_WORDS = (b"tEXt", b"zTXt", b"iTXt")
_BOXES_OF_BOXES = (b"moov", b"trak")
_BOXES_OF_TRACES = (b"udta", b"meta", b"uuid")
_DEPTH = 3


def blank_file(path: Path, media: str) -> None:
    """Blank the traces in a file that is at least as long as its magic; others stay as they are."""
    blank = _BLANKS.get(media)
    if blank is None:
        return
    with path.open("r+b") as file, mmap(file.fileno(), 0) as content:
        blank(content)


def blank_jpeg(content: Content) -> None:
    """All pictures in it (a phone puts a second one and a film behind the first), each upright as
    it was."""
    at, left = 0, MOST
    while left and content[at : at + 2] == b"\xff\xd8":
        end, left = _jpeg_from(content, at + 2, left)
        at = content.find(b"\xff\xd8\xff", end)
        film = content.find(b"ftyp", end)
        if at < 0:
            if film >= 4:
                _boxes(content, film - 4, len(content), (_DEPTH, left))
            return


def _jpeg_from(content: Content, at: int, left: int) -> tuple[int, int]:
    """One picture; where it ends, and how many parts may still be looked at."""
    while left and (found := MARKER.search(content, at)) is not None:
        left -= 1
        marker, at = found[1][0], found.end()
        if marker == END:
            return at, left
        if marker not in ALONE:
            end = min(len(content), at + max(2, int.from_bytes(content[at : at + 2], "big")))
            _segment(content, marker, at + 2, end)
            at = end
    return len(content), 0


def _segment(content: Content, marker: int, start: int, end: int) -> None:
    if marker == _APP1 and content[start : start + 6] == _EXIF:
        _exif(content, start + 6, end)
    elif marker in (_APP1, _APP13, _COMMENT):
        _fill(content, start, end, b"\0")


def _exif(content: Content, start: int, end: int) -> None:
    """What is left says which side is up. Less than that has no room for anything else."""
    least = len(_TIFF) - 1  # %c stands for one byte
    if end - start >= least:
        upright = _orientation(bytes(content[start : min(end, start + 64 * 1024)]))
        content[start : start + least] = _TIFF % upright
        _fill(content, start + least, end, b"\0")


def _orientation(tiff: bytes) -> int:
    """TIFF 6.0: the entry of the first directory; 1 when there is none."""
    is_little = tiff[:2] == b"II"

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], "little" if is_little else "big")

    first = number(4, 4)
    for index in range(min(number(first, 2), 512)):
        entry = first + 2 + 12 * index
        if number(entry, 2) == _ORIENTATION:
            side = number(entry + 8, 2)
            return side if 1 <= side <= 8 else 1
    return 1


def blank_png(content: Content) -> None:
    """Words become blanks, with the sum that belongs to them."""
    at = 8
    for _ in range(MOST):
        length = int.from_bytes(content[at : at + 4], "big")
        start, end = at + 8, at + 8 + length
        if end + 4 > len(content):
            return
        kind = bytes(content[at + 4 : start])
        if kind == b"eXIf":
            _exif(content, start, end)
        elif kind in _PNG_WORDS and length > 1:
            content[at + 4 : start] = b"tEXt"
            content[start : start + 2] = b"-\0"
            _fill(content, start + 2, end, b" ")
        if kind == b"eXIf" or kind in _PNG_WORDS:
            content[end : end + 4] = _sum(content, at + 4, end).to_bytes(4, "big")
        at = end + 4


def _sum(content: Content, start: int, end: int) -> int:
    total = 0
    for at in range(start, end, _STRIDE):
        total = crc32(content[at : min(end, at + _STRIDE)], total)
    return total


def blank_webp(content: Content) -> None:
    """Its parts for Exif and XMP."""
    at = 12
    for _ in range(MOST):
        start = at + 8
        end = start + int.from_bytes(content[at + 4 : start], "little")
        if start > len(content) or end > len(content):
            return
        kind = bytes(content[at : at + 4])
        if kind == b"EXIF":
            prefix = 6 if content[start : start + 6] == _EXIF else 0
            _exif(content, start + prefix, end)
        elif kind == b"XMP ":
            _fill(content, start, end, b" ")
        at = end + end % 2


def blank_film(content: Content) -> None:
    """The boxes of what a user or a device said; they become free space."""
    _boxes(content, 0, len(content), (_DEPTH, MOST))


def _boxes(content: Content, at: int, end: int, most: tuple[int, int]) -> int:
    """Boxes beside each other, and inside those that hold others. `most`: how deep, and how many;
    gives how many may still be seen."""
    depth, left = most
    while left and at + 8 <= end:
        left -= 1
        size, start = int.from_bytes(content[at : at + 4], "big"), 8
        kind = bytes(content[at + 4 : at + 8])
        if size == 1:
            size, start = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        size = size or end - at
        if size < start or at + size > end:
            break
        if kind in _BOXES_OF_BOXES and depth > 1:
            left = _boxes(content, at + start, at + size, (depth - 1, left))
        elif kind in _BOXES_OF_TRACES:
            content[at + 4 : at + 8] = b"free"
            _fill(content, at + start, at + size, b"\0")
        at += size
    return left


def _fill(content: Content, start: int, end: int, with_byte: bytes) -> None:
    for at in range(start, end, _STRIDE):
        content[at : min(end, at + _STRIDE)] = with_byte * (min(end, at + _STRIDE) - at)


_BLANKS: dict[str, Callable[[Content], None]] = {
    "image/jpeg": blank_jpeg,
    "image/png": blank_png,
    "image/webp": blank_webp,
    "video/mp4": blank_film,
    "video/quicktime": blank_film,
}
