"""A database that hangs: nobody waits for ever, and nothing is done twice or in the wrong order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiosqlite
import asyncpg
import pytest

from classroom.room.board import new_board
from classroom.store.board_pages import DatabaseBoardStore
from classroom.store.boards import save_board
from classroom.store.database import sqlite_path
from classroom.store.patience import Patience
from classroom.store.rooms import create_room
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.store import Batch, Entry, StoreFailed

AT = datetime(2026, 3, 1, tzinfo=UTC)
DOC = PageDocId.parse("b/p1/0")
OTHER = PageDocId.parse("b/p2/0")
MEI = AuthorId("mei")


def batch(*numbers: int, doc: PageDocId = DOC) -> Batch:
    return Batch(doc, tuple(Entry(number, MEI, 7, b"%d" % number) for number in numbers))


@asynccontextmanager
async def locked(url: str) -> AsyncIterator[None]:
    """Somebody else holds what a write needs, and the database waits without a word."""
    if url.startswith("sqlite"):
        async with aiosqlite.connect(sqlite_path(url), isolation_level=None) as other:
            await other.execute("BEGIN IMMEDIATE")
            yield
            await other.execute("ROLLBACK")
        return
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE board_updates IN SHARE MODE")
            yield
    finally:
        await connection.close()


async def test_a_write_that_hangs_fails_in_time_and_may_be_repeated(store: str) -> None:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    await save_board(room.id, new_board("b", "p1"), at=AT)
    pages = DatabaseBoardStore(lambda: AT, write_within_s=0.5)
    await pages.append(batch(1))
    async with locked(store):
        with pytest.raises(StoreFailed, match="in time"):
            await pages.append(batch(2))
        with pytest.raises(StoreFailed, match="earlier write"):
            await pages.append(batch(2, 3))
        with pytest.raises(StoreFailed, match="earlier write"):
            await pages.load(DOC)
        assert (await pages.load(OTHER)).seq == 0
    await pages.append(batch(2, 3))
    stored = await pages.load(DOC)
    assert stored.updates == [(1, b"1"), (2, b"2"), (3, b"3")]


class Slow:
    """Writes that end when they are told to."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.gate = asyncio.Event()

    async def write(self, name: str) -> None:
        await self.gate.wait()
        self.done.append(name)

    async def fail(self) -> None:
        await self.gate.wait()
        raise StoreFailed("full")


async def test_what_was_given_up_is_done_before_anything_later() -> None:
    slow, patience = Slow(), Patience(within_s=0.01)
    for name in ("a", "b"):
        with pytest.raises(StoreFailed):
            await patience.write("room", slow.write(name))
    slow.gate.set()
    await patience.write("room", slow.write("c"))
    assert slow.done == ["a", "c"]
    assert patience._hanging == {}


async def test_a_failure_is_told_and_one_nobody_waits_for_is_forgotten() -> None:
    slow, patience = Slow(), Patience(within_s=0.01)
    with pytest.raises(StoreFailed, match="in time"):
        await patience.write("room", slow.fail())
    slow.gate.set()
    with pytest.raises(StoreFailed, match="full"):
        await patience.write("room", slow.fail())
    await patience.write("room", slow.write("a"))
    assert slow.done == ["a"]


async def test_whoever_is_cancelled_does_not_break_a_write_off() -> None:
    slow, patience = Slow(), Patience(within_s=5)
    asking = asyncio.create_task(patience.write("room", slow.write("a")))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.sleep(0)
    slow.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert slow.done == ["a"]
