"""Erases clients, step by step: what was broken off goes on after the next start. Once a day it
forgets notes, visitors and lines of who opened what that are too old."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from classroom.booking.person import Step, steps_after
from classroom.clock import monotonic, utc_now
from classroom.errors import Refused
from classroom.ids import RoomId
from classroom.jobs.looking import Looking
from classroom.store import client_tasks
from classroom.store import erasing_client as store
from classroom.store.audit import forget_openings
from classroom.store.booking_rows import By
from classroom.store.bookings import Bookings
from classroom.store.merging import move_late
from classroom.store.notes import forget_old_notes
from classroom.store.visits import forget_visitors

LOOK_S = 60.0
FORGET_EVERY_S = 86_400.0

log = structlog.get_logger("classroom.clients")


class ErasingClients(Looking):
    """One at a time. `remove_room` takes away a room with all that is in it; `on_letter` is told
    that somebody's last letter waits."""

    def __init__(
        self,
        bookings: Bookings,
        remove_room: Callable[[RoomId], Awaitable[None]],
        on_letter: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__("erasing clients", LOOK_S)
        self._bookings = bookings
        self._remove_room = remove_room
        self._on_letter = on_letter
        self._forgot_at: float | None = None

    async def run(self) -> None:
        """All that wait."""
        for task in await client_tasks.waiting_tasks():
            await self.erase(task)

    async def forget_old(self) -> None:
        """Once a day, and with the first look: notes by each organisation's rule, openings after
        three years, visitors who became nobody's client after 30 days."""
        now = monotonic()
        if self._forgot_at is not None and now - self._forgot_at < FORGET_EVERY_S:
            return
        at = utc_now()
        notes, openings = await forget_old_notes(at=at), await forget_openings(at=at)
        visitors = await forget_visitors(at=at)
        self._forgot_at = now
        if notes or openings or visitors:
            log.info("clients.forgotten", notes=notes, openings=openings, visitors=visitors)

    async def erase(self, task: client_tasks.TaskRow) -> None:
        """The steps that are left. A recording that is kept for a legal reason stops it."""
        done = task.step
        for step in steps_after(done):
            try:
                await self._do(step, task)
            except Refused as refused:
                log.warning("client.not_erased", client=task.client_id, code=refused.code)
                await client_tasks.note_step(task.id, done, state="failed")
                return
            done, is_last = step, not steps_after(step)
            await client_tasks.note_step(task.id, done, state="done" if is_last else "waiting")
        self._on_letter()
        log.info("client.erased", client=task.client_id)

    async def _do(self, step: Step, task: client_tasks.TaskRow) -> None:
        at = utc_now()
        if step == "coming":
            by = By("account", task.by)
            for booking_id in await store.coming_bookings(task.client_id):
                silent = {"tell": False}
                await self._bookings.drop(booking_id, by=by, why="", at=at, body=silent)
        if step == "rooms":
            for room_id in await store.rooms_of(task.client_id):
                await self._remove_room(room_id)
        await store.forget(step, task.client_id, at=at)

    async def _look(self) -> None:
        await self.run()
        await move_late(at=utc_now())
        await self.forget_old()
