"""What a class that is recorded asks of the library: a folder and keys, its end, and what somebody
takes back while it goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from pathlib import Path

from classroom.blobs.recordings import RecordingBlobs
from classroom.clock import monotonic, utc_now
from classroom.errors import Refused
from classroom.people.play_session import Playing, PlaySessions
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recording_people import remove_kinds
from classroom.store.recordings import (
    UNFINISHED,
    NewRecording,
    change_recording,
    create_recording,
    find_recording,
    move_recording,
    used_bytes,
)

NOBODYS = ("room", "derived")
Erase = Callable[[str, str, Collection[str]], Awaitable[bool]]
"""Begins erasing in a recording that is over; whether it is."""


class Intake:
    """StoreFailed and OSError go through to the caller."""

    def __init__(
        self,
        blobs: RecordingBlobs,
        keys: RecordingKeys,
        sessions: PlaySessions,
        erase_later: Erase,
        quota_bytes: int,
    ) -> None:
        self._blobs = blobs
        self._keys = keys
        self._sessions = sessions
        self._erase_later = erase_later
        self._quota_bytes = quota_bytes

    async def begin(self, new: NewRecording) -> Path:
        """A recording begins; its folder. Refused `recording.storage`."""
        if await used_bytes(new.owner) >= self._quota_bytes:
            raise Refused("recording.storage")
        try:
            folder = await self._blobs.make(new.id)
        except Refused as refused:
            raise Refused("recording.storage") from refused
        await create_recording(new)
        for kind in NOBODYS:
            await self._keys.key(new.id, "", kind)
        return folder

    async def end(self, recording_id: str, at: datetime, people: int) -> None:
        """It is over, and made from now on."""
        if await move_recording(recording_id, to="processing", out_of=UNFINISHED):
            await change_recording(recording_id, ended_at=at, people=people)

    async def erase(self, recording_id: str, pid: str, kinds: Collection[str]) -> None:
        """Destroy somebody's keys of these kinds at once. While it is recorded whoever records
        takes care of the rest; when it is over it is made anew."""
        if await self._erase_later(recording_id, pid, kinds):
            return
        await self._keys.destroy(recording_id, pid, kinds)
        await remove_kinds(recording_id, pid, kinds)
        deed = ConsentDeed(utc_now(), "key_destroyed", pid, "", {"kinds": sorted(kinds)})
        await add_lines(recording_id, [deed])

    async def session_for(self, recording_id: str, pid: str, name: str) -> str:
        """A session for somebody of the class that is recorded. Refused `recording.unknown`."""
        row = await find_recording(recording_id)
        if row is None or row.state != "recording":
            raise Refused("recording.unknown")
        return self._sessions.open(Playing(recording_id, "class", pid, name), now=monotonic())
