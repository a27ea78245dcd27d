"""Plain values inside an update (lib0's "any"): what an element or a patch is written as.

Numbers come as int or float, bytes as bytes. What JavaScript has and our schema never uses
(`undefined`, big integers) comes as a `Strange`, so that no check mistakes it for a number or null.
"""

from __future__ import annotations

from enum import Enum
from struct import unpack
from typing import Final

from whiteboard.reader import Reader

DEEPEST: Final = 6


class Strange(Enum):
    """Values that no element has."""

    UNDEFINED = "undefined"
    BIG_INTEGER = "big integer"


def read_plain(reader: Reader, depth: int = 0) -> object:
    """One value, at most `DEEPEST` levels deep, without keys given twice."""
    tag = reader.byte()
    if tag == 125:
        return reader.varint()
    if tag == 119:
        return reader.text()
    if tag == 123:
        return unpack(">d", reader.take(8))[0]
    if tag == 124:
        return unpack(">f", reader.take(4))[0]
    if tag == 116:
        return reader.blob()
    if tag == 118:
        return _read_object(reader, depth)
    if tag == 117:
        if depth >= DEEPEST:
            reader.refuse("values nested too deep")
        return [read_plain(reader, depth + 1) for _ in range(reader.varuint())]
    return _read_constant(reader, tag)


def _read_object(reader: Reader, depth: int) -> dict[str, object]:
    if depth >= DEEPEST:
        reader.refuse("values nested too deep")
    found: dict[str, object] = {}
    count = reader.varuint()
    for _ in range(count):
        key = reader.text()
        found[key] = read_plain(reader, depth + 1)
    if len(found) != count:
        reader.refuse("a key given twice")
    return found


def _read_constant(reader: Reader, tag: int) -> object:
    if tag == 120:
        return True
    if tag == 121:
        return False
    if tag == 126:
        return None
    if tag == 127:
        return Strange.UNDEFINED
    if tag == 122:
        reader.take(8)
        return Strange.BIG_INTEGER
    return reader.refuse("a value of no known type")
