"""What a zip promises to unpack to, read from its directory with bounds; nothing is unpacked.

The form is APPNOTE.TXT 6.3.10 of PKWARE; sections are named beside what is read.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from classroom.errors import Refused

ENTRIES_MAX = 5000
UNPACKED_MAX = 1024**3
RATIO_MAX = 200
SMALL = 1024**2
"""What unpacks to less is no bomb, however well it is packed."""
DIRECTORY_MAX = 4 * 1024**2
"""Bytes of the directory that are read: 5000 entries with names of 700 characters."""

_END = struct.Struct("<4sHHHHIIH")
"""4.3.16 End of central directory record."""
_END_SIGN = b"PK\x05\x06"
_COMMENT_MAX = 65_535
_LOCATOR = struct.Struct("<4sIQI")
"""4.3.15 Zip64 end of central directory locator, right before the end record."""
_END64 = struct.Struct("<4sQHHIIQQQQ")
"""4.3.14 Zip64 end of central directory record."""
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
"""4.3.12 Central directory header."""
_ENTRY_SIGN = b"PK\x01\x02"
_ALL_32 = 0xFFFFFFFF
"""The value stands in the zip64 extra field (4.5.3)."""
_ALL_16 = 0xFFFF
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
"""Absolute, on another drive, or above the folder it is unpacked in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory; sizes in bytes, as it promises them."""

    name: str
    packed: int
    unpacked: int


def check_archive(entries: Sequence[Entry], size: int) -> None:
    """Refused `file.bomb` when an archive of `size` bytes unpacks to too much, or to outside."""
    packed = sum(entry.packed for entry in entries)
    unpacked = sum(entry.unpacked for entry in entries)
    is_large = unpacked > UNPACKED_MAX or packed > size
    if is_large or (unpacked > SMALL and unpacked > RATIO_MAX * max(packed, 1)):
        raise Refused("file.bomb")
    if any(_OUTSIDE.search(entry.name) for entry in entries):
        raise Refused("file.bomb")


def read_entries(file: BinaryIO) -> list[Entry]:
    """The entries of a zip; Refused `file.bomb` when there are too many, `file.broken` when it is
    none that can be read."""
    try:
        count, length, start = _directory(file)
        if count > ENTRIES_MAX or length > DIRECTORY_MAX:
            raise Refused("file.bomb")
        file.seek(start)
        directory = file.read(length)
        if len(directory) != length:
            raise Refused("file.broken")
        return _entries(directory, count)
    except (struct.error, ValueError, OSError) as error:
        raise Refused("file.broken") from error


def _directory(file: BinaryIO) -> tuple[int, int, int]:
    """How many entries it has, how many bytes, and where it begins."""
    size = file.seek(0, os.SEEK_END)
    from_end = min(size, _END.size + _COMMENT_MAX + _LOCATOR.size)
    file.seek(size - from_end)
    tail = file.read(from_end)
    at = tail.rfind(_END_SIGN)
    if at < 0:
        raise Refused("file.broken")
    _, disk, _, _, count, length, start, _ = _END.unpack_from(tail, at)
    if disk not in (0, _ALL_16):
        raise Refused("file.broken")  # one of several volumes
    if _ALL_16 in (count, disk) or _ALL_32 in (length, start):
        return _directory64(file, tail, at - _LOCATOR.size)
    return count, length, start


def _directory64(file: BinaryIO, tail: bytes, at: int) -> tuple[int, int, int]:
    sign, _, place, _ = _LOCATOR.unpack_from(tail, at) if at >= 0 else (b"", 0, 0, 0)
    if sign != b"PK\x06\x07":
        raise Refused("file.broken")
    file.seek(place)
    record = _END64.unpack(file.read(_END64.size))
    if record[0] != b"PK\x06\x06":
        raise Refused("file.broken")
    return record[7], record[8], record[9]


def _entries(directory: bytes, count: int) -> list[Entry]:
    """Every entry; the directory must have as many as it says, and nothing else."""
    entries: list[Entry] = []
    at = 0
    while at < len(directory) and directory.startswith(_ENTRY_SIGN, at):
        fields = _ENTRY.unpack_from(directory, at)
        flags, packed, unpacked = fields[3], fields[8], fields[9]
        name_length, extra_length, comment_length = fields[10:13]
        name_at = at + _ENTRY.size
        extra_at = name_at + name_length
        at = extra_at + extra_length + comment_length
        if at > len(directory) or len(entries) >= ENTRIES_MAX:
            raise Refused("file.broken")
        raw = directory[name_at:extra_at]
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if _ALL_32 in (packed, unpacked):
            extra = directory[extra_at : extra_at + extra_length]
            packed, unpacked = _sizes64(extra, packed, unpacked)
        entries.append(Entry(name, packed, unpacked))
    if len(entries) != count:
        raise Refused("file.broken")
    return entries


def _sizes64(extra: bytes, packed: int, unpacked: int) -> tuple[int, int]:
    """4.5.3: those of the two that do not fit, the unpacked size first."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            values = struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])
            if unpacked == _ALL_32:
                unpacked = next(values, (unpacked,))[0]
            if packed == _ALL_32:
                packed = next(values, (packed,))[0]
            break
        at += 4 + length
    return packed, unpacked
