"""The directory of a zip, read with bounds, and its members, never more of them than it promised.

The form is APPNOTE.TXT 6.3.10 of PKWARE; sections are named beside what is read. Archives of the
large form (zip64) hold more than we take.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from courseware.deck import MEGABYTE
from courseware.errors import Unfit

DIRECTORY_MAX: Final = 16 * MEGABYTE
RATIO_MAX: Final = 100
SMALL: Final = 10 * MEGABYTE
"""What unpacks to less is no bomb, however well it is packed."""
NAME_MAX: Final = 300
_COMMENT_MAX: Final = 65_535
_END: Final = struct.Struct("<4sHHHHIIH")
"""4.3.16 End of central directory record."""
_ENTRY: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
"""4.3.12 Central directory header."""
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
"""4.3.7 Local file header."""
_IS_LOCKED: Final = 0x0001 | 0x0040 | 0x2000
_IS_UTF8: Final = 0x0800
_STORED, _DEFLATED = 0, 8
_ALL_32: Final = 0xFFFFFFFF
_KIND, _PLAIN, _FOLDER = 0o170000, 0o100000, 0o040000
"""Of the Unix mode in the upper half of the outer attributes (4.4.15)."""
_READ: Final = 64 * 1024
_OUTSIDE: Final = re.compile(r"^/|^[A-Za-z]:|(^|/)\.{1,2}(/|$)|//|[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive; sizes in bytes, as the directory has them."""

    path: str
    packed: int
    bytes: int
    checksum: int
    at: int
    is_deflated: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """How much an archive may hold, and how many times more than it takes itself; what unpacks to
    no more than `small` may be packed however well."""

    entries: int
    bytes: int
    ratio: int = RATIO_MAX
    small: int = SMALL


def read_members(file: BinaryIO, measure: Measure) -> tuple[Member, ...]:
    """The files of a zip, folders left out.

    Unfit `bomb` (too many, too much, packed too well, sharing their bytes), `encrypted`, `broken`
    (no zip, links, names that lead out of the folder it is unpacked in).
    """
    try:
        size = file.seek(0, os.SEEK_END)
        count, length, start = _end(file, size)
        if count > measure.entries or length > DIRECTORY_MAX:
            raise Unfit("bomb")
        file.seek(start)
        members = list(_members(file.read(length), count))
    except (struct.error, ValueError, OSError) as error:
        raise Unfit("broken") from error
    _check(members, size, measure)
    return tuple(member for member in members if not member.path.endswith("/"))


def read_pieces(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """A member, unpacked piece by piece. Unfit `broken` when it is not what was promised, `bomb`
    when there is more of it."""
    try:
        left = _go_to(file, member)
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if member.is_deflated else None
        found, checksum = 0, 0
        while left > 0 and (raw := file.read(min(_READ, left))):
            left -= len(raw)
            for piece in _unpacked(unpacker, raw):
                found, checksum = found + len(piece), zlib.crc32(piece, checksum)
                if found > member.bytes:
                    raise Unfit("bomb")
                yield piece
    except (struct.error, ValueError, OSError, zlib.error) as error:
        raise Unfit("broken") from error
    if (found, checksum) != (member.bytes, member.checksum):
        raise Unfit("broken")


def read_member(file: BinaryIO, member: Member, most: int) -> bytes:
    """A whole member; Unfit `bomb` when it is larger than `most`."""
    if member.bytes > most:
        raise Unfit("bomb")
    return b"".join(read_pieces(file, member))


def _end(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """How many entries the directory has, how many bytes, and where it begins."""
    from_end = min(size, _END.size + _COMMENT_MAX)
    file.seek(size - from_end)
    tail = file.read(from_end)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise Unfit("broken")
    _, disk, _, _, count, length, start, _ = _END.unpack_from(tail, at)
    if disk != 0 or _ALL_32 in (length, start):
        raise Unfit("broken")
    return count, length, start


def _members(directory: bytes, count: int) -> Iterator[Member]:
    at = 0
    for _ in range(count):
        fields = _ENTRY.unpack_from(directory, at)
        sign, version, _, flags, method, _, _, checksum, packed, unpacked = fields[:10]
        name_length, extra_length, comment_length, _, _, attributes, place = fields[10:]
        if sign != b"PK\x01\x02" or _ALL_32 in (packed, unpacked, place):
            raise Unfit("broken")
        if flags & _IS_LOCKED:
            raise Unfit("encrypted")
        raw = directory[at + _ENTRY.size : at + _ENTRY.size + name_length]
        path = raw.decode("utf-8" if flags & _IS_UTF8 else "cp437")
        at += _ENTRY.size + name_length + extra_length + comment_length
        _check_name(path, mode=attributes >> 16 if version >> 8 == 3 else 0)
        if method not in (_STORED, _DEFLATED):
            raise Unfit("broken")
        yield Member(path, packed, unpacked, checksum, place, method == _DEFLATED)


def _check_name(path: str, *, mode: int) -> None:
    """A plain file or a folder, below where it is unpacked."""
    if not 0 < len(path) <= NAME_MAX or _OUTSIDE.search(path.removesuffix("/")):
        raise Unfit("broken")
    if mode & _KIND not in (0, _PLAIN, _FOLDER):
        raise Unfit("broken")


def _check(members: Sequence[Member], size: int, measure: Measure) -> None:
    unpacked = sum(member.bytes for member in members)
    packed = sum(member.packed for member in members)
    if unpacked > measure.bytes or packed > size:
        raise Unfit("bomb")
    if unpacked > measure.small and unpacked > measure.ratio * size:
        raise Unfit("bomb")
    if len({member.path for member in members}) != len(members):
        raise Unfit("broken")
    ends_at = 0
    for member in sorted(members, key=lambda member: member.at):
        if member.at < ends_at:
            raise Unfit("bomb")
        ends_at = member.at + _LOCAL.size + member.packed


def _go_to(file: BinaryIO, member: Member) -> int:
    """Where its bytes begin; how many there are."""
    file.seek(member.at)
    fields = _LOCAL.unpack(file.read(_LOCAL.size))
    if fields[0] != b"PK\x03\x04":
        raise Unfit("broken")
    file.seek(fields[9] + fields[10], os.SEEK_CUR)
    return member.packed


def _unpacked(unpacker: zlib._Decompress | None, raw: bytes) -> Iterator[bytes]:
    """At most so much at once as was read: what follows stays packed until it is asked for."""
    if unpacker is None:
        yield raw
        return
    while raw:
        yield unpacker.decompress(raw, _READ)
        raw = unpacker.unconsumed_tail
    if unpacker.eof and unpacker.unused_data:
        raise Unfit("broken")
