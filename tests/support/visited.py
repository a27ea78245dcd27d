"""A practice as rows, for tests of what stands behind an appointment and not of how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from classroom.ids import AccountId, RoomId, new_id
from classroom.store.booking_rooms import room_for, seat_for
from classroom.store.enrolments import EnrolmentRow
from classroom.store.rooms import RoomRow
from classroom.store.visits import NewVisit, VisitRow, add_visit, note_visit, turn_visit
from tests.support.rows import (
    new_account,
    new_appointment,
    new_booking,
    new_client,
    new_host,
    new_member,
    new_offer,
    new_organisation,
)

AT = datetime(2027, 3, 26, 12, 0, tzinfo=UTC)
NOW_S = int(AT.timestamp())
MINUTES = 30


@dataclass
class Person:
    """A client and what they booked."""

    client_id: str
    booking_id: str
    appointment_id: str
    name: str


class PracticeRows:
    """An organisation with one host, whose account is given or made."""

    def __init__(self, org_id: str, host_id: str, account_id: AccountId) -> None:
        self.org_id, self.host_id, self.account_id = org_id, host_id, account_id
        self.offer_id = new_id()

    @classmethod
    async def make(cls, account_id: AccountId | None = None) -> PracticeRows:
        """The rows of a practice."""
        owner = account_id or await an_account()
        org = new_organisation(AT, slug=new_id().lower(), name="Brandt")
        await org.save()
        made = cls(org.id, await a_host(org.id, owner, "admin"), owner)
        own = {"id": made.offer_id, "name": "First talk", "minutes": MINUTES}
        await new_offer(made.host_id, AT, **own).save()
        return made

    async def books(self, name: str = "Min-jun", *, from_s: int = NOW_S) -> Person:
        """A client with an appointment."""
        to_s = from_s + MINUTES * 60
        appointment = new_appointment(self.host_id, from_s, to_s, offer_id=self.offer_id)
        await appointment.save()
        client = new_client(self.org_id, AT, name=name, zone="Asia/Seoul")
        await client.save()
        booking = new_booking(self.org_id, appointment.id, client.id, AT)
        await booking.save()
        return Person(client.id, booking.id, appointment.id, name)

    async def comes(self, who: Person) -> VisitRow:
        """They stand in the waiting room."""
        new = NewVisit(
            org_id=self.org_id,
            host_id=self.host_id,
            name=who.name,
            locale="en",
            zone="Asia/Seoul",
            minutes=MINUTES,
            client_id=who.client_id,
            booking_id=who.booking_id,
            appointment_id=who.appointment_id,
            planned_s=NOW_S,
        )
        return await add_visit(new, now_s=NOW_S)

    async def seats(self, who: Person) -> tuple[RoomRow, EnrolmentRow]:
        """The room of their talk, and as whom they come there."""
        room = await room_for(who.appointment_id, host_id=self.host_id, policy="ask", at=AT)
        return room, await seat_for(who.booking_id, RoomId(room.id), at=AT)

    async def admits(self, visit: VisitRow, enrolment: EnrolmentRow) -> VisitRow:
        """They are let in."""
        await note_visit(visit.id, enrolment_id=enrolment.id)
        return await turn_visit(visit.id, "admit", now_s=NOW_S)


async def an_account(name: str = "Helen Brandt") -> AccountId:
    """Somebody who can sign in."""
    made = new_account(AT, email=f"{new_id().lower()}@example.org", name=name)
    await made.save()
    return AccountId(made.id)


async def a_host(org_id: str, account_id: AccountId, role: str = "counsellor") -> str:
    """Somebody of the organisation appointments are made with."""
    member = new_member(org_id, account_id, AT, role=role)
    await member.save()
    own = {"member_id": member.id, "slug": new_id().lower(), "name": "Helen Brandt"}
    host = new_host(org_id, AT, **own)
    await host.save()
    return str(host.id)
