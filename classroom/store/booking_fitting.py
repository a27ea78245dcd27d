"""Whether a time can be booked, and which appointment it would be: inside the transaction that
holds the host."""

from __future__ import annotations

from dataclasses import replace

from classroom.booking import slot
from classroom.errors import Refused
from classroom.store.booking_rows import AppointmentRow, HostRow, OfferRow, appointment_row
from classroom.store.booking_tables import Appointment
from classroom.store.host_times import times_of
from classroom.store.times_taken import CELL_S, NewTime


async def must_fit(
    host: HostRow, offer: OfferRow, start_s: int, *, now_s: int, anyway: bool, but: str = ""
) -> None:
    """Refused `booking.{closed,early,far,cap,taken,full}`; `anyway` leaves all to the cells."""
    if start_s % CELL_S:
        raise Refused("booking.closed")
    if anyway:
        return
    lengths = offer.lengths()
    end_s = start_s + offer.minutes * 60
    times = await times_of(host, start_s, end_s, but=but)
    refused = slot.refusal(
        times.diary, lengths, busy=times.busy, taken=times.taken, start_s=start_s, now_s=now_s
    )
    if refused is not None:
        raise refused


async def group_at(offer: OfferRow, start_s: int) -> AppointmentRow | None:
    """The lesson of a group that begins then, if there is one already."""
    if offer.kind != "group":
        return None
    row = await Appointment.filter(
        host_id=offer.host_id, offer_id=offer.id, from_s=start_s, state="open"
    ).first()
    return None if row is None else appointment_row(row)


def as_booked(offer: OfferRow, appointment: AppointmentRow) -> OfferRow:
    """The offer with the length and pauses that were booked: a talk that moves keeps them, whatever
    became of the offer. Another lesson of a group is as long as the group is now."""
    if appointment.kind == "group":
        return offer
    return replace(
        offer,
        minutes=(appointment.to_s - appointment.from_s) // 60,
        before_min=(appointment.from_s - appointment.busy_from_s) // 60,
        after_min=(appointment.busy_to_s - appointment.to_s) // 60,
    )


def time_of(offer: OfferRow, start_s: int, series: str = "") -> NewTime:
    """The appointment that an offer makes."""
    return NewTime(
        kind=offer.kind,
        title=offer.name,
        from_s=start_s,
        to_s=start_s + offer.minutes * 60,
        before_s=offer.before_min * 60,
        after_s=offer.after_min * 60,
        offer_id=offer.id,
        series=series,
        seats=offer.seats if offer.kind == "group" else 1,
    )
