"""Two histories of one page brought together: an earlier epoch and what was drawn after it.

The earlier one stays whole. A client id that says different things in both under the same clocks,
or belongs to two authors, counts for the earlier one only; what the later one holds at the places
it touched there goes, and so does whatever the schema would refuse. The gap in the clocks of others
is filled with structs that are nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from whiteboard.errors import Refused
from whiteboard.ids import AuthorId, ClientId, client_of_item
from whiteboard.index import DEAD, EL, TF, TX, WORDS, Index, Place
from whiteboard.reader import Reader
from whiteboard.schema import check_element, check_patch
from whiteboard.update import (
    ANY,
    DELETED,
    GC,
    STRING,
    TEXT_TYPE,
    TYPE,
    Struct,
    read_deletes,
    read_structs,
)
from whiteboard.varint import write_varuint

Spot = tuple[int, str]
"""A root and a key; a text's letters are where the text is."""


@dataclass(frozen=True, slots=True)
class History:
    """A page as far as it matters here."""

    snapshot: bytes
    index: Index
    bound: Mapping[ClientId, AuthorId]


class _Row(NamedTuple):
    """A struct and its own bytes."""

    struct: Struct
    raw: bytes


def unite_bound(earlier: History, later: History) -> dict[ClientId, AuthorId]:
    """Who each client id belongs to in the union: a binding by which nothing was written yields."""
    bound = {**later.bound, **earlier.bound}
    for client, author in later.bound.items():
        if later.index.end(client) and not earlier.index.end(client):
            bound[client] = author
    return bound


def fitting(earlier: History, later: History) -> bytes:
    """The later page's snapshot, without what does not go together with the earlier one."""
    bound = unite_bound(earlier, later)
    reader = Reader(later.snapshot)
    rows = _rows(reader)
    deletes = read_deletes(reader)
    known = _rows(Reader(earlier.snapshot))
    foreign = {
        client
        for client, row in rows.items()
        if bound.get(client) != later.bound.get(client)
        or (client in known and not _agree(client, known[client], row))
    }
    spots: set[Spot] = set()
    for client, row in rows.items():
        track = later.index.tracks[client]
        for struct, _ in row:
            place = track.find(struct.clock)
            spot = _spot(place)
            if spot and (client in foreign or not _is_sound(struct, place, bound)):
                spots.add(spot)
    if not foreign and not spots:
        return later.snapshot
    kept = {client: row for client, row in rows.items() if client not in foreign}
    out = bytearray()
    write_varuint(out, len(kept))
    for client, row in kept.items():
        track = later.index.tracks[client]
        for number in (len(row), client, row[0].struct.clock):
            write_varuint(out, number)
        for struct, raw in row:
            if _spot(track.find(struct.clock)) in spots:
                out.append(GC)
                write_varuint(out, struct.length)
            else:
                out += raw
    _write_deletes(out, {client: deletes[client] for client in kept if client in deletes})
    return bytes(out)


def _rows(reader: Reader) -> dict[ClientId, list[_Row]]:
    rows: dict[ClientId, list[_Row]] = {}
    for client, struct in read_structs(reader):
        raw = reader.data[reader.pos - struct.size : reader.pos]
        rows.setdefault(client, []).append(_Row(struct, raw))
    return rows


def _spot(place: Place) -> Spot | None:
    key = place.key
    if place.root == DEAD or key is None:
        return None
    return (TX if place.root == WORDS else place.root), key


def _is_sound(struct: Struct, place: Place, bound: Mapping[ClientId, AuthorId]) -> bool:
    """Whether the schema takes it, and the item has an owner."""
    ref, key = struct.ref, place.key
    try:
        owner = bound.get(client_of_item(key or ""))
        if owner is None:
            return False
        if ref in (GC, DELETED):
            return True
        if place.root == TX:
            return ref == TYPE and struct.content == TEXT_TYPE
        if place.root == WORDS:
            return ref == STRING
        if ref != ANY or not isinstance(struct.content, list) or struct.length != 1:
            return False
        if place.root == TF:
            check_patch(struct.content[0])
        elif place.root == EL:
            return check_element(struct.content[0]) == owner
    except Refused:
        return False
    return True


def _agree(client: ClientId, one: list[_Row], other: list[_Row]) -> bool:
    """Whether two histories of a client say the same as far as both reach. What is erased may be
    whole in the other, and a run may be cut elsewhere."""
    at = number = 0
    for struct, _ in one:
        end = struct.clock + struct.length
        while at < end and number < len(other):
            beside = other[number].struct
            stop = min(end, beside.clock + beside.length)
            if not _same(client, struct, beside, (at, stop)):
                return False
            at = stop
            number += stop == beside.clock + beside.length
    return True


def _same(client: ClientId, one: Struct, other: Struct, part: tuple[int, int]) -> bool:
    if GC in (one.ref, other.ref):
        return True
    start, end = part
    if _where(client, one, start) != _where(client, other, start):
        return False
    if DELETED in (one.ref, other.ref):
        return True
    if one.ref != other.ref:
        return False
    if isinstance(one.content, str) and isinstance(other.content, str):
        return _units(one, start, end) == _units(other, start, end)
    return one.content == other.content


def _where(client: ClientId, struct: Struct, at: int) -> object:
    if at > struct.clock:
        return (client, at - 1), struct.right_origin, None, None
    return struct.origin, struct.right_origin, struct.parent, struct.key


def _units(struct: Struct, start: int, end: int) -> bytes:
    raw = str(struct.content).encode("utf-16-le")
    return raw[2 * (start - struct.clock) : 2 * (end - struct.clock)]


def _write_deletes(out: bytearray, deletes: dict[ClientId, list[tuple[int, int]]]) -> None:
    write_varuint(out, len(deletes))
    for client, ranges in deletes.items():
        write_varuint(out, client)
        write_varuint(out, len(ranges))
        for start, end in ranges:
            write_varuint(out, start)
            write_varuint(out, end - start)
