"""The rooms of appointments: made when somebody is let in, one for each, and who has a seat there.

Such a room is on no list of rooms, and nobody comes in but who teaches, and who is enrolled.
"""

from __future__ import annotations

import json
from datetime import datetime

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import AccountId, RoomId
from classroom.store.booking_tables import Appointment, Booking, Client
from classroom.store.enrolment_tables import Enrolment
from classroom.store.enrolments import EnrolmentRow, NewPerson, add_enrolments, find_enrolment
from classroom.store.practice_tables import Host, Member
from classroom.store.rooms import (
    TITLE_MAX,
    RoomRow,
    change_room,
    create_room,
    delete_room,
    room_by_id,
)
from classroom.store.tables import BOOKING

DAY_CHARS = 10
"""Of a wall time, `2027-03-29T09:00`."""


async def room_for(appointment_id: str, *, host_id: str, policy: str, at: datetime) -> RoomRow:
    """The room of the appointment, made when there is none; Refused `booking.unknown`.

    The account of this host leads it: of the host it was booked with, or of a colleague it was
    passed on to. `policy` says whether a new one may be recorded.
    """
    appointment = await Appointment.get_or_none(id=appointment_id).select_related("offer")
    if appointment is None:
        raise Refused("booking.unknown")
    owner = await _account_of(host_id)
    known = None if appointment.room_id is None else await room_by_id(RoomId(appointment.room_id))
    if known is None:
        made = await create_room(_title(appointment), owner_id=owner, at=at, kind=BOOKING)
        await change_room(made.id, recording_policy=policy, is_enrolled_only=True)
        known = await _keep(appointment, made)
    if known.kind == BOOKING and owner is not None and known.owner_id != owner:
        known = await change_room(known.id, owner_id=owner) or known
    return known


async def seat_for(booking_id: str, room_id: RoomId, *, at: datetime) -> EnrolmentRow:
    """As whom the client of this booking comes into the room; Refused `booking.unknown`.

    A client has one place in a room, also with two bookings of it. No address is written down: an
    account is not theirs because it has the same one.
    """
    booking = await Booking.get_or_none(id=booking_id).select_related("client")
    if booking is None:
        raise Refused("booking.unknown")
    client: Client = booking.client
    known = await Enrolment.filter(
        room_id=room_id, removed_at=None, id__in=json.loads(client.enrolments)
    ).first()
    if known is not None:
        found = await find_enrolment(known.id)
        if found is not None:
            return found
    added = (await add_enrolments(room_id, [NewPerson(client.name, "student", "")], at=at))[0]
    await _note(client.id, added.id)
    return added


async def rooms_of_appointments(appointment_ids: list[str]) -> dict[str, str]:
    """The codes of their rooms, of those that have one."""
    if not appointment_ids:
        return {}
    found = Appointment.filter(id__in=appointment_ids, room_id__not_isnull=True)
    return {str(one): str(code) for one, code in await found.values_list("id", "room__code")}


async def _keep(appointment: Appointment, made: RoomRow) -> RoomRow:
    """Two who are let in at once come into the same room."""
    missing = Appointment.filter(id=appointment.id, room_id=appointment.room_id)
    if await missing.update(room_id=made.id):
        return await room_by_id(made.id) or made
    await delete_room(made.id)
    found = await Appointment.get(id=appointment.id)
    first = None if found.room_id is None else await room_by_id(RoomId(found.room_id))
    return first or made


async def _note(client_id: str, enrolment_id: str) -> None:
    async with in_transaction():
        await Client.filter(id=client_id).update(link_number=F("link_number"))  # one at a time
        client = await Client.get(id=client_id)
        ids = [*json.loads(client.enrolments), enrolment_id]
        await Client.filter(id=client_id).update(enrolments=json.dumps(ids))


async def _account_of(host_id: str) -> AccountId | None:
    host = await Host.get_or_none(id=host_id)
    member = None if host is None or host.member_id is None else host.member_id
    found = None if member is None else await Member.get_or_none(id=member)
    return None if found is None else AccountId(found.account_id)


def _title(appointment: Appointment) -> str:
    """What is booked and its day: nobody's name, because others may see it."""
    day = appointment.wall[:DAY_CHARS]
    name = appointment.offer.name if appointment.offer is not None else appointment.title
    return f"{name[: TITLE_MAX - DAY_CHARS - 3]} · {day}" if name else day
