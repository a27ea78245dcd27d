"""Where every known struct of a page belongs: what an update says only by pointing at others.

An overwritten value carries neither root nor key, a letter in a text only its neighbours. So each
client has a `Track`: ranges of clocks, each at a place (a root's key, or inside a text), and the
clocks known to be deleted. A page's index is rebuilt from its snapshot in `whiteboard.rebuild`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from whiteboard.chain import Chain
from whiteboard.ids import ClientId
from whiteboard.ranges import Ranges
from whiteboard.update import StructId


class Root(IntEnum):
    """What a place is: a key of one of the three roots, inside a text, or nowhere any more."""

    EL = 0
    TF = 1
    TX = 2
    WORDS = 3
    DEAD = 4


EL, TF, TX, WORDS, DEAD = 0, 1, 2, 3, 4
"""Plain numbers, compared on every update."""
ROOTS: Final = {"el": EL, "tf": TF, "tx": TX}
BYTES_OF_UNIT: Final = 3
"""The most a UTF-16 unit takes in UTF-8."""


class Words:
    """A text: the key of `tx` it was written at, the struct that made it, and how many UTF-16 units
    it holds."""

    __slots__ = ("alive", "chain", "is_gone", "key", "made_by")

    def __init__(self, key: str, made_by: StructId) -> None:
        self.key = key
        self.made_by = made_by
        self.alive = 0
        self.is_gone = False
        """Erased as a whole."""
        self.chain = Chain()


class Place(NamedTuple):
    """Where a struct belongs. `at` is the key in `el` and `tf`, the text in `tx` and inside a text,
    and nothing for the dead, whose parent is gone."""

    root: int
    at: str | Words | None

    @property
    def key(self) -> str | None:
        """The item's id, if the place still has one."""
        return self.at.key if isinstance(self.at, Words) else self.at


NOWHERE: Final = Place(DEAD, None)


class Track:
    """The structs of one client, from clock `first` on, without a gap."""

    __slots__ = ("_ats", "_roots", "_starts", "count", "deleted", "end", "first", "halves")

    def __init__(self, first: int = 0) -> None:
        self.first = first
        self.end = first
        self.count = 0
        """Structs."""
        self.deleted = Ranges()
        self.halves = array("Q")
        """Clocks that are the second half of a character of two UTF-16 units, sorted."""
        self._starts = array("Q")
        self._roots = bytearray()
        self._ats: list[str | Words | None] = []

    def append(self, length: int, place: Place) -> None:
        """The next struct is there."""
        if not self._roots or self._roots[-1] != place.root or self._ats[-1] is not place.at:
            self._starts.append(self.end)
            self._roots.append(place.root)
            self._ats.append(place.at)
        self.end += length
        self.count += 1

    def find(self, clock: int) -> Place:
        """Where a known clock belongs."""
        at = bisect_right(self._starts, clock) - 1
        return Place(self._roots[at], self._ats[at])

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, Place]]:
        """The places of known clocks `start .. end`, each with its part of the range."""
        at = bisect_right(self._starts, start) - 1
        while start < end:
            at += 1
            stop = self._starts[at] if at < len(self._starts) else self.end
            stop = min(stop, end)
            yield start, stop, Place(self._roots[at - 1], self._ats[at - 1])
            start = stop

    def keys(self) -> set[str]:
        """The keys at which something of this client is that was not deleted as a whole."""
        found: set[str] = set()
        for start, stop, place in self.between(self.first, self.end):
            key = place.key
            is_gone = start in self.deleted and stop - 1 in self.deleted
            if key is not None and place.root != DEAD and not is_gone:
                found.add(key)
        return found

    def splits(self, clock: int) -> bool:
        """Whether cutting before this clock cuts a character into halves."""
        at = bisect_left(self.halves, clock)
        return at < len(self.halves) and self.halves[at] == clock

    def extend(self, newer: Track) -> None:
        """Take over what follows."""
        self._starts.extend(newer._starts)
        self._roots.extend(newer._roots)
        self._ats.extend(newer._ats)
        self.halves.extend(newer.halves)
        for start, end in newer.deleted:
            self.deleted.add(start, end)
        self.end = newer.end
        self.count += newer.count


class Index:
    """Tracks of all clients of a page."""

    __slots__ = ("bytes", "forks", "pieces", "size", "sizes", "tails", "texts", "tracks", "values")

    def __init__(self) -> None:
        self.tracks: dict[ClientId, Track] = {}
        self.size = 0
        """Structs ever written, as far as they were not made one when the page was loaded."""
        self.bytes = 0
        """Of all values and letters that are there; never less than there are."""
        self.sizes: tuple[dict[str, int], dict[str, int]] = ({}, {})
        """Of the values in `el` and `tf`, by key."""
        self.pieces = 0
        """Of all texts; at least as many as there are."""
        self.texts: dict[StructId, Words] = {}
        """By the struct that made them."""
        self.values = 0
        """Elements ever written; at least as many as there are."""
        self.tails: tuple[dict[str, StructId], ...] = ({}, {}, {})
        """By root and key: what was written there last, as far as this index saw it written."""
        self.forks: dict[str, int] = {}
        """By key: how many writes did not follow the last one."""

    def keys_of(self, client: ClientId) -> set[str]:
        """The items a client has a part in."""
        track = self.tracks.get(client)
        return set() if track is None or track.end == track.first else track.keys()

    def end(self, client: ClientId) -> int:
        """The next clock of a client."""
        track = self.tracks.get(client)
        return 0 if track is None else track.end

    def track(self, client: ClientId) -> Track:
        """A client's track, new if it has none."""
        track = self.tracks.get(client)
        if track is None:
            track = self.tracks[client] = Track()
        return track

    def extend(self, client: ClientId, newer: Track) -> None:
        """Take over a client's next structs."""
        self.size += newer.count
        self.track(client).extend(newer)

    def living_pieces(self) -> int:
        """Of the texts that are still there; the others are forgotten."""
        for client, clock in list(self.texts):
            if clock in self.tracks[client].deleted:
                del self.texts[client, clock]
        return sum(words.chain.size for words in self.texts.values())

    def learn_deletes(self, deletes: dict[ClientId, list[tuple[int, int]]]) -> None:
        """Add what the document knows to be deleted. Text lengths do not change: what a document
        deletes by itself is always a whole value."""
        for client, ranges in deletes.items():
            track = self.tracks.get(client)
            if track is not None:
                for start, end in ranges:
                    track.deleted.add(start, min(end, track.end))
