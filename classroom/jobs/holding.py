"""Times that are held for somebody: let go when their time is over, and offered to who waits. What
guarded times that are past is swept away, and keys that were put aside."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import structlog

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.jobs.looking import Looking
from classroom.store.booking_asked import Take
from classroom.store.booking_reading import held_too_long
from classroom.store.booking_rows import By
from classroom.store.bookings import Bookings
from classroom.store.clients_found import ClientGiven
from classroom.store.sweeping import sweep
from classroom.store.wait_fitting import fitting
from classroom.store.waitlist import LOOK_MAX, WaitPlace, WaitRow, end_old, waiting_wishes
from whiteboard.store import StoreFailed

LOOK_EVERY_S = 20.0
OFFERED_FOR = timedelta(hours=2)
SWEEP_EVERY = timedelta(hours=1)
SWEEP_MOST, BATCHES = 500, 20
"""Cells in one statement, and statements at one time: nobody who books waits for long."""

log = structlog.get_logger("classroom.jobs")


class Holding(Looking):
    """Invariant: after `close` nothing of it runs."""

    def __init__(self, bookings: Bookings) -> None:
        super().__init__("held times", LOOK_EVERY_S)
        self._bookings = bookings
        self._sweep_at: datetime | None = None
        self._looked_until: WaitPlace | None = None
        """Where the last look ended, when there are more wishes than one looks at."""

    async def look(self, at: datetime) -> None:
        """Let go what was held too long, then offer what is free. Raises StoreFailed.

        One that fails keeps no other waiting.
        """
        for booking_id in await held_too_long(at):
            with _alone(booking=booking_id):
                await self._bookings.turn(booking_id, "lapse", by=By("clock", "holding"), at=at)
        await end_old(at)
        wishes = await waiting_wishes(self._looked_until)
        for entry in wishes:
            with _alone(wish=entry.id):
                await self._offer(entry, at)
        self._looked_until = wishes[-1].place if len(wishes) >= LOOK_MAX else None
        if self._sweep_at is None or at >= self._sweep_at:
            await self._sweep(at)

    async def _sweep(self, at: datetime) -> None:
        """Of a long past, as much as is well now: the next look goes on."""
        for _ in range(BATCHES):
            if await sweep(at, most=SWEEP_MOST) < SWEEP_MOST:
                self._sweep_at = at + SWEEP_EVERY
                return

    async def _look(self) -> None:
        await self.look(utc_now())

    async def _offer(self, entry: WaitRow, at: datetime) -> None:
        start_s = await fitting(entry, at)
        if start_s is None:
            return
        ask = Take(
            host_id=entry.host.id,
            offer_id=entry.offer.id,
            start_s=start_s,
            client=ClientGiven(id=entry.client_id, by_house=True),
            by=By("list", entry.id),
            state="unconfirmed",
            hold_until=min(at + OFFERED_FOR, datetime.fromtimestamp(start_s, UTC)),
            made_by="list",
        )
        with contextlib.suppress(Refused):  # somebody else was faster, or the client is gone
            await self._bookings.take(ask, at=at)


@contextlib.contextmanager
def _alone(**about: str) -> Iterator[None]:
    """What fails here fails for itself, and says so."""
    try:
        yield
    except StoreFailed:
        raise
    except Exception:
        log.exception("holding.failed", **about)
