"""The loop of jobs: of its kinds alone, and no job twice while it takes long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from classroom.clock import utc_now
from classroom.jobs import loop as module
from classroom.jobs.loop import JobLoop
from classroom.store.database import close_database
from classroom.store.jobs import (
    LEASE,
    JobRow,
    NewJob,
    add_jobs,
    extend_job,
    finish_job,
    jobs_of,
    take_job,
)
from tests.support.migrated import open_migrated


@pytest.fixture(autouse=True)
async def store(tmp_path: Path) -> AsyncIterator[None]:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    yield
    await close_database()


class Work:
    """Does jobs when a test lets it."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[JobRow] = asyncio.Queue()
        self.may_end = asyncio.Event()

    async def do(self, job: JobRow) -> None:
        self.begun.put_nowait(job)
        await self.may_end.wait()
        await finish_job(job.id, at=utc_now())


async def add(kind: str, name: str) -> None:
    await add_jobs([NewJob(kind, name, name, {})], at=utc_now())


async def test_a_loop_does_its_kinds_alone() -> None:
    work = Work()
    work.may_end.set()
    loop = JobLoop({"mine": work.do}, workers=1, kinds=("mine",))
    await add("others", "1")
    await add("mine", "2")
    await loop.start()
    assert (await work.begun.get()).kind == "mine"
    await loop.close()
    (other,) = await jobs_of("others", "1", limit=1)
    assert (other.attempts, other.done_at) == (0, None)


async def test_what_takes_long_is_not_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXTEND_EVERY_S", 0.01)
    kept: asyncio.Queue[int] = asyncio.Queue()

    async def counted(job_id: int, **more: object) -> None:
        await extend_job(job_id, at=utc_now() + timedelta(hours=1))
        kept.put_nowait(job_id)

    monkeypatch.setattr(module, "extend_job", counted)
    work = Work()
    loop = JobLoop({"mine": work.do}, workers=1)
    await add("mine", "1")
    await loop.start()
    job = await work.begun.get()
    assert await kept.get() == job.id
    assert await take_job(at=utc_now() + LEASE + timedelta(minutes=1)) is None
    work.may_end.set()
    await loop.close()


async def test_a_try_that_we_broke_off_does_not_count() -> None:
    work = Work()
    loop = JobLoop({"mine": work.do}, workers=1)
    await add("mine", "1")
    await loop.start()
    await work.begun.get()
    await loop.close()
    again = await take_job(at=utc_now())
    assert again is not None
    assert again.attempts == 1
