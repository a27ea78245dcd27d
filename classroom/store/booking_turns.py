"""Every other deed with a booking, inside the transaction that holds the host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from classroom.booking import states, terms
from classroom.booking.states import Deed
from classroom.errors import Refused
from classroom.store.booking_asked import Scene
from classroom.store.booking_lines import add_line
from classroom.store.booking_making import PAY_WITHIN
from classroom.store.booking_rows import AppointmentRow, By, Change, booking_row
from classroom.store.booking_tables import Appointment, Booking
from classroom.store.pay_first import pays_first
from classroom.store.payments import is_known
from classroom.store.times_taken import open_again, stand_up

CORRECT_WITHIN = timedelta(days=30)
_QUIET: tuple[Deed, ...] = ("confirm", "owe", "begin")
_LOGGED = ("why", "who", "tell", "held_ms", "note", "amount", "gateway", "seconds")
"""What of a deed's body stands in the log: no intake, no comment, no name."""


async def turn_inside(
    scene: Scene, deed: Deed, *, by: By, body: Mapping[str, Any], at: datetime
) -> Change | None:
    """Refused as `Bookings.turn`; None when it was so already."""
    deed = await _meant(scene, deed)
    if _is_so(scene, deed, at) or (deed == "pay" and await _is_written(body)):
        return None
    after = states.after(scene.booking.state, deed)
    if deed in _QUIET and after == scene.booking.state:
        return None
    _must_be_in_time(scene, deed, by, int(at.timestamp()))
    appointment = await _time(scene, after)
    row = await Booking.get(id=scene.booking.id)
    row.state = after
    row.hold_until = at + PAY_WITHIN if deed == "owe" else None
    if "held_ms" in body:
        row.held_ms = int(body["held_ms"])
    await row.save(update_fields=["state", "hold_until", "held_ms"])
    said = {name: body[name] for name in _LOGGED if name in body}
    await add_line(row.id, deed, {**said, "state": after}, by=by, at=at)
    return Change(
        deed=deed,
        before=scene.booking,
        after=booking_row(row),
        appointment=await _closed(appointment),
        was=None,
        client=scene.client,
        host=scene.host,
        offer=scene.offer,
        org=scene.org,
        by=by,
        at=at,
        body=body,
    )


async def _meant(scene: Scene, deed: Deed) -> Deed:
    """Confirming what has to be paid before it counts makes it owed."""
    booking = scene.booking
    if deed != "confirm" or booking.pay != "before" or not booking.price:
        return deed
    return "owe" if await pays_first(booking.org_id, booking.id) else deed


def _is_so(scene: Scene, deed: Deed, at: datetime) -> bool:
    state, until = scene.booking.state, scene.booking.hold_until
    if deed == "cancel":
        return state == "cancelled"
    if deed == "lapse":  # somebody else was faster, or it was confirmed meanwhile
        return state not in ("unconfirmed", "unpaid") or until is None or until > at
    return deed in ("held", "missed") and state == deed


async def _is_written(body: Mapping[str, Any]) -> bool:
    """Whether this money was taken by somebody who was told of it at the same time."""
    gateway, reference = str(body.get("gateway", "")), str(body.get("reference", ""))
    return bool(reference) and await is_known(gateway, reference)


def _must_be_in_time(scene: Scene, deed: Deed, by: By, now_s: int) -> None:
    from_s, to_s = scene.appointment.from_s, scene.appointment.to_s
    if now_s < from_s and _is_unbegun(scene, deed, by):
        raise Refused("booking.unbegun")
    if deed == "pay" and scene.booking.state == "lapsed" and now_s >= from_s:
        raise Refused("booking.over")  # nobody can come to it any more
    if deed == "correct" and now_s > to_s + CORRECT_WITHIN.total_seconds():
        raise Refused("booking.over")
    if deed != "cancel" or by.kind != "client" or scene.booking.state != "booked":
        return
    bound = terms.read_terms(scene.org.terms, scene.offer.cancel if scene.offer else None)
    refused = terms.refusal(bound, "cancel", from_s=from_s, moves=0, now_s=now_s)
    if refused is not None:
        raise refused


def _is_unbegun(scene: Scene, deed: Deed, by: By) -> bool:
    """Nobody has missed it, nor says somebody at the desk truly that it was held. A talk that was
    begun before its time may have ended before it too."""
    was_begun = scene.booking.state == "live" or by.kind != "account"
    return deed == "missed" or (deed == "held" and not was_begun)


async def _time(scene: Scene, after: str) -> AppointmentRow:
    """Its time freed, or taken again."""
    was_open, is_open = scene.booking.is_open, after in states.HOLDING
    if was_open and after in ("cancelled", "lapsed"):
        return await stand_up(scene.appointment)
    if is_open and not was_open:
        return await open_again(scene.appointment)
    return scene.appointment


async def _closed(appointment: AppointmentRow) -> AppointmentRow:
    """Over, when nobody's part in it is open any more; its time stays taken: it was used."""
    open_ones = Booking.filter(appointment_id=appointment.id, state__in=list(states.HOLDING))
    if appointment.state != "open" or await open_ones.exists():
        return appointment
    await Appointment.filter(id=appointment.id).update(state="over")
    return replace(appointment, state="over")
