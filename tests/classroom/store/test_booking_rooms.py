"""The rooms of appointments in both databases: made once, seen on no list, and closed to whoever
was not let in."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from classroom.errors import Refused
from classroom.ids import AccountId, ParticipantId, new_id
from classroom.people.enrolment import participant_of
from classroom.people.seat import SeatClaims
from classroom.store.booking_rooms import room_for, rooms_of_appointments, seat_for
from classroom.store.booking_tables import Appointment
from classroom.store.client_codes import renew_links
from classroom.store.enrolments import EnrolmentRow, NewPerson, add_enrolments, seat_now
from classroom.store.hook_tables import Job
from classroom.store.members import remove_member
from classroom.store.practice_tables import Member
from classroom.store.rooms import (
    RoomRow,
    change_room,
    create_room,
    delete_room,
    room_by_id,
    rooms_of,
)
from classroom.store.visits import forget_visitors, turn_visit
from classroom.store.webhooks import create_hook
from tests.support.visited import AT, NOW_S, Person, PracticeRows, a_host, an_account

pytestmark = pytest.mark.usefixtures("store")


def claims(room: RoomRow, row: EnrolmentRow) -> SeatClaims:
    """What a seat token of this person says."""
    return SeatClaims(
        room_id=room.id,
        code=room.code,
        participant_id=participant_of(room.id, row.id),
        name=row.name,
        role=row.role,
        account_id=None,
        expires_at=AT + timedelta(hours=12),
        enrolment=row.ticket.text(),
    )


async def refusal(room: RoomRow, row: EnrolmentRow) -> str:
    with pytest.raises(Refused) as refused:
        await seat_now(claims(room, row))
    return refused.value.code


async def test_a_room_is_made_once_and_belongs_to_the_host() -> None:
    practice = await PracticeRows.make()
    who = await practice.books()
    asked = [
        room_for(who.appointment_id, host_id=practice.host_id, policy="never", at=AT)
        for _ in range(4)
    ]
    rooms = await asyncio.gather(*asked)
    (room,) = {one.id: one for one in rooms}.values()
    assert (room.owner_id, room.kind, room.is_enrolled_only) == (
        practice.account_id,
        "booking",
        True,
    )
    assert room.recording_policy == "never"
    assert room.title == "First talk · 2027-03-26"
    codes = await rooms_of_appointments([who.appointment_id])
    assert codes == {who.appointment_id: room.code}
    assert (await Appointment.get(id=who.appointment_id)).room_id == room.id
    with pytest.raises(Refused, match=r"booking\.unknown"):
        await room_for("gone", host_id=practice.host_id, policy="ask", at=AT)


async def test_a_colleague_to_whom_it_was_passed_on_leads_it() -> None:
    practice = await PracticeRows.make()
    who = await practice.books()
    room, _ = await practice.seats(who)
    colleague = await an_account("Omar")
    other = await a_host(practice.org_id, colleague)
    again = await room_for(who.appointment_id, host_id=other, policy="ask", at=AT)
    assert (again.id, again.owner_id) == (room.id, colleague)


async def test_a_room_that_was_deleted_is_made_anew() -> None:
    practice = await PracticeRows.make()
    who = await practice.books()
    room, _ = await practice.seats(who)
    await delete_room(room.id)
    again, _ = await practice.seats(who)
    assert again.id != room.id


async def test_a_client_has_one_place_in_a_room() -> None:
    practice = await PracticeRows.make()
    who = await practice.books()
    room, row = await practice.seats(who)
    assert await seat_for(who.booking_id, room.id, at=AT) == row
    assert (row.name, row.role, row.email, row.account_id) == ("Min-jun", "student", "", None)
    with pytest.raises(Refused, match=r"booking\.unknown"):
        await seat_for("gone", room.id, at=AT)


async def test_rooms_of_appointments_are_on_no_list_and_tell_webhooks_nothing() -> None:
    practice = await PracticeRows.make()
    hook = {"room_id": "", "url": "https://example.org/", "secret": "s", "at": AT}
    kinds = ["room.created", "room.deleted"]
    await create_hook(practice.account_id, kinds=kinds, **hook)  # type: ignore[arg-type]
    room, _ = await practice.seats(await practice.books())
    await delete_room(room.id)
    assert await Job.all().count() == 0
    chemistry = await create_room("Chemistry", owner_id=practice.account_id, at=AT)
    assert await Job.all().count() == 1
    await practice.seats(await practice.books())
    assert [one.id for one in await rooms_of(AccountId(practice.account_id))] == [chemistry.id]


# Who comes in


async def admitted(practice: PracticeRows, who: Person) -> tuple[RoomRow, EnrolmentRow, str]:
    room, row = await practice.seats(who)
    visit = await practice.admits(await practice.comes(who), row)
    return room, row, visit.id


async def test_a_client_comes_in_from_when_they_are_let_in_until_it_is_over() -> None:
    practice = await PracticeRows.make()
    who = await practice.books()
    room, row = await practice.seats(who)
    assert await refusal(room, row) == "visit.not_admitted"
    visit = await practice.comes(who)
    await turn_visit(visit.id, "ready", now_s=NOW_S)
    assert await refusal(room, row) == "visit.not_admitted"
    await practice.admits(visit, row)
    assert await seat_now(claims(room, row)) == claims(room, row)
    await turn_visit(visit.id, "enter", now_s=NOW_S)
    assert await seat_now(claims(room, row)) == claims(room, row)
    await turn_visit(visit.id, "end", now_s=NOW_S)
    assert await refusal(room, row) == "visit.not_admitted"


async def test_one_client_does_not_come_into_the_talk_of_another() -> None:
    practice = await PracticeRows.make()
    room, row, _ = await admitted(practice, await practice.books())
    other, others_row = await practice.seats(await practice.books("Leila"))
    assert await refusal(other, others_row) == "visit.not_admitted"
    assert await seat_now(claims(room, row)) is not None
    # a place of an earlier talk of the same client is no place in the next one
    assert await refusal(other, others_row) == "visit.not_admitted"


async def test_who_was_refused_or_left_does_not_come_in() -> None:
    practice = await PracticeRows.make()
    for deed in ("leave", "refuse"):
        who = await practice.books(deed)
        room, row = await practice.seats(who)
        visit = await practice.comes(who)
        await turn_visit(visit.id, deed, now_s=NOW_S)  # type: ignore[arg-type]
        assert await refusal(room, row) == "visit.not_admitted"


async def test_whoever_helps_in_a_talk_waits_for_nobody() -> None:
    practice = await PracticeRows.make()
    room, _ = await practice.seats(await practice.books())
    expert = NewPerson("Omar", "assistant", "")
    (row,) = await add_enrolments(room.id, [expert], at=AT)
    assert await seat_now(claims(room, row)) == claims(room, row)


async def test_a_class_asks_for_no_visit() -> None:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    (row,) = await add_enrolments(room.id, [NewPerson("Lin", "student", "")], at=AT)
    assert await seat_now(claims(room, row)) == claims(room, row)


async def test_a_seat_that_names_nobody_is_nobodys() -> None:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    nobody = SeatClaims(
        room_id=room.id,
        code=room.code,
        participant_id=ParticipantId(new_id()),
        name="x",
        role="student",
        account_id=None,
        expires_at=AT,
        enrolment="gone.1",
    )
    assert await seat_now(nobody) is None


async def test_a_room_of_an_appointment_stays_closed_to_guests_whatever_is_set() -> None:
    practice = await PracticeRows.make()
    room, _ = await practice.seats(await practice.books())
    changed = await change_room(room.id, is_enrolled_only=False)
    assert changed is not None
    assert changed.is_enrolled_only


async def test_the_room_of_who_leaves_is_led_by_an_administrator_who_stays() -> None:
    practice = await PracticeRows.make()
    heir = await an_account("Omar")
    await a_host(practice.org_id, heir, "admin")
    room, _ = await practice.seats(await practice.books())
    own = await create_room("Own", owner_id=practice.account_id, at=AT)
    member = await Member.get(org_id=practice.org_id, account_id=practice.account_id)
    await remove_member(practice.org_id, member.id, at=AT)
    found = [await room_by_id(one.id) for one in (room, own)]
    assert [one.owner_id for one in found if one is not None] == [heir, practice.account_id]


async def test_new_links_end_the_seat_that_was_given_to_an_old_one() -> None:
    practice = await PracticeRows.make()
    who = await practice.books()
    room, row = await practice.seats(who)
    await practice.admits(await practice.comes(who), row)
    assert await seat_now(claims(room, row)) is not None
    await renew_links(who.client_id)
    assert await seat_now(claims(room, row)) is None


async def test_visitors_are_forgotten_and_clients_are_not() -> None:
    practice = await PracticeRows.make()
    client = await practice.comes(await practice.books())
    visitor = await practice.comes(Person("", "", "", "Leila"))
    for one in (client, visitor):
        await turn_visit(one.id, "leave", now_s=NOW_S)
    assert await forget_visitors(at=AT + timedelta(days=29)) == 0
    assert await forget_visitors(at=AT + timedelta(days=31)) == 1
