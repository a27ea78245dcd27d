"""Takes somebody out of a recording for good: their keys, their files, and all that was made of
everybody, which is then made anew without them.

Each step may be broken off and is done again; the recording cannot be played until the last one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any

import structlog
from tortoise.transactions import in_transaction

from classroom.blobs.recordings import RecordingBlobs
from classroom.clock import utc_now
from classroom.jobs.leaving_out import leave_out, tidy_log
from classroom.people.play_session import PlaySessions
from classroom.store.boards import failing
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.jobs import JobRow, NewJob, add_jobs, finish_job, jobs_of, put_off_job
from classroom.store.recording_captions import drop_captions
from classroom.store.recording_exports import forget_exports
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recording_people import remove_kinds
from classroom.store.recordings import UNFINISHED, find_recording, move_recording, recordings_in

ERASE_JOB = "erase"
DERIVED = ("mix.*", "board.tape*", "thumbs/*", "exports/*", "poster*")
"""What is made of everybody."""

Remake = Callable[[str], Awaitable[None]]
"""Makes that anew, of what is left; returns when it is whole."""

TRY_AGAIN = timedelta(minutes=1)
MADE_SOON = timedelta(seconds=5)

log = structlog.get_logger("classroom.recordings")


class Erasing:
    """Does jobs of erasing. `remake` is set by who can."""

    def __init__(
        self, blobs: RecordingBlobs, keys: RecordingKeys, sessions: PlaySessions, mac: bytes
    ) -> None:
        self._blobs = blobs
        self._keys = keys
        self._sessions = sessions
        self._mac = mac
        self.remake: Remake | None = None

    async def order(
        self, recording_id: str, pid: str, kinds: Collection[str], *, by: str, name: str
    ) -> bool:
        """Somebody's kinds are to be erased; whether it is over: of one that goes on whoever
        records it takes care. Their keys are gone when this returns, and the rest is done later,
        whatever happens. One that is still being made is made anew once it is whole."""
        row = await find_recording(recording_id)
        if row is None or row.state in ("recording", "deleting"):
            return False
        at = utc_now()
        asked = ConsentDeed(at, "erase_asked", pid, name, {"kinds": sorted(kinds), "by": by})
        body = {"pid": pid, "kinds": sorted(kinds)}
        job = NewJob(ERASE_JOB, recording_id, f"{pid} {at.timestamp()}", body)
        with failing():
            async with in_transaction():
                await move_recording(recording_id, to="erasing", out_of=("ready",))
                await add_lines(recording_id, [asked])
                await add_jobs([job], at=at)
        self._sessions.end_all(recording_id)
        await self._destroy(recording_id, pid, kinds)
        return True

    async def go_on(self) -> None:
        """Each that is being made anew is, also when nobody knows any more for whom."""
        for row in await recordings_in(("erasing",)):
            if not await is_ordered(row.id):
                at = utc_now()
                body: dict[str, Any] = {"pid": "", "kinds": []}
                job = NewJob(ERASE_JOB, row.id, f"again {at.timestamp()}", body)
                await add_jobs([job], at=at)

    async def do(self, job: JobRow) -> None:
        """One job, from wherever it was broken off."""
        recording_id, pid = job.key, job.body["pid"]
        kinds: list[str] = job.body["kinds"]
        row = await find_recording(recording_id)
        if row is None or row.state == "deleting":
            await finish_job(job.id, at=utc_now())
            return
        await self._destroy(recording_id, pid, kinds)
        if row.state == "broken":  # nothing is made of it; without keys its files are noise
            await self._finish(job, pid, kinds)
            return
        if row.state in UNFINISHED:
            until = utc_now() + MADE_SOON
            await put_off_job(job.id, until=until, failure="it is still being made")
            return
        await move_recording(recording_id, to="erasing", out_of=("ready",))
        await self._make_anew(job, pid, kinds)

    async def _make_anew(self, job: JobRow, pid: str, kinds: list[str]) -> None:
        self._sessions.end_all(job.key)
        async with self._blobs.at_home(job.key, is_changed=True):
            is_made = await self._left_out(job, pid, kinds)
        if is_made:
            await self._finish(job, pid, kinds)

    async def _left_out(self, job: JobRow, pid: str, kinds: list[str]) -> bool:
        recording_id = job.key
        folder = self._blobs.folder(recording_id)
        await asyncio.to_thread(leave_out, folder, self._mac, pid, kinds)
        await tidy_log(folder, recording_id, self._keys)
        await forget_exports(recording_id)
        if "voice" in kinds:  # their words stand in them
            await drop_captions(recording_id)
        await self._keys.replace(recording_id, "", "derived")
        await self._blobs.drop(recording_id, DERIVED)
        if self.remake is None:
            until = utc_now() + TRY_AGAIN
            await put_off_job(job.id, until=until, failure="nobody here can make it anew")
            return False
        await self.remake(recording_id)
        return True

    async def _destroy(self, recording_id: str, pid: str, kinds: Collection[str]) -> None:
        await self._keys.destroy(recording_id, pid, kinds)
        await remove_kinds(recording_id, pid, kinds)

    async def _finish(self, job: JobRow, pid: str, kinds: Collection[str]) -> None:
        at = utc_now()
        said = {"kinds": sorted(kinds)}
        deeds = [ConsentDeed(at, "key_destroyed", pid, "", said)]
        deeds.append(ConsentDeed(at, "erased", pid, "", said))
        await add_lines(job.key, deeds)
        if not await is_ordered(job.key, but=job.id):
            await move_recording(job.key, to="ready", out_of=("erasing",))
        await finish_job(job.id, at=at)
        log.info("recording.erased", recording=job.key, kinds=len(kinds))


async def is_ordered(recording_id: str, but: int = 0) -> bool:
    """Whether something is still to be erased from a recording, besides this job."""
    jobs = await jobs_of(ERASE_JOB, recording_id, limit=100)
    return any(job.done_at is None and job.id != but for job in jobs)
