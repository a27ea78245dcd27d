"""Webhooks and their jobs in both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.ids import AccountId
from classroom.room.record import LessonLine
from classroom.store.accounts import NewAccount, create_account
from classroom.store.hook_tables import Job
from classroom.store.jobs import (
    JobCounts,
    NewJob,
    add_jobs,
    count_jobs,
    finish_job,
    jobs_of,
    put_off_job,
    sweep_jobs,
    take_job,
)
from classroom.store.lessons import DatabaseLessons
from classroom.store.rooms import create_room, delete_room
from classroom.store.webhooks import (
    COUNT_MAX,
    KIND,
    create_hook,
    delete_hook,
    find_hook,
    hooks_of,
    mark_hook,
    switch_hook,
)

AT = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
async def owner() -> AccountId:
    return (await create_account(NewAccount("mei@example.org", "Mei", "hash"), at=AT)).id


async def makes(owner: AccountId, *kinds: str, room_id: str = "") -> str:
    hook = await create_hook(
        owner, url="https://x.example", room_id=room_id, kinds=kinds, secret="whsec_x", at=AT
    )
    return hook.id


async def test_a_job_is_done_once(owner: AccountId) -> None:
    await add_jobs([NewJob("k", "a", name, {"n": name}) for name in ("1", "2", "1")], at=AT)
    await add_jobs([NewJob("k", "a", "2", {})], at=AT)
    taken = await asyncio.gather(*(take_job(at=AT) for _ in range(4)))
    jobs = sorted((job for job in taken if job is not None), key=lambda job: job.name)
    assert [(job.body, job.attempts) for job in jobs] == [({"n": "1"}, 1), ({"n": "2"}, 1)]
    await finish_job(jobs[0].id, at=AT)
    await put_off_job(jobs[1].id, until=AT + MINUTE, failure="x" * 300)
    assert await take_job(at=AT) is None
    again = await take_job(at=AT + MINUTE)
    assert again is not None
    assert (again.name, again.attempts, again.failure) == ("2", 2, "x" * 200)
    assert await take_job(at=AT + MINUTE) is None, "somebody has it"
    assert await take_job(at=AT + 3 * MINUTE) is not None, "who had it is gone"
    await sweep_jobs(before=AT + MINUTE)
    assert [job.name for job in await jobs_of("k", "a", limit=9)] == ["2"]


async def test_jobs_are_counted(owner: AccountId) -> None:
    assert await count_jobs(at=AT) == JobCounts(waiting=0, done=0, given_up=0, late_s=0.0)
    await add_jobs([NewJob("k", "a", str(n), {}) for n in range(4)], at=AT)
    taken = [await take_job(at=AT) for _ in range(3)]
    ids = [job.id for job in taken if job is not None]
    await finish_job(ids[0], at=AT)
    await finish_job(ids[1], at=AT, failure="answered 500")
    await put_off_job(ids[2], until=AT + 9 * MINUTE, failure="answered 500")
    later = AT + 2 * MINUTE
    assert await count_jobs(at=later) == JobCounts(waiting=2, done=1, given_up=1, late_s=120.0)
    assert (await count_jobs(at=later, given_up_since=later)).given_up == 0


async def test_lines_and_messages_are_written_together(owner: AccountId) -> None:
    hook = await makes(owner, "hand.raised", "lesson.ended")
    room = await create_room("Chemistry", owner_id=owner, at=AT)
    lessons = DatabaseLessons(int, news_of=lambda line: ("hand.raised", line.body))
    lesson_id = (await lessons.open(room.id, "Chemistry", AT)).lesson_id
    lines = [LessonLine(1, 5, AT, "hand_raised", {"participant_id": "mei"}, False)]
    for _ in range(2):
        await lessons.write(lesson_id, lines, 1, AT)
    await lessons.end(lesson_id, AT + MINUTE)
    await lessons.end(lesson_id, AT + MINUTE)
    jobs = await jobs_of(KIND, hook, limit=9)
    where = {"room_id": room.id, "lesson_id": lesson_id}
    assert [(job.body["type"], job.body["data"]) for job in reversed(jobs)] == [
        ("hand.raised", {**where, "participant_id": "mei"}),
        ("lesson.ended", where),
    ]


async def test_there_are_not_too_many_hooks_made_at_once(owner: AccountId) -> None:
    made = await asyncio.gather(
        *(makes(owner) for _ in range(COUNT_MAX + 4)), return_exceptions=True
    )
    assert sum(isinstance(one, Refused) for one in made) == 4
    assert len(await hooks_of(owner)) == COUNT_MAX


async def test_a_hook_is_switched_marked_and_removed_with_its_jobs(owner: AccountId) -> None:
    room = await create_room("Chemistry", owner_id=owner, at=AT)
    hook = await makes(owner, "room.created", "room.deleted", room_id=room.id)
    await create_room("Physics", owner_id=owner, at=AT)
    assert await jobs_of(KIND, hook, limit=9) == []
    await mark_hook(hook, failing_since=AT)
    await mark_hook(hook, failing_since=AT + MINUTE)
    assert [row.failing_since for row in await hooks_of(owner)] == [AT]
    await switch_hook(hook, on=False)
    found = await find_hook(hook)
    assert found is not None
    assert (found[0].is_on, found[0].failing_since, found[1]) == (False, None, "whsec_x")
    await switch_hook(hook, on=True)
    await delete_room(room.id)
    assert len(await jobs_of(KIND, hook, limit=9)) == 1
    await delete_hook(hook)
    assert await Job.all().count() == 0
    assert await find_hook(hook) is None
