"""Times of a host that are nobody's booking: blocks, and classes of a room.

They take the same five minutes as bookings do, so neither is ever over the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import RoomId
from classroom.store.booking_rows import AppointmentRow, appointment_row
from classroom.store.booking_tables import Appointment
from classroom.store.lesson_reminding import drop_lesson_letters
from classroom.store.times_taken import NewTime, hold_any, hold_host, put, put_elsewhere, take_away

BLOCK_MAX_S = 7 * 24 * 3600
ROOM_MAX = 200
"""Classes of a room that are told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One time; seconds since 1970, multiples of 300."""

    from_s: int
    to_s: int
    title: str


async def add_block(host_id: str, asked: Asked) -> AppointmentRow:
    """Refused `host.unknown`, `booking.taken`."""
    new = NewTime("block", asked.title, asked.from_s, asked.to_s)
    try:
        async with in_transaction():
            return await put(await hold_host(host_id), new, taken=0)
    except IntegrityError as error:
        raise Refused("booking.taken") from error


async def change_block(host_id: str, block_id: str, asked: Asked) -> AppointmentRow:
    """Elsewhere, longer or with other words; Refused `booking.unknown`, `booking.taken`."""
    try:
        async with in_transaction():
            host = await hold_host(host_id)
            found = await _standing(id=block_id, host_id=host_id, kind="block")
            if (found.from_s, found.to_s) != (asked.from_s, asked.to_s):
                found = await put_elsewhere(host, found, asked.from_s, asked.to_s)
            await Appointment.filter(id=block_id).update(title=asked.title)
            return found
    except IntegrityError as error:
        raise Refused("booking.taken") from error


async def remove_block(host_id: str, block_id: str) -> None:
    """Its time is free again; Refused `booking.unknown`."""
    async with in_transaction():
        await hold_any(host_id)
        found = await _standing(id=block_id, host_id=host_id, kind="block")
        await take_away(found.id)


async def add_classes(
    host_id: str, room_id: RoomId, series: str, title: str, times: Sequence[tuple[int, int]]
) -> list[AppointmentRow]:
    """Lessons of a room, all or none; Refused `host.unknown`, `booking.taken`."""
    try:
        async with in_transaction():
            host = await hold_host(host_id)
            return [
                await put(
                    host,
                    NewTime("class", title, from_s, to_s, room_id=room_id, series=series),
                    taken=0,
                )
                for from_s, to_s in times
            ]
    except IntegrityError as error:
        raise Refused("booking.taken") from error


async def classes_of(room_id: RoomId, *, from_s: int) -> list[AppointmentRow]:
    """What is to come of a room, the next first."""
    rows = Appointment.filter(room_id=room_id, kind="class", state="open", to_s__gt=from_s)
    return [appointment_row(row) for row in await rows.order_by("from_s").limit(ROOM_MAX)]


async def next_class(room_id: RoomId, *, now_s: int) -> AppointmentRow | None:
    """The lesson of a room that is next, or goes on now; None without any."""
    rows = Appointment.filter(room_id=room_id, kind="class", state="open", to_s__gt=now_s)
    row = await rows.order_by("from_s").first()
    return None if row is None else appointment_row(row)


async def remove_class(room_id: RoomId, appointment_id: str, *, rest: bool, at: datetime) -> None:
    """One lesson, or it and those of its series after it; Refused `booking.unknown`."""
    found = await _standing(id=appointment_id, room_id=room_id, kind="class")
    async with in_transaction():
        await hold_any(found.host_id)
        gone = [found.id]
        if rest and found.series:
            after = Appointment.filter(
                series=found.series, kind="class", state="open", from_s__gt=found.from_s
            )
            gone += [str(one) for one in await after.values_list("id", flat=True)]
        for one in gone:
            await take_away(one)
            await drop_lesson_letters(one, at=at)


async def _standing(**where: Any) -> AppointmentRow:
    row = await Appointment.get_or_none(**where, state="open")
    if row is None:
        raise Refused("booking.unknown")
    return appointment_row(row)
