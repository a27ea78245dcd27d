"""A board's pages between the store and memory; what is done to one page is done in its order.

Nothing of a page is stored before the page list that names it is (`kept`). What takes long for a
large page is done in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar
from weakref import WeakValueDictionary

from classroom.live.metrics import BOARD_COMMITS, BOARD_SNAPSHOTS
from whiteboard.ids import AuthorId, BoardId, PageDocId
from whiteboard.page import Page, copy_pages
from whiteboard.store import Batch, BoardStore, StoredPage, StoreFailed

THREAD_FROM_BYTES = 128 * 1024
"""A page of this size takes about 10 ms to be read; more would be felt by everybody."""

T = TypeVar("T")

Held = Callable[[PageDocId], Page | None]
"""A page that is in memory now."""


class PageShelf:
    """The pages of one board in the store."""

    def __init__(self, store: BoardStore, kept: Callable[[], Awaitable[None]]) -> None:
        self._store = store
        self._kept = kept
        self._turns: WeakValueDictionary[PageDocId, asyncio.Lock] = WeakValueDictionary()

    async def load(self, doc_id: PageDocId) -> tuple[Page, StoredPage]:
        """The page, and what it was read from; StoreFailed."""
        async with self._turn(doc_id):
            stored = await self._store.load(doc_id)
        return await _aside(_size(stored), partial(read_page, doc_id, stored)), stored

    async def commit(self, batch: Batch) -> None:
        """Store checked updates; StoreFailed, and then none of them is."""
        async with self._turn(batch.doc_id):
            try:
                await self._kept()
                await self._store.append(batch)
            except StoreFailed:
                BOARD_COMMITS.labels("failed").inc()
                raise
        BOARD_COMMITS.labels("stored").inc()

    async def save_snapshot(self, doc_id: PageDocId, *, upto: int, snapshot: bytes) -> None:
        """Put a snapshot in the place of the log; StoreFailed, and the log stays."""
        async with self._turn(doc_id):
            await self._write(doc_id, upto, snapshot)

    async def compact(self, page: Page, doc_id: PageDocId) -> None:
        """The same for a page nobody else holds any more."""
        async with self._turn(doc_id):
            snapshot = await asyncio.to_thread(page.snapshot)
            await self._write(doc_id, page.seq, snapshot)

    async def name_author(self, board: BoardId, author: AuthorId, name: str) -> None:
        """How an author is called from now on; StoreFailed."""
        await self._kept()
        await self._store.name_author(board, author, name)

    async def copy(self, doc_id: PageDocId, sources: Sequence[PageDocId], held: Held) -> list[int]:
        """Store a new document with all that lies on the sources; StoreFailed.

        Gives the number each source had. One that is in memory counts as it is there.
        """
        pages = [(source, await self._stored(source, held)) for source in sources]
        makers = [partial(read_page, source, stored) for source, stored in pages]
        size = sum(_size(stored) for _, stored in pages)
        snapshot, bound, numbers = await _aside(size, partial(_unite, doc_id, makers))
        await self._kept()
        async with self._turn(doc_id):
            await self._store.put(doc_id, snapshot, bound)
        return numbers

    async def is_empty(self, doc_id: PageDocId, held: Held) -> bool:
        """Whether nothing lies on a page, in memory or in the store; StoreFailed."""
        page = held(doc_id)
        if page is None:
            stored = await self._stored(doc_id, held)
            page = await _aside(_size(stored), partial(read_page, doc_id, stored))
        return page.item_count() == 0

    async def _stored(self, doc_id: PageDocId, held: Held) -> StoredPage:
        """The page as it is now, in the form it is stored in."""
        page = held(doc_id)
        if page is not None:
            return StoredPage(page.snapshot(), page.seq, [], dict(page.bound))
        async with self._turn(doc_id):
            return await self._store.load(doc_id)

    async def _write(self, doc_id: PageDocId, upto: int, snapshot: bytes) -> None:
        try:
            await self._store.write_snapshot(doc_id, upto=upto, snapshot=snapshot)
        except StoreFailed:
            BOARD_SNAPSHOTS.labels("failed").inc()
            raise
        BOARD_SNAPSHOTS.labels("stored").inc()

    def _turn(self, doc_id: PageDocId) -> asyncio.Lock:
        """Whoever holds it may read and write this page; it lives as long as somebody asks."""
        turn = self._turns.get(doc_id)
        if turn is None:
            turn = self._turns[doc_id] = asyncio.Lock()
        return turn


def read_page(doc_id: PageDocId, stored: StoredPage) -> Page:
    """The page that the store keeps; LocalError when what is stored is none of ours."""
    return Page.load(
        doc_id,
        snapshot=stored.snapshot,
        updates=[update for _, update in stored.updates],
        seq=stored.seq,
        bound=stored.bound,
    )


def _unite(
    doc_id: PageDocId, makers: Sequence[Callable[[], Page]]
) -> tuple[bytes, Mapping[int, AuthorId], list[int]]:
    """All that lies on the pages: its snapshot, its bindings, and the number of each page."""
    sources = [make() for make in makers]
    made = copy_pages(doc_id, sources)
    return made.snapshot(), dict(made.bound), [source.seq for source in sources]


async def _aside(size: int, work: Callable[[], T]) -> T:
    """Do it here when it is small, else in a thread."""
    return work() if size < THREAD_FROM_BYTES else await asyncio.to_thread(work)


def _size(stored: StoredPage) -> int:
    return len(stored.snapshot or b"") + sum(len(update) for _, update in stored.updates)
