"""The first state of a booking, and its row."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from classroom.booking.states import State
from classroom.ids import new_id
from classroom.store.booking_asked import Take
from classroom.store.booking_rows import AppointmentRow, BookingRow, OfferRow, booking_row
from classroom.store.booking_tables import Booking
from classroom.store.clients_found import Found
from classroom.store.pay_ways import ways_of
from classroom.store.seen import WAYS, Seen
from classroom.store.statement import add

CONFIRM_WITHIN = timedelta(minutes=20)
PAY_WITHIN = timedelta(minutes=30)


async def make_booking(
    ask: Take,
    offer: OfferRow,
    appointment: AppointmentRow,
    found: Found,
    at: datetime,
    seen: Seen,
) -> BookingRow:
    """The row of a booking, in its first state."""
    state, hold_until = await _beginning(ask, offer, found.client.org_id, at, seen)
    row = Booking(
        id=new_id(),
        appointment_id=appointment.id,
        client_id=found.client.id,
        org_id=found.client.org_id,
        state=state,
        revision=0,
        moves=0,
        intake=json.dumps(dict(ask.intake), ensure_ascii=False),
        price=offer.price,
        currency=offer.currency,
        pay=offer.pay,
        link_number=1,
        hold_until=hold_until,
        made_by=ask.made_by,
        once=ask.once,
        comment="",
        may_show=False,
        is_shown=False,
        summary="",
        files="[]",
        created_at=at,
    )
    await add([row])
    return booking_row(row)


def owes(offer: OfferRow) -> bool:
    """Whether it is paid before."""
    return offer.pay == "before" and offer.price > 0


async def _beginning(
    ask: Take, offer: OfferRow, org_id: str, at: datetime, seen: Seen
) -> tuple[State, datetime | None]:
    """The first state, and until when it is held for somebody who has to do something."""
    if ask.state == "unconfirmed":
        return "unconfirmed", ask.hold_until or at + CONFIRM_WITHIN
    if ask.state == "booked" or ask.walk_in or ask.by.kind == "account" or not owes(offer):
        return "booked", None
    ways = await seen.read(WAYS, lambda: ways_of(org_id))
    if ask.body.get("voucher") or not ways.is_online:  # nobody holds a time until money by hand
        return "booked", None
    return "unpaid", ask.hold_until or at + PAY_WITHIN
