"""Packed points: what a finished stroke looks like in an element's `d`.

Byte 0 is the version, 1. Then three zigzag numbers a point: how far round(8 x), round(8 y) and the
pressure (0..255) moved since the point before; the first point moves from 0. About 3 bytes a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from whiteboard.errors import LocalError
from whiteboard.reader import Reader
from whiteboard.varint import unzigzag, write_varuint, zigzag

VERSION: Final = 1
LARGEST: Final = 16384
"""Bytes; a longer stroke is split by whoever draws it."""
FURTHEST: Final = 1_000_000
"""Board units, the largest absolute coordinate."""
STEPS: Final = 8
"""Steps per board unit."""
HARDEST: Final = 255

Point = tuple[float, float, int]
"""x and y in board units, pressure 0..255."""

_CONTINUED: Final = bytes(range(0x80, 0x100))
_UNUSUAL: Final = re.compile(rb"[\x80-\xff](?:[\x80-\xff]|\x00)")
"""A number of three or more bytes, or one spelled too long."""
_NUMBER: Final = re.compile(rb"[\x80-\xff]*[\x00-\x7f]")
_TOO_LONG: Final = re.compile(rb"[\x80-\xff]\x00")
_LONG: Final = re.compile(rb"[\x80-\xff]{4}")
_LONGEST_SHORT_STEP: Final = 8192
"""Two bytes hold zigzag numbers below 2^14."""
_EDGE: Final = FURTHEST * STEPS


def pack(points: Iterable[Point]) -> bytes:
    """Points as bytes. No points, or points out of range, are our own mistake."""
    out = bytearray((VERSION,))
    before = (0, 0, 0)
    for x, y, pressure in points:
        if not (abs(x) <= FURTHEST and abs(y) <= FURTHEST and 0 <= pressure <= HARDEST):
            raise LocalError("a point out of range")
        # JavaScript rounds halves up; Python's round would go to the even one.
        now = (_nearest(x * STEPS), _nearest(y * STEPS), pressure)
        for new, old in zip(now, before, strict=True):
            write_varuint(out, zigzag(new - old))
        before = now
    if len(out) == 1:
        raise LocalError("a stroke without a point")
    return bytes(out)


def _nearest(value: float) -> int:
    return int((value + 0.5) // 1)


def unpack(packed: bytes) -> list[Point]:
    """Bytes as points; `Refused("schema.value")` for what is not packed points in range.

    A pressure out of range is taken as the nearest one in range: it cannot be told without reading
    every point, which `check_points` avoids, so every reader has to do this.
    """
    reader = Reader(packed, "schema.value")
    if len(packed) > LARGEST or reader.byte() != VERSION:
        reader.refuse("not points of this version")
    points: list[Point] = []
    x = y = pressure = 0
    while reader.left:
        x += unzigzag(reader.varuint())
        y += unzigzag(reader.varuint())
        pressure += unzigzag(reader.varuint())
        if not (-_EDGE <= x <= _EDGE and -_EDGE <= y <= _EDGE):
            reader.refuse("a point out of range")
        points.append((x / STEPS, y / STEPS, min(max(pressure, 0), HARDEST)))
    if not points:
        reader.refuse("a stroke without a point")
    return points


def check_points(packed: bytes) -> None:
    """Refuse (`schema.value`) what `unpack` would refuse, mostly without reading it all.

    Numbers are counted by their last bytes. When no step after the first point takes more than two
    bytes, the farthest the stroke can get is known from its length; only others are read whole.
    """
    reader = Reader(packed, "schema.value")
    if len(packed) > LARGEST or reader.byte() != VERSION:
        reader.refuse("not points of this version")
    numbers = len(packed.translate(None, _CONTINUED)) - 1
    if numbers == 0 or numbers % 3 or packed[-1] >= 0x80:
        reader.refuse("not whole points")
    x, y = unzigzag(reader.varuint()), unzigzag(reader.varuint())
    reader.varuint()
    reach = max(abs(x), abs(y)) + numbers // 3 * _LONGEST_SHORT_STEP
    if reach > _EDGE or _UNUSUAL.search(packed, reader.pos):
        _check_far(packed, reader)


def _check_far(packed: bytes, reader: Reader) -> None:
    """The same for a stroke that may get too far: every step is added up, no point is made."""
    if _TOO_LONG.search(packed, 1):
        reader.refuse("a number spelled too long")
    numbers = _NUMBER.findall(packed, 1)
    for turn in (0, 1):
        places = list(accumulate(map(_step, numbers[turn::3])))
        if min(places) < -_EDGE or max(places) > _EDGE:
            reader.refuse("a point out of range")
    if _LONG.search(packed, 1):
        for number in numbers[2::3]:
            Reader(number, "schema.value").varuint()


def _step(number: bytes) -> int:
    if len(number) > 4:
        return 3 * _EDGE  # too far from anywhere
    bits = int.from_bytes(number, "little")
    value = bits & 0x7F | bits >> 1 & 0x3F80 | bits >> 2 & 0x1FC000 | bits >> 3 & 0xFE00000
    return -((value + 1) >> 1) if value & 1 else value >> 1
