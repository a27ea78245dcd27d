"""One page document with its gate: the only way content gets into a page.

The document is Yjs' own kind (pycrdt); updates go through `whiteboard.gate` first, because pycrdt
applies whatever it can read. No I/O and no clock: who stores updates and when is decided above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Final

from pycrdt import Doc, Map

from whiteboard.change import Change
from whiteboard.errors import LocalError, Refused
from whiteboard.gate import check_update
from whiteboard.ids import LARGEST_CLIENT_ID, AuthorId, ClientId, PageDocId, client_of_item
from whiteboard.index import Index
from whiteboard.pen import Pen
from whiteboard.reader import Reader
from whiteboard.rebuild import index_of
from whiteboard.union import History, fitting, unite_bound
from whiteboard.update import Update, read_deletes, read_state_vector, read_structs, read_update
from whiteboard.weave import weave

LARGEST_UPDATE: Final = 65536
"""Bytes."""
LARGE_UPDATE: Final = 2048
"""Bytes from which on it is cheaper to hash an update than to read it."""
MOST_REMEMBERED: Final = 1000
MOST_ITEMS: Final = 60_000
PAGE_BYTES_MAX: Final = 32 * 1024 * 1024
"""Of values and letters that are there. The whole as an update adds to it what is left of erased
things, at most 12 MB."""
MOST_STRUCTS: Final = 500_000
"""Everything ever written, erased things too; the index keeps about 25 bytes for each."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An update was applied, as the `seq`-th of its page."""

    seq: int


