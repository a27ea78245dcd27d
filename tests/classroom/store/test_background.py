"""Writes in the background while another process holds the SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classroom.live.last_tries import try_last
from classroom.store.background import WAITS_MS
from classroom.store.database import close_database
from classroom.store.jobs import NewJob, add_jobs, take_job
from classroom.store.lessons import DatabaseLessons
from classroom.store.rooms import RoomRow, create_room, room_by_id
from tests.support.migrated import open_migrated
from whiteboard.store import StoreFailed

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
HELD_S = 0.6
"""Longer than a write in the background waits, shorter than people's requests do."""


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[RoomRow]:
    await open_migrated(f"sqlite:///{tmp_path}/classroom.db")
    yield await create_room("Algebra", owner_id=None, at=AT)
    await close_database()


@pytest.fixture
def other(tmp_path: Path, room: RoomRow) -> Iterator[sqlite3.Connection]:
    """Another process that has the file open."""
    path = tmp_path / "classroom.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


async def test_it_gives_up_soon_and_people_come_between(
    room: RoomRow, other: sqlite3.Connection
) -> None:
    lessons = DatabaseLessons(int)
    lesson_id = (await lessons.open(room.id, "Algebra", AT)).lesson_id
    await add_jobs([NewJob("kind", "key", "name", {})], at=AT)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    writes = [
        asyncio.create_task(lessons.write(lesson_id, [], 7, AT)),
        asyncio.create_task(take_job(at=AT)),
    ]
    found = await room_by_id(room.id)
    assert found is not None
    for write in writes:
        with pytest.raises(StoreFailed):
            await write
    assert time.monotonic() - began < WAITS_MS / 1000, "shorter than one of people's waits"
    other.execute("ROLLBACK")
    await lessons.write(lesson_id, [], 8, AT)
    assert (await lessons.open(room.id, "Algebra", AT)).kept == 8
    job = await take_job(at=AT)
    assert job is not None
    assert job.attempts == 1, "what was given up was not done"


async def test_people_wait_for_the_lock_as_long_as_before(
    room: RoomRow, other: sqlite3.Connection
) -> None:
    lessons = DatabaseLessons(int)
    lesson_id = (await lessons.open(room.id, "Algebra", AT)).lesson_id
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFailed):
        await lessons.write(lesson_id, [], 7, AT)
    asyncio.get_running_loop().call_later(HELD_S, other.execute, "ROLLBACK")
    made = await create_room("Geometry", owner_id=None, at=AT)
    assert await room_by_id(made.id) is not None


async def test_the_last_write_of_all_outlasts_a_lock(
    room: RoomRow, other: sqlite3.Connection
) -> None:
    lessons = DatabaseLessons(int)
    lesson_id = (await lessons.open(room.id, "Algebra", AT)).lesson_id
    loop = asyncio.get_running_loop()
    other.execute("BEGIN IMMEDIATE")
    loop.call_later(2 * HELD_S, other.execute, "ROLLBACK")
    await try_last(lambda: lessons.write(lesson_id, [], 7, AT), until=loop.time() + 10)
    assert (await lessons.open(room.id, "Algebra", AT)).kept == 7


async def test_the_last_write_of_all_is_given_up_when_there_is_no_time() -> None:
    tries: list[float] = []
    loop = asyncio.get_running_loop()

    async def fails() -> None:
        tries.append(loop.time())
        raise StoreFailed("told to fail")

    until = loop.time() + 0.3
    with pytest.raises(StoreFailed):
        await try_last(fails, until=until)
    assert len(tries) > 1
    assert tries[-1] < until
    tries.clear()
    with pytest.raises(StoreFailed):
        await try_last(fails, until=until - 10)
    assert len(tries) == 1, "once in any case"
