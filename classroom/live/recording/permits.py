"""From a yes to being written: the yes is stored, the person is noted, the key is made. A kind
flows only when all of that is done, and stops at once with a no."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

import structlog

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.ports import RecordingDrawer
from classroom.room.recording_state import Kind
from classroom.store.recording_people import RecordedPerson
from whiteboard.store import StoreFailed

AGAIN_AFTER_S = 2.0

log = structlog.get_logger("classroom.live.recording")

Permit = tuple[ParticipantId, Kind]


class Permits:
    """Of one recording. `keys` has what may flow."""

    def __init__(
        self,
        recording_id: str,
        drawer: RecordingDrawer,
        who: Callable[[ParticipantId], tuple[str, str]],
        on_key: Callable[[Permit, bytes], None],
    ) -> None:
        """`who` gives somebody's name, and their account or ""."""
        self.keys: dict[Permit, bytes] = {}
        self._recording_id = recording_id
        self._drawer = drawer
        self._who = who
        self._on_key = on_key
        self._agreed: set[Permit] = set()
        self._made: dict[Permit, bytes] = {}
        """Keys of those who agreed once, also of who said no since: a yes again goes on with it."""
        self._barred: set[Permit] = set()
        """Of which the old key is being destroyed."""
        self._tasks: dict[Permit, asyncio.Task[None]] = {}

    def settle(self, agreed: Iterable[Permit]) -> None:
        """Who said yes, in words that are stored."""
        self._agreed = set(agreed) - self._barred
        self.keys = {one: key for one, key in self.keys.items() if one in self._agreed}
        for permit in self._agreed - self.keys.keys():
            if permit in self._made:
                self._flow(permit)
            elif permit not in self._tasks:
                task = asyncio.create_task(self._make(permit), name="recording key")
                self._tasks[permit] = task
                task.add_done_callback(partial(self._forget_task, permit))

    def forget(self, permits: Iterable[Permit]) -> None:
        """Their keys are no more; a later yes gets a new one, when the old one is destroyed."""
        for permit in permits:
            task = self._tasks.pop(permit, None)
            if task is not None:
                task.cancel()
            self._made.pop(permit, None)
            self.keys.pop(permit, None)
            self._barred.add(permit)

    def allow(self, permits: Iterable[Permit]) -> None:
        """Their old keys are destroyed."""
        self._barred.difference_update(permits)

    def close(self) -> None:
        """Make no more."""
        for task in self._tasks.values():
            task.cancel()

    def _forget_task(self, permit: Permit, done: asyncio.Task[None]) -> None:
        if self._tasks.get(permit) is done:
            del self._tasks[permit]

    async def _make(self, permit: Permit) -> None:
        pid, kind = permit
        while permit in self._agreed:
            try:
                name, account = self._who(pid)
                person = RecordedPerson(pid, name, (kind,), account=account)
                await self._drawer.note_person(self._recording_id, person)
                self._made[permit] = await self._drawer.key_for(self._recording_id, pid, kind)
            except (StoreFailed, Refused) as failure:
                log.error("recording.no_key", recording=self._recording_id, reason=str(failure))
                await asyncio.sleep(AGAIN_AFTER_S)
                continue
            if permit in self._agreed:
                self._flow(permit)
            return

    def _flow(self, permit: Permit) -> None:
        self.keys[permit] = self._made[permit]
        self._on_key(permit, self._made[permit])
