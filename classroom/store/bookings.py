"""Bookings: taken, moved, given up and turned, each in one transaction that is alone with its host.

Two guards: the host's turn is written first, so whatever is asked after it is still true when it is
written; and no five minutes of a host can be taken twice, whatever this code forgets.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from classroom.booking.states import Deed
from classroom.errors import Refused
from classroom.store import booking_moves, booking_turns
from classroom.store.booking_asked import Take, host_of, scene_of
from classroom.store.booking_rows import BookingRow, By, Change, Follower
from classroom.store.booking_taking import Taking, take_inside
from classroom.store.times_taken import hold_any, hold_host, hold_turn

Told = Callable[[Change], None]


class Bookings:
    """Made once by the composition, with everybody who has to follow a change.

    Invariant: an open booking has its cells (or its seat), and every change has its line.
    """

    def __init__(self, followers: Sequence[Follower], after: Sequence[Told] = ()) -> None:
        """`followers` act inside the transaction, `after` is told when it is done."""
        self._followers = tuple(followers)
        self._after = tuple(after)

    async def take(self, ask: Take, *, at: datetime) -> BookingRow:
        """Book; see `book`."""
        return (await self.book(ask, at=at)).booking

    async def book(self, ask: Take, *, at: datetime) -> Taking:
        """Book a time, or a seat of a group.

        Refused `host.unknown`, `offer.unknown`, `booking.{taken,full,closed,early,far,cap,many}`,
        `client.{unknown,erased}`, and what followers refuse.
        """
        made: list[Taking] = []

        async def work() -> Change | None:
            await hold_turn(ask.host_id)
            made.append(await take_inside(ask, at=at))
            return made[0].change

        await self._alone(work)
        return made[0]

    async def book_all(self, asks: Sequence[Take], *, at: datetime) -> list[Taking]:
        """All of one host, or none of them."""
        made: list[Taking] = []
        try:
            async with in_transaction():
                await hold_turn(asks[0].host_id)
                for ask in asks:
                    taking = await take_inside(ask, at=at)
                    made.append(taking)
                    await self._follow(taking.change)
        except IntegrityError as error:
            raise Refused("booking.taken") from error
        for taking in made:
            self._tell(taking.change)
        return made

    async def shift(
        self,
        booking_id: str,
        start_s: int,
        *,
        revision: int,
        by: By,
        at: datetime,
        anyway: bool = False,
    ) -> BookingRow:
        """Move it. `revision` is the one that was looked at.

        Refused `booking.{unknown,moved,over,begun,late,moves,taken,full,closed,early,far,cap}`.
        """
        host_id = await host_of(booking_id)

        async def work() -> Change | None:
            await hold_host(host_id)
            scene = await scene_of(booking_id)
            asked = booking_moves.Move(start_s, revision, by, anyway)
            return await booking_moves.move_inside(scene, asked, at=at)

        return await self._changed(booking_id, work)

    async def drop(
        self,
        booking_id: str,
        *,
        by: By,
        why: str,
        at: datetime,
        body: Mapping[str, Any] | None = None,
    ) -> BookingRow:
        """Cancel it, and free its time; one that is cancelled already stays so, quietly.

        Refused `booking.{unknown,over,begun,late}`.
        """
        said = {**(body or {}), **({"why": why} if why else {})}
        return await self.turn(booking_id, "cancel", by=by, body=said, at=at)

    async def turn(
        self,
        booking_id: str,
        deed: Deed,
        *,
        by: By,
        at: datetime,
        body: Mapping[str, Any] | None = None,
    ) -> BookingRow:
        """Any deed of the table but make and move. What was so already stays so, quietly.

        Refused `booking.{unknown,over,begun,late,early}`, and `booking.{taken,full}` for one that
        had lapsed, was paid and whose time is gone.
        """
        host_id = await host_of(booking_id)

        async def work() -> Change | None:
            await hold_any(host_id)
            return await booking_turns.turn_inside(
                await scene_of(booking_id), deed, by=by, body=body or {}, at=at
            )

        return await self._changed(booking_id, work)

    async def _changed(
        self, booking_id: str, work: Callable[[], Awaitable[Change | None]]
    ) -> BookingRow:
        change = await self._alone(work)
        return (await scene_of(booking_id)).booking if change is None else change.after

    async def _alone(self, work: Callable[[], Awaitable[Change | None]]) -> Change | None:
        try:
            async with in_transaction():
                change = await work()
                await self._follow(change)
        except IntegrityError as error:
            raise Refused("booking.taken") from error
        self._tell(change)
        return change

    async def _follow(self, change: Change | None) -> None:
        if change is not None:
            for follower in self._followers:
                await follower(change)

    def _tell(self, change: Change | None) -> None:
        if change is not None:
            for told in self._after:
                told(change)
