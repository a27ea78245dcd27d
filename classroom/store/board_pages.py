"""What lies on the pages of boards, in the database: the log of each page, and its snapshots.

The port is `whiteboard.store.BoardStore`. Strokes come in batches many times a second, so this
speaks SQL itself; the statements are the same on both databases but for the placeholders. A page's
board must have been saved before (`boards.save_board`), and all of it goes with its room.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from tortoise.transactions import in_transaction

from classroom.store.background import in_background
from classroom.store.boards import failing
from classroom.store.patience import WRITE_WITHIN_S, Patience
from classroom.store.statement import ROWS_MAX, Row, add_rows, ask, do
from whiteboard.ids import AuthorId, BoardId, PageDocId
from whiteboard.store import Batch, StoredPage

NAME_MAX = 60
LEVEL = 3
"""zlib's; a page of 10 000 strokes (2 MB) takes some 40 ms, and a higher level saves little."""
KNOWN_MAX = 10_000
"""Documents whose row is remembered (about 2 MB)."""

ADD_DOC = """
    INSERT INTO board_docs (board_id, page_id, epoch, upto) VALUES ($1, $2, $3, 0)
    ON CONFLICT (board_id, page_id, epoch) DO NOTHING"""
FIND_DOC = """
    SELECT id FROM board_docs WHERE board_id = $1 AND page_id = $2 AND epoch = $3"""
READ_DOC = """
    SELECT upto, snapshot FROM board_docs WHERE id = $1"""
ADD_UPDATE = """
    INSERT INTO board_updates (doc_id, seq, author, client_id, at, data) VALUES {rows}
    ON CONFLICT (doc_id, seq) DO NOTHING"""
READ_UPDATES = """
    SELECT seq, data FROM board_updates WHERE doc_id = $1 ORDER BY seq"""
DROP_UPDATES = """
    DELETE FROM board_updates WHERE doc_id = $1 AND seq <= $2"""
SET_SNAPSHOT = """
    UPDATE board_docs SET snapshot = $1, upto = $2 WHERE id = $3 AND upto <= $4"""
PUT_DOC = """
    INSERT INTO board_docs (board_id, page_id, epoch, upto, snapshot) VALUES ($1, $2, $3, 0, $4)
    ON CONFLICT (board_id, page_id, epoch) DO UPDATE SET upto = 0, snapshot = excluded.snapshot"""
BIND = """
    INSERT INTO board_clients (board_id, page_id, client_id, author) VALUES {rows}
    ON CONFLICT (board_id, page_id, client_id) DO NOTHING"""
READ_BOUND = """
    SELECT client_id, author FROM board_clients WHERE board_id = $1 AND page_id = $2"""
NAME_AUTHOR = """
    INSERT INTO board_authors (board_id, author, name) VALUES ($1, $2, $3)
    ON CONFLICT (board_id, author) DO UPDATE SET name = excluded.name"""
READ_AUTHORS = """
    SELECT author, name FROM board_authors WHERE board_id = $1"""

T = TypeVar("T")


