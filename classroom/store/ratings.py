"""Ratings: given once by the client, shown when both sides allow it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.booking_asked import host_of, scene_of
from classroom.store.booking_lines import add_line
from classroom.store.booking_news import tell_of_booking
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Booking
from classroom.store.times_taken import hold_any

WITHIN = timedelta(days=60)


async def rate(
    booking_id: str, stars: int, comment: str, *, may_show: bool, by: By, at: datetime
) -> None:
    """Refused `rating.early` unless it was held in the last 60 days, `rating.done`."""
    host_id = await host_of(booking_id)
    async with in_transaction():
        await hold_any(host_id)
        scene = await scene_of(booking_id)
        ended_s = scene.appointment.to_s
        if scene.booking.state != "held" or at.timestamp() > ended_s + WITHIN.total_seconds():
            raise Refused("rating.early")
        if scene.booking.stars is not None:
            raise Refused("rating.done")
        await Booking.filter(id=booking_id).update(
            stars=stars, comment=comment, may_show=may_show, rated_at=at
        )
        await add_line(booking_id, "rate", {"stars": stars}, by=by, at=at)
        await tell_of_booking("booking.rated", scene, at=at, more={"stars": stars})


async def show_rating(booking_id: str, *, is_shown: bool, by: By, at: datetime) -> None:
    """The organisation shows it, or not; it is seen only when the client allows it too."""
    host_id = await host_of(booking_id)
    async with in_transaction():
        await hold_any(host_id)
        await Booking.filter(id=booking_id).update(is_shown=is_shown)
        await add_line(booking_id, "show", {"on": is_shown}, by=by, at=at)
