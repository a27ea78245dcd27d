"""Jobs: added, taken by one worker at a time, done or put off."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import F, Q

from classroom.store.background import in_background
from classroom.store.boards import failing
from classroom.store.hook_tables import Job
from classroom.store.statement import add

FAILURE_MAX = 200
LEASE = timedelta(seconds=60)
"""After it, the worker that had it is gone, and another may take it."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """Added once: another of the same kind, key and name is the same job. Done from `run_at` on;
    None is at once."""

    kind: str
    key: str
    name: str
    body: dict[str, Any]
    run_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as whoever does it knows it; `attempts` counts this try."""

    id: int
    kind: str
    key: str
    name: str
    body: dict[str, Any]
    attempts: int
    run_at: datetime
    created_at: datetime
    done_at: datetime | None
    failure: str


@dataclass(frozen=True, slots=True)
class JobCounts:
    """`done` and `given_up` are those that are still remembered. `late_s` is how long the one that
    should be done now has been waiting for it; 0 when none is due."""

    waiting: int
    done: int
    given_up: int
    late_s: float


async def add_jobs(new: Sequence[NewJob], *, at: datetime) -> None:
    """To be done from now on, or from their own moment. Part of the transaction it is called in."""
    rows = [
        Job(
            kind=one.kind,
            key=one.key,
            name=one.name,
            body=json.dumps(one.body, separators=(",", ":")),
            run_at=one.run_at or at,
            attempts=0,
            failure="",
            created_at=at,
        )
        for one in new
    ]
    await add(rows, once=True)


async def take_job(
    *, at: datetime, but: Collection[str] = (), kinds: Collection[str] | None = None
) -> JobRow | None:
    """The job that waits longest, for this worker alone, of another key than `but`, of one of the
    kinds (None: any).

    None when none is due. Or StoreFailed.
    """
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    with failing():
        while True:
            due = Job.filter(free, done_at=None, run_at__lte=at).exclude(key__in=list(but))
            if kinds is not None:
                due = due.filter(kind__in=list(kinds))
            row = await due.order_by("run_at", "id").first()
            if row is None:
                return None
            row.attempts += 1
            mine = Job.filter(free, id=row.id, done_at=None)
            async with in_background():
                is_mine = await mine.update(leased_until=at + LEASE, attempts=row.attempts)
            if is_mine:
                return _row(row)


async def take_jobs(kind: str, *, limit: int, at: datetime) -> list[JobRow]:
    """The jobs of a kind that wait longest, all for this worker alone. Or StoreFailed."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    with failing():
        due = Job.filter(free, kind=kind, done_at=None, run_at__lte=at)
        ids = await due.order_by("run_at", "id").limit(limit).values_list("id", flat=True)
        if not ids:
            return []
        # Nobody else's lease ends at this very microsecond, so it tells which we got.
        mine = at + LEASE + timedelta(microseconds=secrets.randbelow(10_000_000))
        async with in_background():
            taken = Job.filter(free, id__in=list(ids), done_at=None)
            await taken.update(leased_until=mine, attempts=F("attempts") + 1)
        rows = await Job.filter(id__in=list(ids), leased_until=mine).order_by("run_at", "id")
    return [_row(row) for row in rows]


async def drop_jobs(ids: Collection[int]) -> None:
    """They are done, and what became of them is kept elsewhere. Part of the transaction it is
    called in."""
    await Job.filter(id__in=list(ids)).delete()


async def extend_job(job_id: int, *, at: datetime) -> None:
    """Whoever does it is still at work. Or StoreFailed."""
    with failing():
        async with in_background():
            await Job.filter(id=job_id, done_at=None).update(leased_until=at + LEASE)


async def give_back_job(job_id: int) -> None:
    """It was broken off by us, and this try does not count. Or StoreFailed."""
    with failing():
        mine = Job.filter(id=job_id, done_at=None)
        await mine.update(leased_until=None, attempts=F("attempts") - 1)


async def free_jobs(kind: str) -> None:
    """Nobody does those that are leased: the server that had them is gone. Or StoreFailed."""
    with failing():
        await Job.filter(kind=kind, done_at=None).update(leased_until=None)


async def finish_job(job_id: int, *, at: datetime, failure: str = "") -> None:
    """It is done, or given up for the reason. Or StoreFailed."""
    with failing():
        await Job.filter(id=job_id).update(
            done_at=at, leased_until=None, failure=failure[:FAILURE_MAX]
        )


async def put_off_job(job_id: int, *, until: datetime, failure: str) -> None:
    """It is tried again then. Or StoreFailed."""
    with failing():
        await Job.filter(id=job_id).update(
            run_at=until, leased_until=None, failure=failure[:FAILURE_MAX]
        )


async def jobs_of(kind: str, key: str, *, limit: int) -> list[JobRow]:
    """The newest jobs for something. Or StoreFailed."""
    with failing():
        rows = await Job.filter(kind=kind, key=key).order_by("-id").limit(limit)
    return [_row(row) for row in rows]


async def count_jobs(
    *, at: datetime, given_up_since: datetime | None = None, kind: str | None = None
) -> JobCounts:
    """How many there are, of one kind or of all; of those given up, only since then. Or
    StoreFailed."""
    with failing():
        jobs = Job.all() if kind is None else Job.filter(kind=kind)
        waiting = jobs.filter(done_at=None)
        given_up = jobs.exclude(done_at=None).exclude(failure="")
        if given_up_since is not None:
            given_up = given_up.filter(done_at__gte=given_up_since)
        oldest = await waiting.filter(run_at__lte=at).order_by("run_at").first()
        return JobCounts(
            waiting=await waiting.count(),
            done=await jobs.exclude(done_at=None).filter(failure="").count(),
            given_up=await given_up.count(),
            late_s=0.0 if oldest is None else (at - oldest.run_at).total_seconds(),
        )


async def sweep_jobs(*, before: datetime) -> None:
    """Forget those that were done before. Or StoreFailed."""
    with failing():
        async with in_background():
            await Job.filter(done_at__lt=before).delete()


def _row(row: Job) -> JobRow:
    return JobRow(
        id=row.id,
        kind=row.kind,
        key=row.key,
        name=row.name,
        body=json.loads(row.body),
        attempts=row.attempts,
        run_at=row.run_at,
        created_at=row.created_at,
        done_at=row.done_at,
        failure=row.failure,
    )
