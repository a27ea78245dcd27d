"""An index from a page's own snapshot: content of ours, so it is placed and not judged.

A snapshot's clients point at each other in any order. So every struct first gets the place it names
or an open question, and the questions are then answered by following them to a place.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from whiteboard.chain import Piece
from whiteboard.errors import LocalError
from whiteboard.gate import mark_halves
from whiteboard.ids import ClientId
from whiteboard.index import (
    BYTES_OF_UNIT,
    DEAD,
    NOWHERE,
    ROOTS,
    TX,
    WORDS,
    Index,
    Place,
    Track,
    Words,
)
from whiteboard.reader import Reader
from whiteboard.update import ANY, DELETED, GC, STRING, Struct, StructId, read_deletes, read_structs
from whiteboard.weave import piece_of, weave_all


class _Question(NamedTuple):
    """Which structs tell the place: the parent, or the neighbours."""

    asked: tuple[StructId, ...]
    is_parent: bool
    by: StructId


class _Column:
    """One client's structs on their way to a track."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.places: list[Place | _Question] = []
        self.letters: list[tuple[int, int]] = []
        """Where letters are: number of the struct, clock after it."""
        self.pieces: list[tuple[int, Piece]] = []
        """What may lie in a text: number of the struct, its piece."""
        self.values: list[tuple[int, int, int]] = []
        """Of every value: number of the struct, its clock, its bytes."""
        self.track = Track()
        self.end = 0


def index_of(snapshot: bytes) -> Index:
    """The index of a document, from its whole state as an update."""
    reader = Reader(snapshot)
    columns: dict[ClientId, _Column] = {}
    index = Index()
    for client, struct in read_structs(reader):
        column = columns.get(client)
        if column is None:
            column = columns[client] = _Column()
        _enter(column, client, struct)
        if struct.ref == ANY and struct.parent != "tf":
            index.values += 1
    most = sum(len(column.starts) for column in columns.values())
    for column in columns.values():
        for at, place in enumerate(column.places):
            if isinstance(place, _Question):
                _answer(columns, column, at, most)
    for client, column in columns.items():
        _settle(column)
        index.extend(client, column.track)
    index.learn_deletes(read_deletes(reader))
    for client, column in columns.items():
        _count_letters(column, index.tracks[client])
    _weave(index, columns)
    _count_bytes(index, columns)
    return index


def _enter(column: _Column, client: ClientId, struct: Struct) -> None:
    if struct.clock != column.end:
        raise LocalError("a snapshot with a gap")
    column.starts.append(struct.clock)
    column.places.append(_place_or_question(client, struct))
    column.end += struct.length
    if struct.ref == ANY:
        column.values.append((len(column.starts) - 1, struct.clock, struct.size))
    if struct.ref in (STRING, DELETED):
        column.pieces.append((len(column.starts) - 1, piece_of(client, struct)))
    if struct.ref == STRING:
        column.letters.append((len(column.starts) - 1, column.end))
        assert isinstance(struct.content, str)
        mark_halves(column.track, struct.clock, struct.content)


def _place_or_question(client: ClientId, struct: Struct) -> Place | _Question:
    if struct.ref == GC:
        return NOWHERE
    parent = struct.parent
    by = (client, struct.clock)
    if isinstance(parent, str):
        root = ROOTS.get(parent)
        if root is None or struct.key is None:
            raise LocalError("a snapshot with another root")
        return Place(root, Words(struct.key, by) if root == TX else struct.key)
    if parent is not None:
        return _Question((parent,), True, by)
    beside = (struct.origin, struct.right_origin)
    return _Question(tuple(one for one in beside if one is not None), False, by)


def _answer(columns: dict[ClientId, _Column], column: _Column, at: int, most: int) -> None:
    """Follow a question to its place, answering those on the way; `most` are all structs."""
    open_questions = [(column, at)]
    while open_questions:
        if len(open_questions) > most:
            raise LocalError("a snapshot that points at itself")
        column, at = open_questions[-1]
        question = column.places[at]
        if not isinstance(question, _Question):
            open_questions.pop()
            continue
        found = NOWHERE
        for asked in question.asked:
            there = columns.get(asked[0])
            if there is None or asked[1] >= there.end:
                raise LocalError("a snapshot that points at an unknown struct")
            number = bisect_right(there.starts, asked[1]) - 1
            place = there.places[number]
            if isinstance(place, _Question):
                open_questions.append((there, number))
                break
            found = place
            if place.root != DEAD:
                column.places[at] = _place_from(question, place)
                break
        else:
            column.places[at] = found


def _place_from(question: _Question, place: Place) -> Place:
    if question.is_parent:
        return Place(WORDS, place.at) if place.root == TX else NOWHERE
    if place.root == TX and isinstance(place.at, Words):
        return Place(TX, Words(place.at.key, question.by))
    return place


def _settle(column: _Column) -> None:
    ends = [*column.starts[1:], column.end]
    for place, start, end in zip(column.places, column.starts, ends, strict=True):
        assert isinstance(place, Place)
        column.track.append(end - start, place)


def _count_bytes(index: Index, columns: dict[ClientId, _Column]) -> None:
    for client, column in columns.items():
        for number, clock, size in column.values:
            place = column.places[number]
            if isinstance(place, Place) and isinstance(place.at, str):
                index.sizes[place.root][place.at] = size
                index.tails[place.root][place.at] = (client, clock)
                index.bytes += size
    index.bytes += BYTES_OF_UNIT * sum(words.alive for words in index.texts.values())


def _weave(index: Index, columns: dict[ClientId, _Column]) -> None:
    texts: dict[Words, dict[ClientId, list[Piece]]] = {}
    for client, column in columns.items():
        for number, piece in column.pieces:
            place = column.places[number]
            if isinstance(place, Place) and place.root == WORDS and isinstance(place.at, Words):
                texts.setdefault(place.at, {}).setdefault(client, []).append(piece)
        column.pieces.clear()
    weave_all(texts.items())
    for words in texts:
        index.texts[words.made_by] = words
        index.pieces += words.chain.size


def _count_letters(column: _Column, track: Track) -> None:
    for number, end in column.letters:
        place = column.places[number]
        if isinstance(place, Place) and place.root == WORDS and isinstance(place.at, Words):
            living = track.deleted.gaps(column.starts[number], end)
            place.at.alive += sum(last - first for first, last in living)