class DatabaseBoardStore:
    """Keeps pages in the open database. With `keep_log` a snapshot leaves the log as it is.

    Invariant: a write that began is done whole, also when whoever waits for it is cancelled: the
    one connection of SQLite would keep an open transaction otherwise. One that takes too long is
    StoreFailed and may still be done; until that is known its page is neither written nor read.
    """

    def __init__(
        self,
        utc_now: Callable[[], datetime],
        *,
        keep_log: bool = False,
        write_within_s: float = WRITE_WITHIN_S,
    ) -> None:
        self._utc_now = utc_now
        self._patience = Patience(write_within_s)
        self._keep_log = keep_log
        self._known: dict[PageDocId, int] = {}
        self._is_failing = False
        """The last write was not done: it comes again by itself, and waits for no lock."""

    async def load(self, doc_id: PageDocId) -> StoredPage:
        """Everything kept of it; an unknown one is empty.

        The log is read before the snapshot: a snapshot taken between the two makes a part of the
        log superfluous, and never leaves a gap.
        """
        await self._patience.settled(doc_id)
        with failing():
            doc = await self._find(doc_id)
            log = [] if doc is None else await ask(READ_UPDATES, doc)
            docs = [] if doc is None else await ask(READ_DOC, doc)
            bound = await ask(READ_BOUND, doc_id.board, doc_id.page)
            authors = await ask(READ_AUTHORS, doc_id.board)
            upto, packed = (docs[0]["upto"], docs[0]["snapshot"]) if docs else (0, None)
            snapshot = None if packed is None else await asyncio.to_thread(_unpack, packed)
            return StoredPage(
                snapshot=snapshot,
                upto=upto,
                updates=[(row["seq"], bytes(row["data"])) for row in log if row["seq"] > upto],
                bound={row["client_id"]: AuthorId(row["author"]) for row in bound},
                authors={AuthorId(row["author"]): row["name"] for row in authors},
            )

    async def append(self, batch: Batch) -> None:
        """All of the batch in one transaction, or StoreFailed: none of it, or it is not known.

        The same batch may come again, also with more behind it: what is there already stays.
        """
        await self._write(batch.doc_id, self._append(batch))

    async def write_snapshot(self, doc_id: PageDocId, *, upto: int, snapshot: bytes) -> None:
        """Replace an older snapshot, and drop the log it holds; or StoreFailed."""
        packed = await asyncio.to_thread(zlib.compress, snapshot, LEVEL)
        await self._write(doc_id, self._write_snapshot(doc_id, upto, packed))

    async def put(
        self, doc_id: PageDocId, page_snapshot: bytes, bound: Mapping[int, AuthorId]
    ) -> None:
        """A whole new document, and bindings added to its page's; or StoreFailed."""
        packed = await asyncio.to_thread(zlib.compress, page_snapshot, LEVEL)
        await self._write(doc_id, self._put(doc_id, packed, bound))

    async def name_author(self, board_id: BoardId, author: AuthorId, name: str) -> None:
        """How the author is called on this board from now on; or StoreFailed."""
        with failing():
            await _whole(do(NAME_AUTHOR, board_id, author, name[:NAME_MAX]))

    # What the writes do

    async def _append(self, batch: Batch) -> None:
        doc = await self._doc(batch.doc_id)
        at = round(self._utc_now().timestamp() * 1000)
        rows = [
            (doc, entry.seq, entry.author, entry.client_id, at, entry.update)
            for entry in batch.entries
        ]
        if not batch.bindings and len(rows) <= ROWS_MAX and not self._is_failing:
            await add_rows(ADD_UPDATE, rows)
            return
        async with in_background() if self._is_failing else in_transaction():
            await add_rows(BIND, _bindings(batch.doc_id, batch.bindings))
            await add_rows(ADD_UPDATE, rows)

    async def _write_snapshot(self, doc_id: PageDocId, upto: int, packed: bytes) -> None:
        doc = await self._doc(doc_id)
        async with in_transaction():
            is_newer = await do(SET_SNAPSHOT, packed, upto, doc, upto)
            if is_newer and not self._keep_log:
                await do(DROP_UPDATES, doc, upto)

    async def _put(self, doc_id: PageDocId, packed: bytes, bound: Mapping[int, AuthorId]) -> None:
        async with in_transaction():
            await do(PUT_DOC, doc_id.board, doc_id.page, doc_id.epoch, packed)
            await add_rows(BIND, _bindings(doc_id, bound.items()))

    # Steps

    async def _write(self, doc_id: PageDocId, writing: Coroutine[Any, Any, None]) -> None:
        try:
            with failing():
                await self._patience.write(doc_id, writing)
        except Exception:
            self._known.pop(doc_id, None)  # the row may be gone, with its room
            self._is_failing = True
            raise
        self._is_failing = False

    async def _doc(self, doc_id: PageDocId) -> int:
        """The document's row, made when there is none."""
        doc = await self._find(doc_id)
        if doc is None:
            await do(ADD_DOC, doc_id.board, doc_id.page, doc_id.epoch)
            doc = await self._find(doc_id)
        if doc is None:
            raise LookupError(f"the document {doc_id} was made and is not there")
        return doc

    async def _find(self, doc_id: PageDocId) -> int | None:
        known = self._known.get(doc_id)
        if known is not None:
            return known
        rows = await ask(FIND_DOC, doc_id.board, doc_id.page, doc_id.epoch)
        if not rows:
            return None
        if len(self._known) >= KNOWN_MAX:
            self._known.clear()
        self._known[doc_id] = doc = int(rows[0]["id"])
        return doc


def _bindings(doc_id: PageDocId, bound: Iterable[tuple[int, AuthorId]]) -> list[Row]:
    return [(doc_id.board, doc_id.page, client_id, author) for client_id, author in bound]


def _unpack(packed: bytes) -> bytes:
    return zlib.decompress(packed)


async def _whole(work: Coroutine[Any, Any, T]) -> T:
    """Do it to its end, even when whoever waits is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    task.add_done_callback(_look_at)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise


def _look_at(task: asyncio.Future[Any]) -> None:
    """So that nobody complains that nobody did: whoever waited may be gone by now."""
    if not task.cancelled():
        task.exception()
