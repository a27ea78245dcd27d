"""What an update adds to a page's index: found by the gate, added once the document took it."""

from __future__ import annotations

from dataclasses import dataclass, field

from whiteboard.ids import ClientId
from whiteboard.index import BYTES_OF_UNIT, Index, Track, Words
from whiteboard.update import StructId
from whiteboard.weave import Erased, Letters


@dataclass(slots=True)
class Change:
    """What an update adds to a page's index."""

    tracks: dict[ClientId, Track] = field(default_factory=dict)
    """New structs, beginning where the known ones end."""
    deletes: list[tuple[ClientId, int, int]] = field(default_factory=list)
    """Clocks known before and deleted now."""
    lengths: dict[Words, int] = field(default_factory=dict)
    """How much longer texts become, in UTF-16 units."""
    values: int = 0
    """Elements written."""
    tails: tuple[dict[str, StructId], ...] = field(default_factory=lambda: ({}, {}, {}))
    forks: dict[str, int] = field(default_factory=dict)
    """As in the index, for the keys written to."""
    letters: list[Letters] = field(default_factory=list)
    """In the order the document takes them."""
    erased: list[Erased] = field(default_factory=list)
    texts: list[Words] = field(default_factory=list)
    """New ones."""
    texts_erased: list[Words] = field(default_factory=list)
    sizes: tuple[dict[str, int], dict[str, int]] = field(default_factory=lambda: ({}, {}))
    """Bytes of the largest value written, by root (`el`, `tf`) and key."""
    values_erased: list[tuple[int, str, ClientId, int, int]] = field(default_factory=list)
    """Root, key, and the clocks of a client that went from there."""

    def growth(self, index: Index) -> int:
        """How many bytes the page grows by at most, if it grows: what is erased is not taken off,
        and a text counts 3 bytes for each UTF-16 unit."""
        grown = BYTES_OF_UNIT * sum(units for units in self.lengths.values() if units > 0)
        for known, new in zip(index.sizes, self.sizes, strict=True):
            for key, size in new.items():
                grown += max(size - known.get(key, 0), 0)
        return grown

    def add_to(self, index: Index) -> None:
        """The document has taken the update: remember it."""
        for client, track in self.tracks.items():
            index.extend(client, track)
        for client, start, end in self.deletes:
            index.track(client).deleted.add(start, end)
        self._count_bytes(index)
        for words, units in self.lengths.items():
            words.alive += units
        index.values += self.values
        for words in self.texts:
            index.texts[words.made_by] = words
        for known, new in zip(index.tails, self.tails, strict=True):
            known.update(new)
        index.forks.update(self.forks)
        for root, key, client, start, end in self.values_erased:
            tail = index.tails[root].get(key)
            if tail and tail[0] == client and start <= tail[1] < end and key not in index.forks:
                index.bytes -= index.sizes[root].pop(key, 0)

    def _count_bytes(self, index: Index) -> None:
        for known, new in zip(index.sizes, self.sizes, strict=True):
            for key, size in new.items():
                before = known.get(key, 0)
                # Of values written at once only the document knows which one is seen.
                is_forked = key in index.forks or key in self.forks
                known[key] = max(size, before) if is_forked else size
                index.bytes += known[key] - before
        for words, units in self.lengths.items():
            if not words.is_gone:
                index.bytes += BYTES_OF_UNIT * units
        for words in self.texts_erased:
            if not words.is_gone:
                words.is_gone = True
                index.bytes -= BYTES_OF_UNIT * (words.alive + self.lengths.get(words, 0))
