"""Takes somebody out of a recording for good: their keys, their files, and all that was made of
everybody, which is then made anew without them.

Each step may be broken off and is done again; the recording cannot be played until the last one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from classroom.blobs.recordings import RecordingBlobs
from classroom.clock import utc_now
from classroom.people.play_session import PlaySessions
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.jobs import JobRow, NewJob, add_jobs, finish_job, jobs_of, put_off_job
from classroom.store.recording_captions import drop_captions
from classroom.store.recording_exports import forget_exports
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recording_people import remove_kinds
from classroom.store.recordings import find_recording, move_recording
from recording import manifest as manifests
from recording.body import replace

ERASE_JOB = "erase"
DERIVED = ("mix.*", "board.tape*", "thumbs/*", "exports/*", "poster*")
"""What is made of everybody."""

Remake = Callable[[str], Awaitable[None]]
"""Makes that anew, of what is left; returns when it is whole."""

TRY_AGAIN = timedelta(minutes=1)

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
        """Somebody's kinds are to be erased from now on; whether that could be begun: one that is
        made just now cannot be. Their keys are gone when this returns."""
        if not await move_recording(recording_id, to="erasing", out_of=("ready", "erasing")):
            return False
        at = utc_now()
        asked = ConsentDeed(at, "erase_asked", pid, name, {"kinds": sorted(kinds), "by": by})
        await add_lines(recording_id, [asked])
        body = {"pid": pid, "kinds": sorted(kinds)}
        # Before the keys go: whatever happens now, the rest is done.
        await add_jobs([NewJob(ERASE_JOB, recording_id, f"{pid} {at.timestamp()}", body)], at=at)
        self._sessions.end_all(recording_id)
        await self._destroy(recording_id, pid, kinds)
        return True

    async def do(self, job: JobRow) -> None:
        """One job, from wherever it was broken off."""
        recording_id, pid = job.key, job.body["pid"]
        kinds: list[str] = job.body["kinds"]
        row = await find_recording(recording_id)
        if row is None or row.state != "erasing":
            await finish_job(job.id, at=utc_now())
            return
        self._sessions.end_all(recording_id)
        await self._destroy(recording_id, pid, kinds)
        folder = self._blobs.folder(recording_id)
        await asyncio.to_thread(_leave_out, folder, self._mac, pid, kinds)
        await forget_exports(recording_id)
        if "voice" in kinds:  # their words stand in them
            await drop_captions(recording_id)
        await self._keys.replace(recording_id, "", "derived")
        await self._blobs.drop(recording_id, DERIVED)
        if self.remake is None:
            until = utc_now() + TRY_AGAIN
            await put_off_job(job.id, until=until, failure="nobody here can make it anew")
            return
        await self.remake(recording_id)
        await self._finish(job, pid, kinds)

    async def _destroy(self, recording_id: str, pid: str, kinds: Collection[str]) -> None:
        await self._keys.destroy(recording_id, pid, kinds)
        await remove_kinds(recording_id, pid, kinds)

    async def _finish(self, job: JobRow, pid: str, kinds: Collection[str]) -> None:
        at = utc_now()
        said = {"kinds": sorted(kinds)}
        deeds = [ConsentDeed(at, "key_destroyed", pid, "", said)]
        deeds.append(ConsentDeed(at, "erased", pid, "", said))
        await add_lines(job.key, deeds)
        if not await _has_more(job):
            await move_recording(job.key, to="ready", out_of=("erasing",))
        await finish_job(job.id, at=at)
        log.info("recording.erased", recording=job.key, kinds=len(kinds))


async def _has_more(job: JobRow) -> bool:
    others = await jobs_of(ERASE_JOB, job.key, limit=100)
    return any(other.done_at is None and other.id != job.id for other in others)


def _leave_out(folder: Path, mac: bytes, pid: str, kinds: Sequence[str]) -> None:
    """Take their files away, and their tracks out of the list; what is gone already is nothing."""
    path = folder / manifests.FILE
    manifest = manifests.unpack(path.read_bytes(), mac)
    for kind in kinds:
        (folder / "people" / f"{pid}.{kind}.rj").unlink(missing_ok=True)
        for asset in folder.glob(f"assets/{pid}~{kind}~*"):
            asset.unlink()
    theirs = [track for track in manifest.tracks if track.pid == pid and track.kind in kinds]
    for track in theirs:
        files = re.compile(rf"{re.escape(track.id)}(-\d+)?\..*")
        for file in (*folder.glob("tracks/*"), *folder.glob("journal/*")):
            if files.fullmatch(file.name):
                file.unlink()
    kept = tuple(track for track in manifest.tracks if track not in theirs)
    people = tuple(_people(manifest.people, pid, kinds))
    new = manifest.next(tracks=kept, people=people)
    if (kept, people) != (manifest.tracks, manifest.people):
        replace(path, manifests.pack(new, mac))


def _people(people: Any, pid: str, kinds: Collection[str]) -> Any:
    for one, agreed in people:
        left = tuple(kind for kind in agreed if one != pid or kind not in kinds)
        if left:
            yield one, left
