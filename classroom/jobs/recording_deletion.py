"""Deletes recordings for good: the keys first, then all else.

What lies on the disk after the keys are gone is noise. Each step may be broken off and is done
again at the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from classroom.blobs.recordings import RecordingBlobs
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.ids import RoomId
from classroom.jobs.recording_news import tell_recording
from classroom.people.play_session import PlaySessions
from classroom.store.consent import DELETED, ConsentDeed, add_lines
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recordings import (
    RecordingRow,
    find_recording,
    forget_recording,
    held_in_room,
    recordings_in,
    recordings_of_room,
)
from whiteboard.store import StoreFailed

log = structlog.get_logger("classroom.recordings")


class Deletion:
    """StoreFailed and OSError go through to the caller."""

    def __init__(self, blobs: RecordingBlobs, keys: RecordingKeys, sessions: PlaySessions) -> None:
        self._blobs = blobs
        self._keys = keys
        self._sessions = sessions
        self.stop_making: Callable[[str], Awaitable[None]] = _nothing
        """Ends what is being made of a recording; returns when nobody writes in its folder."""

    async def delete(self, recording_id: str) -> None:
        """Delete it, or go on with it; one that is gone is nothing. Whether it may be is decided by
        the caller."""
        row = await find_recording(recording_id)
        if row is None:
            return
        at = utc_now()
        if row.state != "deleting":
            await tell_recording(row, "recording.deleted", at)
        await self._keys.destroy_all(recording_id)
        self._sessions.end_all(recording_id)
        await self.stop_making(recording_id)
        await self._blobs.remove(recording_id)
        deeds = [ConsentDeed(at, "key_destroyed"), ConsentDeed(at, DELETED, body=_facts(row))]
        await add_lines(recording_id, deeds)
        await forget_recording(recording_id)
        log.info("recording.deleted", recording=recording_id)

    async def must_hold_none(self, room_id: RoomId) -> None:
        """Refused `recording.held` when a recording of the room is kept for a legal reason."""
        if await held_in_room(room_id):
            raise Refused("recording.held")

    async def delete_of_room(self, room_id: RoomId) -> None:
        """Delete all recordings of a room that is deleted."""
        for recording_id in await recordings_of_room(room_id):
            await self.delete(recording_id)

    async def go_on(self) -> None:
        """With what an earlier server did not delete to the end."""
        try:
            for row in await recordings_in(("deleting",)):
                with contextlib.suppress(OSError):  # its keys are gone; it is tried each hour
                    await self.delete(row.id)
        except StoreFailed as failure:
            log.warning("recordings.not_deleted", reason=type(failure).__name__)


def _facts(row: RecordingRow) -> dict[str, str]:
    """What its record still has to say of it, and whose it was."""
    return {
        "owner": row.owner,
        "title": row.title,
        "room_title": row.room_title,
        "lesson_id": row.lesson_id,
        "began_at": iso(row.began_at),
        "policy": row.policy,
    }


async def _nothing(_recording_id: str) -> None:
    await asyncio.sleep(0)
