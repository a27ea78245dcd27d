"""Who is in the room of a talk beside its host: clients, and experts who were added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom.errors import Refused
from classroom.ids import RoomId
from classroom.store.booking_asked import Scene, find_scene
from classroom.store.booking_tables import Appointment, Booking
from classroom.store.client_tables import BookingPerson
from classroom.store.enrolment_tables import Enrolment
from classroom.store.enrolments import EnrolmentRow, NewPerson, add_enrolments, find_enrolment
from classroom.store.practice_tables import Member

OPEN = ("unconfirmed", "unpaid", "booked", "live", "held", "missed")
PEOPLE_MAX = 20
"""Experts added to one talk."""


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who was added; `member_id` is empty for an outsider."""

    enrolment: EnrolmentRow
    member_id: str


async def scenes_of_room(room_id: RoomId) -> list[Scene]:
    """The bookings of the appointment held in this room; none for every other room."""
    appointment = await Appointment.filter(room_id=room_id).exclude(kind="class").first()
    if appointment is None:
        return []
    ids = await Booking.filter(appointment_id=appointment.id, state__in=OPEN).values_list(
        "id", flat=True
    )
    found = [await find_scene(str(one)) for one in ids]
    return [one for one in found if one is not None]


async def experts_of(booking_id: str) -> list[Expert]:
    """Those who were added and not removed since."""
    found: list[Expert] = []
    for row in await BookingPerson.filter(booking_id=booking_id).order_by("id"):
        enrolment = await find_enrolment(row.enrolment_id)
        if enrolment is not None and enrolment.removed_at is None:
            found.append(Expert(enrolment, row.member_id))
    return found


async def is_expert(booking_id: str, member_id: str) -> bool:
    """Whether this colleague was added to the talk."""
    return any(one.member_id == member_id for one in await experts_of(booking_id))


async def add_expert(
    scene: Scene, room_id: RoomId, *, member_id: str, name: str, by: str, at: datetime
) -> Expert:
    """A colleague, who comes in by their account, or somebody from outside with a link.

    Refused `member.unknown`, `enrolment.limit`. A colleague who was added already is the same.
    """
    known = await experts_of(scene.booking.id)
    account = ""
    if member_id:
        for one in known:
            if one.member_id == member_id:
                return one
        member = await Member.filter(id=member_id, org_id=scene.org.id).first()
        if member is None:
            raise Refused("member.unknown")
        await member.fetch_related("account")
        account, name = member.account_id, member.account.name
    if len(known) >= PEOPLE_MAX:
        raise Refused("enrolment.limit", {"max": PEOPLE_MAX})
    made = (await add_enrolments(room_id, [NewPerson(name, "assistant", "")], at=at))[0]
    if account:
        await Enrolment.filter(id=made.id).update(account_id=account)
    await BookingPerson.create(
        booking_id=scene.booking.id, member_id=member_id, enrolment_id=made.id, added_by=by, at=at
    )
    found = await find_enrolment(made.id)
    return Expert(found or made, member_id)
