"""A practice as rows, for tests of what stands behind an appointment and not of how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from classroom.ids import AccountId, RoomId, new_id
from classroom.store.booking_rooms import room_for, seat_for
from classroom.store.booking_tables import Appointment, Booking, Client
from classroom.store.enrolments import EnrolmentRow
from classroom.store.practice_tables import Host, Member, Offer, Organisation
from classroom.store.rooms import RoomRow
from classroom.store.tables import Account
from classroom.store.visits import NewVisit, VisitRow, add_visit, note_visit, turn_visit

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
        org = await Organisation.create(
            id=new_id(),
            slug=new_id().lower(),
            name="Brandt",
            vertical="education",
            zone="Europe/Berlin",
            locale="en",
            currency="EUR",
            created_at=AT,
        )
        made = cls(org.id, await a_host(org.id, owner, "admin"), owner)
        await Offer.create(
            id=made.offer_id,
            host_id=made.host_id,
            kind="talk",
            name="First talk",
            minutes=MINUTES,
            currency="EUR",
            created_at=AT,
        )
        return made

    async def books(self, name: str = "Min-jun", *, from_s: int = NOW_S) -> Person:
        """A client with an appointment."""
        appointment = await Appointment.create(
            id=new_id(),
            host_id=self.host_id,
            kind="talk",
            offer_id=self.offer_id,
            title="",
            from_s=from_s,
            to_s=from_s + MINUTES * 60,
            busy_from_s=from_s,
            busy_to_s=from_s + MINUTES * 60,
            zone="Europe/Berlin",
            wall=datetime.fromtimestamp(from_s, UTC).isoformat(timespec="minutes")[:16],
            seats=1,
            taken=1,
            state="open",
        )
        client = await Client.create(
            id=new_id(),
            org_id=self.org_id,
            name=name,
            email="",
            locale="en",
            zone="Asia/Seoul",
            created_at=AT,
        )
        booking = await Booking.create(
            id=new_id(),
            appointment_id=appointment.id,
            client_id=client.id,
            org_id=self.org_id,
            state="booked",
            currency="EUR",
            pay="free",
            made_by="client",
            created_at=AT,
        )
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
    made = await Account.create(
        id=new_id(),
        email=f"{new_id().lower()}@example.org",
        name=name,
        password_hash="",
        created_at=AT,
    )
    return AccountId(made.id)


async def a_host(org_id: str, account_id: AccountId, role: str = "counsellor") -> str:
    """Somebody of the organisation appointments are made with."""
    member = await Member.create(
        id=new_id(), org_id=org_id, account_id=account_id, role=role, created_at=AT
    )
    host = await Host.create(
        id=new_id(),
        org_id=org_id,
        member_id=member.id,
        slug=new_id().lower(),
        name="Helen Brandt",
        zone="Europe/Berlin",
        created_at=AT,
    )
    return str(host.id)