class Page:
    """One page document with its gate. Nothing unchecked gets in.

    After a `LocalError` out of `receive` the page is broken: drop it and load it again.
    """

    def __init__(self, doc_id: PageDocId) -> None:
        self.doc_id = doc_id
        self.seq = 0
        self._bound: dict[ClientId, AuthorId] = {}
        self._new: set[ClientId] = set()
        """Bound since the page was made or loaded."""
        self._retired: frozenset[ClientId] = frozenset()
        """Bound, but by an earlier epoch: there they have written, and here they never may."""
        self._index = Index()
        self._is_broken = False
        self._repeated: set[tuple[AuthorId, bytes] | None] = set()
        """Whose large updates are known wholly."""
        self._exact_at = -1
        self._doc: Doc[Any] = Doc(allow_multithreading=True)
        self._elements: Map[Any] = self._doc.get("el", type=Map)
        for root in ("tf", "tx"):
            self._doc.get(root, type=Map)

    @classmethod
    def load(
        cls,
        doc_id: PageDocId,
        *,
        snapshot: bytes | None,
        updates: Iterable[bytes],
        seq: int,
        bound: Mapping[int, AuthorId],
    ) -> Page:
        """A page from what was stored: content that has passed the gate before, not checked again.

        `bound` covers all epochs of the page. In a later epoch, whoever is bound and has nothing
        here has written in an earlier one; that id is worn out, for its author too: one id with
        two histories could never be brought together (`copy_pages`).
        Takes about 0.2 s for 10,000 strokes; it may run in a thread.
        """
        page = cls(doc_id)
        page._bound.update(bound)
        page.seq = seq
        page._fill([snapshot, *updates] if snapshot is not None else list(updates))
        if doc_id.epoch > 0:
            page._retired = frozenset(bound.keys() - page._index.tracks.keys())
        return page

    def _fill(self, updates: Sequence[bytes]) -> None:
        try:
            with self._doc.transaction():
                for update in updates:
                    self._doc.apply_update(update)
            self._index = index_of(self.snapshot())
        except (KeyboardInterrupt, SystemExit, LocalError):
            raise
        except BaseException as fault:  # pycrdt's panics are no Exceptions
            raise LocalError(f"a stored page cannot be read: {fault}") from fault

    # Who

    @property
    def bound(self) -> Mapping[int, AuthorId]:
        """Which author each client id belongs to."""
        return MappingProxyType(self._bound)

    @property
    def authors(self) -> frozenset[AuthorId]:
        """Everybody who may have drawn here."""
        return frozenset(self._bound.values())

    @property
    def writers(self) -> frozenset[AuthorId]:
        """Everybody who has an item here now."""
        prefixes = {key.partition("-")[0] for key in list(self._elements.keys())}
        found = {self._bound.get(int(prefix, 36)) for prefix in prefixes}
        return frozenset(author for author in found if author is not None)

    def author_of(self, item_id: str) -> AuthorId | None:
        """Whose an item is; None when its id is nobody's."""
        return self._bound.get(client_of_item(item_id))

    def touched_by(self, authors: Callable[[AuthorId | None], bool]) -> set[str]:
        """The items of others that have a part by any of these authors: words, a colour, a place.
        Called with None for a client id that is nobody's."""
        touched: set[str] = set()
        for client in self._index.tracks:
            if authors(self._bound.get(client)):
                keys = self._index.keys_of(client)
                touched.update(key for key in keys if client_of_item(key) != client)
        return touched

    def has_written(self, client_id: int) -> bool:
        """Whether anything here was made by this client id; only then its binding matters."""
        return self._index.end(client_id) > 0

    def bind(self, client_id: int, author: AuthorId) -> bool:
        """Give a client id to an author, for good. True when that is new and has to be stored;
        `client.taken` when it is somebody else's, worn out in an earlier epoch, or no client id."""
        if not 0 < client_id <= LARGEST_CLIENT_ID:
            raise Refused("client.taken", "not a client id")
        owner = self._bound.get(client_id)
        if (owner is not None and owner != author) or client_id in self._retired:
            raise Refused("client.taken")
        if owner is None:
            self._bound[client_id] = author
            self._new.add(client_id)
        return owner is None

    def unbind(self, client_id: int) -> bool:
        """Forget a binding that was made since the page was loaded and never wrote anything, and
        that is not stored. True when it is forgotten."""
        if client_id not in self._new or self.has_written(client_id):
            return False
        self._new.discard(client_id)
        del self._bound[client_id]
        return True

    # What

    @property
    def roots(self) -> tuple[Map[Any], Map[Any], Map[Any]]:
        """`el`, `tf` and `tx`, to be read and listened to; who writes to them breaks the page."""
        patches, texts = (self._doc.get(root, type=Map) for root in ("tf", "tx"))
        return self._elements, patches, texts

    def receive(
        self, update: bytes, *, author: AuthorId, client_id: int, pen: Pen
    ) -> Applied | None:
        """Check an update and apply it. None: everything in it was known (it was resent).

        `Refused` when it may not be applied; then nothing has changed.
        """
        if self._is_broken or self._bound.get(client_id) != author:
            raise LocalError("the page is broken, or the client id is not the author's")
        if len(update) > LARGEST_UPDATE:
            raise Refused("update.large", f"{len(update)} bytes")
        # Large updates that come again and again, as after each reconnect, are known by their hash.
        name = (author, blake2b(update).digest()) if len(update) > LARGE_UPDATE else None
        if name in self._repeated:
            return None
        applied = self._receive(update, author, pen)
        if name is not None:
            if len(self._repeated) >= MOST_REMEMBERED:
                self._repeated.clear()
            self._repeated.add(name)
        return applied

    def _receive(self, update: bytes, author: AuthorId, pen: Pen) -> Applied | None:
        read = read_update(update)
        if self._retired and not self._retired.isdisjoint(read.structs):
            raise Refused("client.foreign", "a client id of an earlier epoch")
        change = self._check(read, author, pen)
        if change is None:
            return None
        self._check_room(change)
        if change.letters or change.erased:
            weave(self._index, change.letters, change.erased)
        self._apply(update)
        change.add_to(self._index)
        self.seq += 1
        return Applied(self.seq)

    def _check(self, update: Update, author: AuthorId, pen: Pen) -> Change | None:
        try:
            return check_update(update, self._index, self._bound, author=author, pen=pen)
        except Refused as refused:
            about_deletes = refused.code in ("item.foreign", "pen.missing")
            if not about_deletes or not update.deletes or self._exact_at == self.seq:
                raise
        # Of two values written to one key at once the document deletes one by itself. Whoever
        # resends all deletes they know of names it, and may.
        self._learn_deletes()
        return check_update(update, self._index, self._bound, author=author, pen=pen)

    def _learn_deletes(self) -> None:
        reader = Reader(self._doc.get_update(self._doc.get_state()))
        for _ in read_structs(reader):
            pass
        self._index.learn_deletes(read_deletes(reader))
        self._exact_at = self.seq

    def _check_room(self, change: Change) -> None:
        index = self._index
        if index.values + change.values > MOST_ITEMS and change.values:
            # The index counts what was ever written, the document what is there.
            index.values = len(self._elements)
            if index.values + change.values > MOST_ITEMS:
                raise Refused("page.full")
        # An update adds at most 3 bytes for each of its own; only near the end it is looked at.
        if index.bytes + 3 * LARGEST_UPDATE > PAGE_BYTES_MAX:
            growth = change.growth(index)
            if growth and index.bytes + growth > PAGE_BYTES_MAX:
                raise Refused("page.full", "too many bytes")
        if index.size + sum(track.count for track in change.tracks.values()) > MOST_STRUCTS:
            raise Refused("page.full")

    def _apply(self, update: bytes) -> None:
        try:
            self._doc.apply_update(update)
        except (KeyboardInterrupt, SystemExit):
            self._is_broken = True
            raise
        except BaseException as fault:  # pycrdt's panics are no Exceptions
            self._is_broken = True
            raise LocalError(f"the document failed: {fault}") from fault

    def state(self, since: bytes) -> bytes:
        """What somebody lacks who knows `since` (a state vector; empty: everything)."""
        read_state_vector(since)
        return self._doc.get_update(since or None)

    def state_vector(self) -> bytes:
        """What this page knows."""
        return self._doc.get_state()

    def snapshot(self) -> bytes:
        """The whole document as one update."""
        return self._doc.get_update()

    def item_count(self) -> int:
        """How many items there are."""
        return len(self._elements)

    def items(self) -> dict[str, dict[str, object]]:
        """Every element by its id."""
        found: dict[str, dict[str, object]] = {}
        for key, value in self._elements.items():
            # pycrdt gives bytes back as bytearray, and silently loses a nested one written to it.
            found[key] = {
                name: bytes(part) if isinstance(part, bytearray) else part
                for name, part in value.items()
            }
        return found


def copy_pages(doc_id: PageDocId, sources: Sequence[Page]) -> Page:
    """A new page holding everything of all sources: a page's duplicate, or a cleared page together
    with what was drawn since, earlier ones first. Its `seq` is 0; store its snapshot and `bound`.

    What cannot go together is taken from the earlier page (`whiteboard.union`)."""
    if not sources:
        return Page(doc_id)
    first, *others = sources
    made = _copy(doc_id, [first.snapshot()], first.bound)
    for other in others:
        one, two = (History(page.snapshot(), page._index, page.bound) for page in (made, other))
        made = _copy(doc_id, [one.snapshot, fitting(one, two)], unite_bound(one, two))
    return made


def _copy(doc_id: PageDocId, updates: list[bytes], bound: Mapping[ClientId, AuthorId]) -> Page:
    return Page.load(doc_id, snapshot=None, updates=updates, seq=0, bound=bound)
