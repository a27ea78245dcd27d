"""Taking a time or a seat, inside the transaction that holds the host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom.booking.zone import iso_s
from classroom.errors import Refused
from classroom.store.booking_asked import Take, scene_of, scene_of_once
from classroom.store.booking_fitting import group_at, must_fit, time_of
from classroom.store.booking_lines import add_line
from classroom.store.booking_making import make_booking
from classroom.store.booking_place import Place, find_place
from classroom.store.booking_rows import BookingRow, Change, ClientRow
from classroom.store.client_codes import new_code
from classroom.store.clients_found import client_for, must_have_space
from classroom.store.practice_tables import Host
from classroom.store.times_taken import put, sit_down


@dataclass(frozen=True, slots=True)
class Taking:
    """`is_known`: whoever asked may be told about the client. `change` is None when the page asked
    twice: then it is the booking of the first time."""

    booking: BookingRow
    client: ClientRow
    is_known: bool
    change: Change | None


async def take_inside(ask: Take, *, at: datetime) -> Taking:
    """Book; Refused as `Bookings.book`, IntegrityError when a cell is taken. The host's turn is
    written."""
    place = await find_place(ask.host_id, ask.offer_id, ask.once)
    again = await _again(ask, place)
    if again is not None:
        return again
    if place is None or not (place.offer.is_on or ask.client.by_house or ask.walk_in):
        raise Refused("offer.unknown")
    host, offer, org = place.host, place.offer, place.org
    now_s = int(at.timestamp())
    group = await group_at(offer, ask.start_s)
    anyway = ask.anyway or ask.walk_in
    await must_fit(host, offer, ask.start_s, now_s=now_s, anyway=anyway)
    found = await client_for(org.id, ask.client, at=at)
    if ask.by.kind == "client" and not ask.walk_in:
        await must_have_space(org.id, found.client, now_s)
    if group is not None:
        appointment = await sit_down(group.id)
    else:
        new = time_of(offer, ask.start_s, ask.series)
        appointment = await put(host, new, taken=1, only_free=ask.walk_in)
    booking = await make_booking(ask, offer, appointment, found, at, place.seen)
    client = found.client
    if booking.state == "unconfirmed" and booking.hold_until is not None:
        client = await new_code(client.id, until=booking.hold_until)
    said = {"from": iso_s(appointment.from_s), "state": booking.state}
    await add_line(booking.id, "make", said, by=ask.by, at=at)
    change = Change(
        deed="make",
        before=None,
        after=booking,
        appointment=appointment,
        was=None,
        client=client,
        host=host,
        offer=offer,
        org=org,
        by=ask.by,
        at=at,
        body=ask.body,
        seen=place.seen,
    )
    return Taking(booking, client, found.is_known, change)


async def _again(ask: Take, place: Place | None) -> Taking | None:
    if ask.once is None:
        return None
    if place is None:  # the offer went since
        scene = await scene_of_once((await Host.get(id=ask.host_id)).org_id, ask.once)
    else:
        scene = await scene_of(place.again) if place.again else None
    if scene is None:
        return None
    is_same = ask.client.by_house or scene.client.email == ask.client.email
    if scene.host.id != ask.host_id or not is_same:  # nor is a colleague told what was booked
        raise Refused("booking.taken")
    is_known = not scene.client.is_proved or scene.client.id in ask.client.known
    return Taking(scene.booking, scene.client, is_known or ask.client.by_house, None)
