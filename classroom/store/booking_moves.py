"""Moving a booking to another time, inside the transaction that holds the host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom.booking import states, terms
from classroom.booking.zone import iso_s
from classroom.errors import Refused
from classroom.store.booking_asked import Scene
from classroom.store.booking_fitting import as_booked, group_at, must_fit, time_of
from classroom.store.booking_lines import add_line
from classroom.store.booking_rows import AppointmentRow, By, Change, OfferRow, booking_row
from classroom.store.booking_tables import Booking
from classroom.store.times_taken import (
    CELL_S,
    NewTime,
    put,
    put_elsewhere,
    sit_down,
    stand_up,
)


@dataclass(frozen=True, slots=True)
class Move:
    """`revision` is the one whoever asks has seen; `anyway` as in `Take`."""

    start_s: int
    revision: int
    by: By
    anyway: bool


async def move_inside(scene: Scene, asked: Move, *, at: datetime) -> Change | None:
    """Refused as `Bookings.shift`; None when it is there already."""
    booking = scene.booking
    after = states.after(booking.state, "move")
    if booking.revision != asked.revision:
        raise Refused("booking.moved")
    if asked.start_s == scene.appointment.from_s:
        return None
    now_s = int(at.timestamp())
    if asked.by.kind == "client":
        _must_be_in_time(scene, now_s)
    was, moved = await _to(scene, asked, now_s)
    row = await Booking.get(id=booking.id)
    row.state, row.appointment_id = after, moved.id
    row.revision += 1
    row.moves += asked.by.kind == "client"
    await row.save(update_fields=["state", "appointment_id", "revision", "moves"])
    said = {"from": iso_s(scene.appointment.from_s), "to": iso_s(moved.from_s)}
    await add_line(booking.id, "move", said, by=asked.by, at=at)
    return Change(
        deed="move",
        before=booking,
        after=booking_row(row),
        appointment=moved,
        was=was,
        client=scene.client,
        host=scene.host,
        offer=scene.offer,
        org=scene.org,
        by=asked.by,
        at=at,
    )


def _must_be_in_time(scene: Scene, now_s: int) -> None:
    bound = terms.read_terms(scene.org.terms, scene.offer.cancel if scene.offer else None)
    refused = terms.refusal(
        bound,
        "move",
        from_s=scene.appointment.from_s,
        moves=scene.booking.moves,
        now_s=now_s,
    )
    if refused is not None:
        raise refused


async def _to(scene: Scene, asked: Move, now_s: int) -> tuple[AppointmentRow, AppointmentRow]:
    """The appointment that was left, and that at the new time: the same one, or another lesson of
    the group. A lesson that nobody is left in is cancelled."""
    offer = scene.offer
    if offer is None:  # it was removed: the host may still move what was booked
        if asked.by.kind == "client":
            raise Refused("offer.unknown")
        return await (_apart if scene.appointment.taken > 1 else _whole)(scene, asked)
    if scene.appointment.kind == "group":
        return await _seat(scene, offer, asked, now_s)
    await must_fit(
        scene.host,
        as_booked(offer, scene.appointment),
        asked.start_s,
        now_s=now_s,
        anyway=asked.anyway,
        but=scene.appointment.id,
    )
    return await _whole(scene, asked)


async def _whole(scene: Scene, asked: Move) -> tuple[AppointmentRow, AppointmentRow]:
    lasts_s = scene.appointment.to_s - scene.appointment.from_s
    if asked.start_s % CELL_S:
        raise Refused("booking.closed")
    was = scene.appointment
    return was, await put_elsewhere(scene.host, was, asked.start_s, asked.start_s + lasts_s)


async def _apart(scene: Scene, asked: Move) -> tuple[AppointmentRow, AppointmentRow]:
    """Out of a group that goes on without them."""
    was = await stand_up(scene.appointment)
    new = NewTime(
        kind=was.kind,
        title=was.title,
        from_s=asked.start_s,
        to_s=asked.start_s + was.to_s - was.from_s,
        before_s=was.from_s - was.busy_from_s,
        after_s=was.busy_to_s - was.to_s,
        seats=was.seats,
    )
    if asked.start_s % CELL_S:
        raise Refused("booking.closed")
    return was, await put(scene.host, new, taken=1)


async def _seat(
    scene: Scene, offer: OfferRow, asked: Move, now_s: int
) -> tuple[AppointmentRow, AppointmentRow]:
    was = await stand_up(scene.appointment)
    there = await group_at(offer, asked.start_s)
    await must_fit(scene.host, offer, asked.start_s, now_s=now_s, anyway=asked.anyway)
    if there is not None:
        return was, await sit_down(there.id)
    return was, await put(scene.host, time_of(offer, asked.start_s), taken=1)
