"""The port to whatever keeps boards, and its twin in memory.

Decides what a store promises; `tests/support/board_store.py` holds every store to it. Bindings
belong to a page over all its epochs, so a writer of an erased epoch keeps its client id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from whiteboard.errors import WhiteboardError
from whiteboard.ids import AuthorId, BoardId, PageDocId, PageId


class StoreFailed(WhiteboardError):
    """Nothing was written: disk full, database locked or gone. The same call may work later."""


class Entry(NamedTuple):
    """One checked update in a page's log. `seq` grows by 1."""

    seq: int
    author: AuthorId
    client_id: int
    update: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive entries of one page, at least one, and the bindings they are first to need."""

    doc_id: PageDocId
    entries: tuple[Entry, ...]
    bindings: tuple[tuple[int, AuthorId], ...] = ()

    @property
    def seq(self) -> int:
        """The page's number once this is on disk."""
        return self.entries[-1].seq


@dataclass(frozen=True, slots=True)
class StoredPage:
    """What `Page.load` needs. A page never written to has no snapshot and no updates.

    `snapshot` holds everything up to number `upto`; `updates` are (seq, update) after it, in order.
    `bound` covers all epochs of the page; `authors` are the board's names.
    """

    snapshot: bytes | None = None
    upto: int = 0
    updates: list[tuple[int, bytes]] = field(default_factory=list)
    bound: dict[int, AuthorId] = field(default_factory=dict)
    authors: dict[AuthorId, str] = field(default_factory=dict)

    @property
    def seq(self) -> int:
        """Number of the last update in it."""
        return self.updates[-1][0] if self.updates else self.upto


class BoardStore(Protocol):
    """Keeps the pages' logs, snapshots, bindings and names. Every method may raise StoreFailed."""

    async def load(self, doc_id: PageDocId) -> StoredPage:
        """Everything kept of it; an unknown one is empty."""
        ...

    async def append(self, batch: Batch) -> None:
        """All of the batch in one transaction, or StoreFailed and none of it.

        Entries that are there already (same document and seq) stay as they are: a batch comes again
        after an answer that got lost.
        """
        ...

    async def write_snapshot(self, doc_id: PageDocId, *, upto: int, snapshot: bytes) -> None:
        """Replaces an older snapshot; log rows up to `upto` go unless the store keeps its log.

        One with a smaller `upto` than the kept one changes nothing.
        """
        ...

    async def put(
        self, doc_id: PageDocId, page_snapshot: bytes, bound: Mapping[int, AuthorId]
    ) -> None:
        """A whole new document (an epoch, a copy) with `upto` 0, and bindings added to the page's.

        A client id that is bound already keeps its author.
        """
        ...

    async def name_author(self, board_id: BoardId, author: AuthorId, name: str) -> None:
        """How the author is called on this board from now on."""
        ...


class MemoryBoardStore:
    """A store that forgets everything at the end of the process. `is_broken` makes writes fail."""

    def __init__(self, *, keep_log: bool = False) -> None:
        self.is_broken = False
        self._keep_log = keep_log
        self._log: dict[PageDocId, dict[int, bytes]] = {}
        self._snapshots: dict[PageDocId, tuple[int, bytes]] = {}
        self._bound: dict[tuple[BoardId, PageId], dict[int, AuthorId]] = {}
        self._names: dict[BoardId, dict[AuthorId, str]] = {}

    async def load(self, doc_id: PageDocId) -> StoredPage:
        upto, snapshot = self._snapshots.get(doc_id, (0, None))
        log = self._log.get(doc_id, {})
        return StoredPage(
            snapshot=snapshot,
            upto=upto,
            updates=[(seq, log[seq]) for seq in sorted(log) if seq > upto],
            bound=dict(self._bound.get((doc_id.board, doc_id.page), {})),
            authors=dict(self._names.get(doc_id.board, {})),
        )

    async def append(self, batch: Batch) -> None:
        self._check()
        log = self._log.setdefault(batch.doc_id, {})
        for entry in batch.entries:
            log.setdefault(entry.seq, entry.update)
        self._bind(batch.doc_id, dict(batch.bindings))

    async def write_snapshot(self, doc_id: PageDocId, *, upto: int, snapshot: bytes) -> None:
        self._check()
        if upto < self._snapshots.get(doc_id, (0, b""))[0]:
            return
        self._snapshots[doc_id] = (upto, snapshot)
        if not self._keep_log:
            log = self._log.get(doc_id, {})
            self._log[doc_id] = {seq: update for seq, update in log.items() if seq > upto}

    async def put(
        self, doc_id: PageDocId, page_snapshot: bytes, bound: Mapping[int, AuthorId]
    ) -> None:
        self._check()
        self._snapshots[doc_id] = (0, page_snapshot)
        self._bind(doc_id, bound)

    async def name_author(self, board_id: BoardId, author: AuthorId, name: str) -> None:
        self._check()
        self._names.setdefault(board_id, {})[author] = name

    def _check(self) -> None:
        if self.is_broken:
            raise StoreFailed("the store in memory was told to fail")

    def _bind(self, doc_id: PageDocId, bound: Mapping[int, AuthorId]) -> None:
        kept = self._bound.setdefault((doc_id.board, doc_id.page), {})
        for client_id, author in bound.items():
            kept.setdefault(client_id, author)
