"""The gate: whether an update may be applied to a page. Everything is checked before anything is.

An update passes in three steps. *Continue*: each struct is of a client bound to the sender and
follows that client's known clock exactly; structs known already are passed over (resent work), one
known in part is a gap. *Place*: each new struct is found its root and key, from its parent or
its neighbours, and its content, its owner and its author are checked; structs of several clients
may point at each other, so clients take turns until all are placed. *Delete*: only known clocks,
and only of items the pen may change; what is deleted already does not count.

The result is a `Change`, which the page adds to its index after the document took the update.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from whiteboard.change import Change
from whiteboard.errors import Refused
from whiteboard.ids import AuthorId, ClientId, client_of_item
from whiteboard.index import DEAD, EL, NOWHERE, ROOTS, TF, TX, WORDS, Index, Place, Track, Words
from whiteboard.pen import Pen
from whiteboard.schema import LONGEST_TEXT, check_element, check_patch
from whiteboard.update import (
    ANY,
    DELETED,
    GC,
    SKIP,
    STRING,
    TEXT_TYPE,
    TYPE,
    Struct,
    StructId,
    Update,
    utf16_length,
)
from whiteboard.weave import Erased, Letters

MOST_CLIENTS: Final = 32
"""Client ids of one person in one update."""
MOST_FORKS: Final = 500
"""Writes to one key that do not follow its last one. A browser's follow it unless two people write
at once; for others the document walks through all that was ever written there, each time."""


def check_update(
    update: Update, index: Index, bound: Mapping[ClientId, AuthorId], *, author: AuthorId, pen: Pen
) -> Change | None:
    """What the update adds; None when all of it is known; `Refused` when it may not be applied."""
    return _Visit(index, bound, author, pen).check(update)


class _Visit:
    """One update on its way through the gate."""

    __slots__ = ("_author", "_bound", "_change", "_index", "_may_all", "_missing", "_pen")

    def __init__(
        self, index: Index, bound: Mapping[ClientId, AuthorId], author: AuthorId, pen: Pen
    ) -> None:
        self._index = index
        self._bound = bound
        self._author = author
        self._pen = pen
        self._may_all = pen == "all"
        self._missing = 0
        self._change = Change()

    def check(self, update: Update) -> Change | None:
        if len(update.structs) > MOST_CLIENTS:
            raise Refused("update.large", "too many clients")
        fresh = {}
        for client, structs in update.structs.items():
            if self._bound.get(client) != self._author:
                raise Refused("client.foreign", str(client))
            if new := self._continuing(client, structs):
                fresh[client] = new
        deletes = self._unknown_deletes(update) if update.deletes else []
        if not fresh and not deletes:
            return None
        if self._pen == "none":
            raise Refused("pen.missing")
        self._place_all(fresh)
        for client, start, end in deletes:
            self._delete(client, start, end)
        for words, units in self._change.lengths.items():
            if units > 0 and words.alive + units > LONGEST_TEXT:
                raise Refused("schema.value", "a text too long")
        return self._change

    def _continuing(self, client: ClientId, structs: list[Struct]) -> list[Struct]:
        """The structs that are new."""
        known = self._index.end(client)
        if structs[0].clock > known:
            raise Refused("update.gap", f"{structs[0].clock} after {known}")
        fresh = []
        for struct in structs:
            if struct.ref == SKIP:
                raise Refused("update.gap", "a skipped range")
            if struct.clock >= known:
                fresh.append(struct)
            elif struct.clock + struct.length > known:
                raise Refused("update.gap", "a struct known in part")
        return fresh

    def _unknown_deletes(self, update: Update) -> list[tuple[ClientId, int, int]]:
        """The deleted ranges that are not known to be deleted. They may lie in new structs."""
        found = []
        for client, ranges in update.deletes.items():
            track = self._index.tracks.get(client)
            end_here = track.end if track else 0
            if client in update.structs:
                last = update.structs[client][-1]
                end_here = max(end_here, last.clock + last.length)
            for start, end in ranges:
                if end > end_here:
                    raise Refused("delete.unknown", f"{client} {start}..{end}")
                parts = track.deleted.gaps(start, end) if track else [(start, end)]
                found += [(client, *part) for part in parts]
        return found

    # Placing

    def _place_all(self, fresh: dict[ClientId, list[Struct]]) -> None:
        tracks = self._change.tracks
        for client in fresh:
            tracks[client] = Track(self._index.end(client))
        waiting = {client: iter(structs) for client, structs in fresh.items()}
        heads = {client: next(structs) for client, structs in waiting.items()}
        for first in sorted(fresh, reverse=True):
            # The order the document takes them in: what is pointed at first, struct by struct.
            asked = [first]
            while asked:
                client = asked[-1]
                head = heads.get(client)
                if head is not None and not self._place(client, head):
                    if self._missing not in heads or self._missing in asked:
                        raise Refused("update.gap", "a struct that points at an unknown one")
                    asked.append(self._missing)
                    continue
                if head is not None:
                    _move_on(heads, waiting, client)
                if head is None or len(asked) > 1:
                    asked.pop()

    def _place(self, client: ClientId, struct: Struct) -> bool:
        """Check a struct where it belongs; False when what it points at is not placed yet."""
        track = self._change.tracks[client]
        if struct.ref == GC:
            track.append(struct.length, NOWHERE)
            track.deleted.add(struct.clock, track.end)
            return True
        place = self._place_of(client, struct)
        if place is None:
            return False
        if place.root == DEAD:
            self._check_dead(struct)
        elif place.root == WORDS:
            self._check_letters(client, struct, place)
        else:
            self._check_value(struct, place)
            self._follow(client, struct, place)
        track.append(struct.length, place)
        if struct.ref == DELETED or place.root == DEAD:
            track.deleted.add(struct.clock, track.end)
        return True

    def _place_of(self, client: ClientId, struct: Struct) -> Place | None:
        parent = struct.parent
        if isinstance(parent, str):
            root = ROOTS.get(parent)
            if root is None:
                raise Refused("schema.root", parent[:64])
            if struct.key is None:
                raise Refused("schema.type", f"a list in {parent}")
            if root == TX:
                return Place(TX, Words(struct.key, (client, struct.clock)))
            return Place(root, struct.key)
        if parent is not None:
            return self._place_inside(parent, struct)
        place = self._place_beside(struct)
        if place is not None and place.root == TX and isinstance(place.at, Words):
            return Place(TX, Words(place.at.key, (client, struct.clock)))
        return place

    def _place_inside(self, parent: StructId, struct: Struct) -> Place | None:
        """The first letters of a text name the struct that made the text."""
        place = self._find(parent)
        if place is None or place.root == DEAD:
            return place
        if place.root != TX or struct.key is not None:
            raise Refused("schema.type", "nested where nothing nests")
        return Place(WORDS, place.at)

    def _place_beside(self, struct: Struct) -> Place | None:
        """Neighbours tell the place, and have to agree about it."""
        left = right = None
        if struct.origin is not None and (left := self._find(struct.origin)) is None:
            return None
        if struct.right_origin is not None and (right := self._find(struct.right_origin)) is None:
            return None
        if left is None or right is None:
            place = left or right
        elif left.root == right.root and left.at is right.at:
            place = left
        elif DEAD in (left.root, right.root) and self._is_gone(left) and self._is_gone(right):
            # A text was erased here and only some of it is collected as yet.
            place = NOWHERE
        else:
            raise Refused("update.malformed", "neighbours at different places")
        if place is not None and place.root < WORDS and struct.right_origin is not None:
            raise Refused("update.malformed", "a value put before another")
        if place is not None and place.root == WORDS:
            self._check_cut(struct.origin, 1)
            self._check_cut(struct.right_origin, 0)
        return place

    def _find(self, struct: StructId) -> Place | None:
        client, clock = struct
        track = self._change.tracks.get(client)
        if track is None or clock < track.first:
            track = self._index.tracks.get(client)
        if track is None or clock >= track.end:
            self._missing = client
            return None
        return track.find(clock)

    def _is_gone(self, place: Place) -> bool:
        if place.root != WORDS or not isinstance(place.at, Words):
            return place.root == DEAD
        client, clock = place.at.made_by
        track = self._index.tracks.get(client)
        return track is not None and clock in track.deleted

    def _check_cut(self, beside: StructId | None, offset: int) -> None:
        """Letters go between characters, never between the two halves of one."""
        if beside is None:
            return
        client, clock = beside
        for track in (self._change.tracks.get(client), self._index.tracks.get(client)):
            if track is not None and track.splits(clock + offset):
                raise Refused("schema.value", "a character cut in two")

    # Contents

    def _check_dead(self, struct: Struct) -> None:
        """What was typed into a text that is gone: nobody sees it again."""
        if struct.ref not in (STRING, DELETED):
            raise Refused("schema.type", "nested in what is gone")

    def _check_letters(self, client: ClientId, struct: Struct, place: Place) -> None:
        if struct.ref not in (STRING, DELETED):
            raise Refused("schema.type", "a text holds letters only")
        words = place.at
        assert isinstance(words, Words)
        self._check_owner(words.key)
        self._change.letters.append(Letters(words, client, struct))
        if struct.ref == STRING:
            lengths = self._change.lengths
            lengths[words] = lengths.get(words, 0) + struct.length
            text = struct.content
            assert isinstance(text, str)
            mark_halves(self._change.tracks[client], struct.clock, text)

    def _check_value(self, struct: Struct, place: Place) -> None:
        key = place.key
        assert key is not None
        if struct.ref == DELETED:
            self._check_owner(key)
        elif place.root == TX:
            if struct.ref != TYPE or struct.content != TEXT_TYPE:
                raise Refused("schema.type", "a text is a text")
            self._check_owner(key)
            if isinstance(place.at, Words):
                self._change.texts.append(place.at)
        else:
            if struct.ref != ANY or struct.length != 1:
                raise Refused("schema.type", "a value is one plain object")
            owner = self._check_owner(key)
            values = struct.content
            assert isinstance(values, list)
            if place.root == TF:
                check_patch(values[0])
            elif place.root == EL:
                if check_element(values[0]) != owner:
                    raise Refused("author.forged")
                self._change.values += 1

    def _follow(self, client: ClientId, struct: Struct, place: Place) -> None:
        """Count writes that do not follow the last one to their key."""
        key = place.key
        assert key is not None
        change, index = self._change, self._index
        if place.root != TX:
            sizes = change.sizes[place.root]
            sizes[key] = max(struct.size, sizes.get(key, 0))
        tails = change.tails[place.root]
        tail = tails.get(key) or index.tails[place.root].get(key)
        if tail is not None and struct.origin != tail:
            forks = change.forks.get(key) or index.forks.get(key, 0)
            if forks >= MOST_FORKS:
                raise Refused("page.full", "too many writes to one key at once")
            change.forks[key] = forks + 1
        tails[key] = (client, struct.clock + struct.length - 1)

    def _check_owner(self, key: str) -> AuthorId:
        owner = self._bound.get(client_of_item(key))
        if owner is None or (owner != self._author and not self._may_all):
            raise Refused("item.foreign", key)
        return owner

    # Deleting

    def _delete(self, client: ClientId, start: int, end: int) -> None:
        known = self._index.tracks.get(client)
        newer = self._change.tracks.get(client)
        border = newer.first if newer is not None else end
        if known is not None and start < border:
            stop = min(end, border)
            self._delete_in(client, known, start, stop)
            self._change.deletes.append((client, start, stop))
        if newer is not None and end > border:
            for first, last in newer.deleted.gaps(max(start, border), end):
                self._delete_in(client, newer, first, last)
                newer.deleted.add(first, last)

    def _delete_in(self, client: ClientId, track: Track, start: int, end: int) -> None:
        lengths = self._change.lengths
        for first, last, place in track.between(start, end):
            words = place.at
            if words is None:
                continue
            if not isinstance(words, Words):
                self._check_owner(words)
                self._change.values_erased.append((place.root, words, client, first, last))
                continue
            self._check_owner(words.key)
            if place.root == TX:
                self._change.texts_erased.append(words)
            if place.root == WORDS:
                if track.splits(first) or track.splits(last):
                    raise Refused("schema.value", "a character cut in two")
                lengths[words] = lengths.get(words, 0) - (last - first)
                self._change.erased.append(Erased(words, client, first, last))


def _move_on(
    heads: dict[ClientId, Struct], waiting: dict[ClientId, Iterator[Struct]], client: ClientId
) -> None:
    head = next(waiting[client], None)
    if head is None:
        del heads[client]
    else:
        heads[client] = head


def mark_halves(track: Track, clock: int, text: str) -> None:
    """Remember where characters of two UTF-16 units could be cut."""
    if text.isascii() or utf16_length(text) == len(text):
        return
    for character in text:
        clock += 1
        if character > "\uffff":
            track.halves.append(clock)
            clock += 1
