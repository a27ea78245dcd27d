"""Bookings that are made together, and what of them is still to come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from classroom.booking.diary import Bounds
from classroom.booking.slot import Lengths, Taken, refusal
from classroom.booking.when import say_when
from classroom.booking.zone import DAY_S
from classroom.ids import new_id
from classroom.store.booking_asked import Scene, Take, scene_of
from classroom.store.booking_rows import BookingRow, By, HostRow
from classroom.store.booking_tables import Booking, Series
from classroom.store.bookings import Bookings
from classroom.store.host_times import times_of
from classroom.store.letter_matter import Asked
from classroom.store.letter_posting import Letters

WIDE = Bounds(notice_min=0, horizon_days=3650, daily_max=0, step_min=5)
"""Whoever books a series for somebody is not bound by how soon or how far ahead."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A beginning, and why it cannot be; "" when it can."""

    start_s: int
    code: str


async def judge(
    host: HostRow, lengths: Lengths, starts: Sequence[int], *, anyway: bool, now_s: int
) -> list[Judged]:
    """Each of them against the hours, other calendars and what is booked; `anyway`: only against
    what is booked."""
    times = await times_of(host, starts[0], starts[-1] + DAY_S)
    diary = replace(times.diary, bounds=WIDE)
    found = []
    for start_s in starts:
        refused = refusal(
            diary,
            lengths,
            busy=() if anyway else times.busy,
            taken=times.taken,
            start_s=start_s,
            now_s=now_s,
        )
        code = "" if refused is None else refused.code
        is_past = start_s < now_s
        if anyway and code == "booking.closed" and not is_past:
            code = "booking.taken" if _meets(lengths, times.taken, start_s) else ""
        found.append(Judged(start_s, "booking.early" if is_past else code))
    return found


async def new_series(host_id: str, rule: dict[str, object], *, at: datetime, **of: Any) -> str:
    """Its id; `of` names offer, client or room."""
    row = await Series.create(
        id=new_id(), host_id=host_id, rule=json.dumps(rule), created_at=at, **of
    )
    return row.id


async def book_series(
    bookings: Bookings, letters: Letters, asks: Sequence[Take], *, tell: bool, at: datetime
) -> list[BookingRow]:
    """All of them or none, and one letter that lists them, to the host and, with `tell`, to the
    client; Refused as `Bookings.book`."""
    made = [one.booking for one in await bookings.book_all(asks, at=at)]
    async with in_transaction():
        await Series.filter(id=asks[0].series).update(client_id=made[0].client_id)
        scene = await scene_of(made[0].id)
        if tell:
            spoken = scene.client.zone, scene.client.locale
            told = _listed(f"series.{asks[0].series}", scene, asks, spoken)
            await letters.write("series", scene, told, at=at)
        spoken = scene.host.zone, scene.org.locale
        told = _listed(f"host_series.{asks[0].series}", scene, asks, spoken)
        await letters.write("host_series", scene, told, at=at)
    return made


async def host_of_series(series_id: str) -> str | None:
    """With whom it is; None when there is none."""
    row = await Series.get_or_none(id=series_id)
    return None if row is None else row.host_id


async def cancel_rest(bookings: Bookings, series_id: str, *, by: By, at: datetime) -> int:
    """Cancel what of it has not begun; how many."""
    coming = Booking.filter(
        appointment__series=series_id,
        appointment__from_s__gt=int(at.timestamp()),
        state__in=["unconfirmed", "unpaid", "booked"],
    )
    ids = await coming.order_by("appointment__from_s").values_list("id", flat=True)
    for booking_id in ids:
        await bookings.drop(str(booking_id), by=by, why="", at=at)
    return len(ids)


def _listed(once: str, scene: Scene, asks: Sequence[Take], spoken: tuple[str, str]) -> Asked:
    """What a letter says of the whole series; `spoken` is the zone and language it is said in."""
    lasts_s = scene.appointment.to_s - scene.appointment.from_s
    dates = [say_when(one.start_s, one.start_s + lasts_s, *spoken) for one in asks]
    words = {"dates": "\n".join(dates), "count": str(len(asks))}
    return Asked(once=once, words=words)


def _meets(lengths: Lengths, taken: Sequence[Taken], start_s: int) -> bool:
    begin = start_s - lengths.before_min * 60
    end = start_s + (lengths.minutes + lengths.after_min) * 60
    return any(one.from_s < end and begin < one.to_s for one in taken)
