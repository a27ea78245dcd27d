"""Says of appointments that they go on, were held, or were missed, as far as nobody needs to be
asked. What is left open, the desk is asked about."""

from __future__ import annotations

import structlog

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.jobs.looking import Looking
from classroom.lesson.meeting import HELD_MS, meeting, outcome
from classroom.store.booking_rows import By
from classroom.store.bookings import Bookings
from classroom.store.closing_look import Begun, begun, talk_in
from classroom.store.visits import end_visits_of
from whiteboard.store import StoreFailed

LOOK_EVERY_S = 10.0
AFTER_S = 10 * 60
"""Since the planned end; whoever is late is late no more."""
BY = By("clock", "closing")

log = structlog.get_logger("classroom.closing")


class Closing(Looking):
    """Invariant: what was said once is said by people from then on. A restart looks again."""

    def __init__(self, bookings: Bookings) -> None:
        super().__init__("closing", LOOK_EVERY_S)
        self._bookings = bookings
        self._asked: set[tuple[str, int]] = set()
        """Left to people, by booking and revision."""

    async def _look(self) -> None:
        await self.look()

    async def look(self) -> None:
        """Say what can be said now."""
        found = await begun(int(utc_now().timestamp()))
        self._asked &= {(one.booking_id, one.revision) for one in found}
        for one in found:
            if (one.booking_id, one.revision) in self._asked:
                continue
            try:
                await self._look_at(one)
            except Refused as refused:  # somebody was faster
                log.info("closing.refused", booking=one.booking_id, code=refused.code)
            except StoreFailed:
                raise
            except Exception:  # one that fails keeps no other waiting
                log.exception("closing.failed", booking=one.booking_id)

    async def _look_at(self, one: Begun) -> None:
        at = utc_now()
        talk = await talk_in(one.room_id, at=at)
        met = meeting(talk.lessons, one.clients)
        if talk.is_on:
            if met.together_ms > 0 and one.state == "booked":
                await self._bookings.turn(one.booking_id, "begin", by=BY, at=at)
            return
        is_late = int(at.timestamp()) >= one.to_s + AFTER_S
        if not is_late and met.together_ms < HELD_MS:
            return  # they may still come
        said = outcome(met, has_waited=one.has_waited)
        if said.deed is None:
            self._asked.add((one.booking_id, one.revision))
            await end_visits_of(one.booking_id, now_s=int(at.timestamp()))
            return
        body = {"who": said.who} if said.who else {"held_ms": said.held_ms}
        await self._bookings.turn(one.booking_id, said.deed, by=BY, body=body, at=at)
