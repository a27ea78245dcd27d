"""What is asked of bookings, and the whole scene of one: booking, appointment, client, host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from classroom.booking.states import State
from classroom.errors import Refused
from classroom.store.booking_rows import (
    AppointmentRow,
    BookingRow,
    By,
    ClientRow,
    HostRow,
    MadeBy,
    OfferRow,
    appointment_row,
    booking_row,
    client_row,
    host_row,
    offer_row,
)
from classroom.store.booking_tables import Booking
from classroom.store.clients_found import ClientGiven
from classroom.store.organisations import OrganisationRow, organisation_row

WHOLE = ("appointment__offer", "appointment__host__org", "client")
"""What `as_scene` needs beside the booking."""


@dataclass(frozen=True, slots=True)
class Take:
    """A booking that is to be.

    `once` is the mark of the page that asks: the same mark again is the same booking. `state` ""
    is booked, or unpaid when it has to be paid before. `anyway` asks neither hours nor notice,
    horizon, daily bound or other calendars; it never takes what is taken. `walk_in` is
    somebody who is here now: nothing is asked, and of their time what is free is taken.
    """

    host_id: str
    offer_id: str
    start_s: int
    client: ClientGiven
    by: By
    intake: Mapping[str, Any] = field(default_factory=dict)
    once: str | None = None
    state: State | str = ""
    hold_until: datetime | None = None
    made_by: MadeBy = "client"
    series: str = ""
    anyway: bool = False
    walk_in: bool = False
    body: Mapping[str, Any] = field(default_factory=dict)
    """What followers need of it and the booking does not keep: a voucher."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A booking with everything around it."""

    booking: BookingRow
    appointment: AppointmentRow
    client: ClientRow
    host: HostRow
    offer: OfferRow | None
    org: OrganisationRow


async def host_of(booking_id: str) -> str:
    """With whom it is; a booking never goes to another host. Refused `booking.unknown`."""
    found = await Booking.filter(id=booking_id).values_list("appointment__host_id", flat=True)
    if not found:
        raise Refused("booking.unknown")
    return str(found[0])


async def scene_of(booking_id: str) -> Scene:
    """Refused `booking.unknown`."""
    found = await find_scene(booking_id)
    if found is None:
        raise Refused("booking.unknown")
    return found


async def find_scene(booking_id: str) -> Scene | None:
    """The booking, or None."""
    row = await Booking.filter(id=booking_id).select_related(*WHOLE).first()
    return None if row is None else as_scene(row)


async def scene_of_once(org_id: str, once: str) -> Scene | None:
    """The booking a page made with this mark, if it made one."""
    ids = await Booking.filter(org_id=org_id, once=once).values_list("id", flat=True)
    return await scene_of(str(ids[0])) if ids else None  # nearly always there is none


def as_scene(row: Booking) -> Scene:
    """Of a row that was read with everything (`WHOLE`)."""
    appointment = row.appointment
    return Scene(
        booking=booking_row(row),
        appointment=appointment_row(appointment),
        client=client_row(row.client),
        host=host_row(appointment.host),
        offer=None if appointment.offer is None else offer_row(appointment.offer),
        org=organisation_row(appointment.host.org),
    )
