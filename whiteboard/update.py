"""Yjs updates, version 1, as values: the structs of each client, then what is deleted.

Pure reading: any bytes give an `Update` or `Refused`; nothing is looked up and nothing is allowed
here, that is the gate's. Where Yjs and yrs would read the same bytes differently (clients given
twice, unused bits, empty structs, wrong UTF-8) the bytes are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from whiteboard.errors import Refused
from whiteboard.ids import LARGEST_CLIENT_ID, ClientId
from whiteboard.plain import read_plain
from whiteboard.reader import Reader

LARGEST_CLOCK: Final = 2**31 - 1
"""yrs counts clocks in 32 bits; a page never comes near."""


class Ref(IntEnum):
    """What a struct holds, by the number Yjs writes."""

    GC = 0
    DELETED = 1
    JSON = 2
    BINARY = 3
    STRING = 4
    EMBED = 5
    FORMAT = 6
    TYPE = 7
    ANY = 8
    DOC = 9
    SKIP = 10


MOST_STRUCTS: Final = 8192
"""In one update; browsers write at least 8 bytes for each, so theirs hold fewer."""

GC, DELETED, STRING, TYPE, ANY, SKIP = 0, 1, 4, 7, 8, 10
"""Plain numbers of the refs the gate compares on every update: an enum's look-up costs time."""
TEXT_TYPE: Final = 2
_NAMED_TYPES: Final = (3, 5)
_LAST_TYPE: Final = 6

_HAS_ORIGIN: Final = 0x80
_HAS_RIGHT_ORIGIN: Final = 0x40
_HAS_KEY: Final = 0x20

StructId = tuple[ClientId, int]
"""Client and clock."""


class Struct(NamedTuple):
    """A run of `length` clocks of one client.

    `parent` is a root's name or the struct a nested type was made by; with an origin or a right
    origin it is not written, and `key` neither. `content` depends on `ref`: a `str` for STRING, the
    list of values for ANY, the type's number for TYPE.
    """

    clock: int
    length: int
    ref: int
    origin: StructId | None = None
    right_origin: StructId | None = None
    parent: str | StructId | None = None
    key: str | None = None
    content: object = None
    size: int = 0
    """Bytes it takes in the update."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update read whole. Structs of a client follow each other without a gap; deleted ranges
    `(from, to)` of a client are sorted and do not overlap."""

    structs: dict[ClientId, list[Struct]]
    deletes: dict[ClientId, list[tuple[int, int]]]


def read_update(data: bytes) -> Update:
    """Read an update; `update.malformed` or `update.trailing` when it is none."""
    reader = Reader(data)
    structs: dict[ClientId, list[Struct]] = {}
    for client, struct in read_structs(reader, most=MOST_STRUCTS):
        known = structs.get(client)
        if known is None:
            structs[client] = [struct]
        else:
            known.append(struct)
    deletes = read_deletes(reader)
    if reader.left:
        raise Refused("update.trailing", f"{reader.left} bytes left")
    return Update(structs, deletes)


def read_structs(reader: Reader, *, most: int = LARGEST_CLOCK) -> Iterator[tuple[ClientId, Struct]]:
    """The structs one by one, so that a whole page need not be held twice; `update.large` when
    there are more than `most`."""
    seen: set[ClientId] = set()
    for _ in range(reader.varuint()):
        count = reader.varuint()
        most -= count
        if most < 0:
            raise Refused("update.large", "too many structs")
        client = _client(reader)
        if client in seen or count == 0:
            reader.refuse("a client given twice, or without structs")
        seen.add(client)
        clock = reader.varuint()
        for _ in range(count):
            struct = _read_struct(reader, clock)
            clock += struct.length
            if struct.length == 0 or clock > LARGEST_CLOCK:
                reader.refuse("an empty struct, or a clock out of range")
            yield client, struct


def read_deletes(reader: Reader) -> dict[ClientId, list[tuple[int, int]]]:
    """The delete set."""
    deletes: dict[ClientId, list[tuple[int, int]]] = {}
    for _ in range(reader.varuint()):
        client = _client(reader)
        ranges: list[tuple[int, int]] = []
        end = -1
        for _ in range(reader.varuint()):
            start = reader.varuint()
            if start < end:
                reader.refuse("deletes out of order")
            end = start + reader.varuint()
            if end == start or end > LARGEST_CLOCK:
                reader.refuse("an empty delete, or one out of range")
            ranges.append((start, end))
        if client in deletes:
            reader.refuse("deletes of a client given twice")
        if ranges:
            deletes[client] = ranges
    return deletes


def read_state_vector(data: bytes) -> dict[ClientId, int]:
    """What somebody knows: the next clock by client. Empty bytes mean nothing at all."""
    if not data:
        return {}
    reader = Reader(data)
    known: dict[ClientId, int] = {}
    for _ in range(reader.varuint()):
        client, clock = _client(reader), reader.varuint()
        if client in known or clock > LARGEST_CLOCK:
            reader.refuse("a client given twice, or a clock out of range")
        known[client] = clock
    if reader.left:
        raise Refused("update.trailing", "bytes after the state vector")
    return known


def utf16_length(text: str) -> int:
    """How many clocks a text takes: JavaScript counts UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le")) // 2


def _client(reader: Reader) -> ClientId:
    client = reader.varuint()
    if client > LARGEST_CLIENT_ID:
        reader.refuse("a client id out of range")
    return client


def _read_struct(reader: Reader, clock: int) -> Struct:
    began = reader.pos
    bits = reader.byte()
    ref = bits & 0x1F
    if ref in (GC, SKIP):
        if bits != ref:
            reader.refuse("bits that mean nothing")
        return Struct(clock, reader.varuint(), ref, size=reader.pos - began)
    origin = (_client(reader), reader.varuint()) if bits & _HAS_ORIGIN else None
    right_origin = (_client(reader), reader.varuint()) if bits & _HAS_RIGHT_ORIGIN else None
    parent: str | StructId | None = None
    key: str | None = None
    if origin is None and right_origin is None:
        named = reader.varuint()
        if named == 1:
            parent = reader.text()
        elif named == 0:
            parent = (_client(reader), reader.varuint())
        else:
            reader.refuse("a parent of no known kind")
        if bits & _HAS_KEY:
            key = reader.text()
    length, content = _read_content(reader, ref)
    size = reader.pos - began
    return Struct(clock, length, ref, origin, right_origin, parent, key, content, size)


def _read_content(reader: Reader, ref: int) -> tuple[int, object]:
    if ref == ANY:
        values = [read_plain(reader) for _ in range(reader.varuint())]
        return len(values), values
    if ref == STRING:
        text = reader.text()
        return utf16_length(text), text
    if ref == DELETED:
        return reader.varuint(), None
    if ref == TYPE:
        kind = reader.varuint()
        if kind > _LAST_TYPE:
            reader.refuse("a shared type of no known kind")
        if kind in _NAMED_TYPES:
            reader.text()
        return 1, kind
    return _read_rare_content(reader, ref)


def _read_rare_content(reader: Reader, ref: int) -> tuple[int, object]:
    if ref == Ref.JSON:
        texts = [reader.text() for _ in range(reader.varuint())]
        return len(texts), texts
    if ref == Ref.BINARY:
        return 1, reader.blob()
    if ref == Ref.EMBED:
        return 1, reader.text()
    if ref == Ref.FORMAT:
        return 1, (reader.text(), reader.text())
    if ref == Ref.DOC:
        return 1, (reader.text(), read_plain(reader))
    return reader.refuse("content of no known kind")
