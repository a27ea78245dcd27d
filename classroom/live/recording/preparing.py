"""Makes the place for a recording that is about to begin: its row, and the folder it lies in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from classroom.errors import Refused
from classroom.live.recording.house import RecordingHouse
from classroom.live.room import LiveRoom
from classroom.people.throttle import Bucket
from classroom.room.recording_state import RecordingState
from classroom.store.recordings import NewRecording
from whiteboard.store import StoreFailed

ASKED_AT_ONCE = 3
ASKED_EVERY_S = 20.0


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """Which lesson is recorded; `owner` is the room's account, or empty."""

    lesson_id: str
    owner: str


class Preparing:
    """Of one room."""

    def __init__(self, live: LiveRoom, house: RecordingHouse, lesson: LessonFacts) -> None:
        self._live = live
        self._house = house
        self._lesson = lesson
        self._turn = asyncio.Lock()
        now = house.clocks.monotonic()
        self._asked = Bucket(1 / ASKED_EVERY_S, ASKED_AT_ONCE, ASKED_AT_ONCE, now)
        self._made: tuple[str, Path] | None = None

    def check_asking(self) -> None:
        """Refused `rate.limited`: each asking is a sheet before everybody."""
        wait_s = self._asked.take(now=self._house.clocks.monotonic())
        if wait_s:
            raise Refused("rate.limited", {"retry_ms": int(wait_s * 1000) + 1})

    async def prepare(self, state: RecordingState) -> None:
        """Have the place of the recording that is asked for; twice is once. Refused
        `recording.busy`, `recording.storage`."""
        async with self._turn:
            if self.folder_of(state.recording_id) is not None:
                return
            self._house.check_room()
            try:
                folder = await self._house.drawer.begin(self._new(state))
            except StoreFailed as failure:
                raise Refused("recording.storage") from failure
            self._made = state.recording_id, folder

    def folder_of(self, recording_id: str) -> Path | None:
        """The place that was made; None when there is none."""
        return self._made[1] if self._made and self._made[0] == recording_id else None

    def _new(self, state: RecordingState) -> NewRecording:
        terms, at = self._live.room.terms, self._house.clocks.utc_now()
        return NewRecording(
            id=state.recording_id,
            room_id=terms.room_id,
            room_title=terms.title,
            lesson_id=self._lesson.lesson_id,
            title=terms.title,
            owner=self._lesson.owner,
            policy=terms.recording_policy,
            began_at=at,
            delete_after=at + timedelta(days=terms.kept_days),
        )
