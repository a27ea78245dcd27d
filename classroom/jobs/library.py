"""Everything that keeps recordings, as one thing: their folders, keys and sessions, what a class
asks for, and how they end. Made by the composition root.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from pathlib import Path

from classroom.blobs.recordings import Far, RecordingBlobs
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.jobs.erasing import ERASE_JOB, Erasing
from classroom.jobs.loop import JobLoop
from classroom.jobs.recording_deletion import Deletion
from classroom.jobs.recording_intake import Intake
from classroom.jobs.recording_news import tell_recording
from classroom.jobs.recording_opening import Opening
from classroom.jobs.retention import Retention
from classroom.people.play_session import PlaySessions
from classroom.people.secret import Secret
from classroom.store.jobs import free_jobs
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recordings import RecordingRow
from whiteboard.store import StoreFailed


class Library:
    """The recordings of this server. Invariant: after `close` no task of it runs."""

    def __init__(
        self, folder: Path, secret: Secret, *, quota_bytes: int, far: Far | None = None
    ) -> None:
        self.blobs = RecordingBlobs(folder, far)
        self.keys = RecordingKeys(secret)
        self.sessions = PlaySessions()
        self.opening = Opening(self.blobs, self.keys, secret)
        mac = secret.key("manifests")
        self.erasing = Erasing(self.blobs, self.keys, self.sessions, mac)
        self.deletion = Deletion(self.blobs, self.keys, self.sessions)
        self.intake = Intake(self.blobs, self.keys, self.sessions, self._erase, quota_bytes)
        self.retention = Retention(self.deletion.delete, _remind, self.deletion.go_on)
        self._loop = JobLoop({ERASE_JOB: self.erasing.do}, workers=1, kinds=(ERASE_JOB,))

    async def take_out(
        self, recording_id: str, pid: str, kinds: Collection[str], *, by: str, name: str
    ) -> None:
        """Take somebody out of a recording that is over. Refused `recording.not_ready` while it is
        made."""
        if not await self.erasing.order(recording_id, pid, kinds, by=by, name=name):
            raise Refused("recording.not_ready")
        self._loop.wake()

    async def start(self) -> None:
        """Go on with what an earlier server did not end, and look for what ends from now on."""
        await self.deletion.go_on()
        with contextlib.suppress(StoreFailed):  # then leases end by themselves
            await free_jobs(ERASE_JOB)
            await self.erasing.go_on()
        await self._loop.start()
        self.retention.start()

    async def close(self) -> None:
        """What was broken off goes on at the next start."""
        await self.retention.close()
        await self._loop.close()

    async def _erase(self, recording_id: str, pid: str, kinds: Collection[str]) -> bool:
        is_over = await self.erasing.order(recording_id, pid, kinds, by=pid, name="")
        if is_over:
            self._loop.wake()
        return is_over


async def _remind(row: RecordingRow) -> None:
    await tell_recording(row, "recording.expiring", utc_now())
