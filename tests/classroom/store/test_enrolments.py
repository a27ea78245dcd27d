"""Enrolled people in both databases: added, changed, removed, brought back, found again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.ids import AccountId, RoomId
from classroom.people.enrolment import participant_of
from classroom.people.seat import SeatClaims
from classroom.store import enrolments
from classroom.store.enrolment_tables import Enrolment
from classroom.store.enrolments import EnrolmentRow, NewPerson
from classroom.store.rooms import change_room, create_room, delete_room, room_by_id

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("store")


async def a_room(title: str = "Chemistry") -> RoomId:
    return (await create_room(title, owner_id=None, at=AT)).id


def person(name: str = "Lin Yue", email: str = "") -> NewPerson:
    return NewPerson(name, "student", email)


async def added(room_id: RoomId, *people: NewPerson) -> list[EnrolmentRow]:
    return await enrolments.add_enrolments(room_id, people or (person(),), at=AT)


async def names(room_id: RoomId) -> list[str]:
    rows = await enrolments.enrolments_of(room_id)
    return [row.name for row in rows if row.removed_at is None]


async def test_people_are_added_at_once_and_listed_by_name() -> None:
    room = await a_room()
    made = await added(room, person("Wu Lan", "wu@example.org"), person("Lin Yue"))
    assert [row.name for row in made] == ["Wu Lan", "Lin Yue"]
    assert await enrolments.enrolments_of(room) == sorted(made, key=lambda row: row.name)
    first = made[0]
    assert (first.link_number, first.account_id, first.seen_at) == (1, None, None)
    assert await enrolments.find_enrolment(first.id) == first
    assert await enrolments.find_enrolment("gone") is None


async def test_an_address_stands_once_and_else_nobody_is_added() -> None:
    room, other = await a_room(), await a_room("Physics")
    await added(room, person("A", "a@example.org"))
    await added(other, person("A", "a@example.org"))
    twice = (person("B", "b@example.org"), person("C", "b@example.org"))
    for people in (twice, (person("D"), person("E", "a@example.org"))):
        with pytest.raises(Refused, match=r"enrolment\.taken"):
            await enrolments.add_enrolments(room, people, at=AT)
    assert await names(room) == ["A"]


async def test_two_who_add_the_same_address_at_once_do_not_both_succeed() -> None:
    room = await a_room()
    tries = [added(room, person(name, "a@example.org")) for name in "AB"]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Refused) for one in done) == 1
    assert len(await names(room)) == 1


async def test_a_room_has_a_limit_that_removed_people_do_not_count_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(enrolments, "COUNT_MAX", 2)
    room = await a_room()
    first, _ = await added(room, person("A"), person("B"))
    with pytest.raises(Refused, match=r"enrolment\.limit"):
        await added(room, person("C"))
    await enrolments.remove_enrolment(room, first.id, at=AT)
    await added(room, person("C"))
    with pytest.raises(Refused, match=r"enrolment\.limit"):
        await enrolments.restore_enrolment(room, first.id)


async def test_what_is_given_is_changed_and_the_account_goes_with_the_address() -> None:
    room = await a_room()
    (row,) = await added(room, person(email="lin@example.org"))
    await enrolments.note_seen(row, account=(AccountId("lin"), "lin@example.org"), at=AT)
    assert await enrolments.enrolment_of_account(room, AccountId("lin")) is not None
    renamed = await enrolments.change_enrolment(room, row.id, name="Lin", role="observer")
    assert (renamed.name, renamed.role, renamed.account_id) == ("Lin", "observer", "lin")
    moved = await enrolments.change_enrolment(room, row.id, email="new@example.org")
    assert (moved.name, moved.email, moved.account_id) == ("Lin", "new@example.org", None)
    assert await enrolments.enrolment_of_account(room, AccountId("lin")) is None
    await added(room, person("B", "b@example.org"))
    with pytest.raises(Refused, match=r"enrolment\.taken"):
        await enrolments.change_enrolment(room, row.id, email="b@example.org")


async def test_a_new_link_is_another_one_for_the_account_too() -> None:
    room = await a_room()
    (row,) = await added(room, person(email="lin@example.org"))
    await enrolments.note_seen(row, account=(AccountId("lin"), "lin@example.org"), at=AT)
    renewed = await enrolments.renew_link(room, row.id)
    assert renewed.link_number == 2
    assert await enrolments.enrolment_of_account(room, AccountId("lin")) is None
    await enrolments.note_seen(row, account=(AccountId("lin"), "lin@example.org"), at=AT)
    assert await enrolments.enrolment_of_account(room, AccountId("lin")) is None, "the old link"


async def test_an_account_with_another_address_is_not_the_person() -> None:
    room = await a_room()
    with_address, without = await added(room, person("A", "a@example.org"), person("B"))
    for row in (with_address, without):
        await enrolments.note_seen(row, account=(AccountId("x"), "x@example.org"), at=AT)
    assert await enrolments.enrolment_of_account(room, AccountId("x")) is None


async def test_a_seat_has_the_name_and_the_role_of_the_list() -> None:
    room = await a_room()
    (row,) = await added(room)
    seat = SeatClaims(
        room_id=room,
        code="kfm-qtw-xyz",
        participant_id=participant_of(room, row.id),
        name="Lin Yue",
        role="assistant",
        account_id=None,
        expires_at=AT,
        enrolment=row.ticket.text(),
    )
    await enrolments.change_enrolment(room, row.id, name="Lin")
    assert await enrolments.seat_now(seat) == replace(seat, name="Lin", role="student")
    for gone in ("", "nobody.1", f"{row.id}.2"):
        assert await enrolments.seat_now(replace(seat, enrolment=gone)) is None
    await enrolments.remove_enrolment(room, row.id, at=AT)
    assert await enrolments.seat_now(seat) is None


async def test_seen_is_written_at_most_once_a_minute() -> None:
    room = await a_room()
    (row,) = await added(room)
    await enrolments.note_seen(row, account=None, at=AT)
    await enrolments.note_seen(replace(row, seen_at=AT), account=None, at=AT + timedelta(seconds=9))
    found = await enrolments.find_enrolment(row.id)
    assert found is not None
    assert found.seen_at == AT


async def test_who_was_removed_comes_back_for_a_while() -> None:
    room = await a_room()
    (row,) = await added(room, person(email="a@example.org"))
    await enrolments.remove_enrolment(room, row.id, at=AT)
    assert await names(room) == []
    for change in (
        enrolments.change_enrolment(room, row.id, name="X"),
        enrolments.renew_link(room, row.id),
        enrolments.remove_enrolment(room, row.id, at=AT),
    ):
        with pytest.raises(Refused, match=r"enrolment\.unknown"):
            await change
    assert await enrolments.restore_enrolment(room, row.id) == row
    await enrolments.remove_enrolment(room, row.id, at=AT)
    (second,) = await added(room, person("B", "a@example.org"))
    with pytest.raises(Refused, match=r"enrolment\.taken"):
        await enrolments.restore_enrolment(room, row.id)
    await enrolments.remove_enrolment(room, second.id, at=AT + 31 * DAY)
    with pytest.raises(Refused, match=r"enrolment\.unknown"):
        await enrolments.restore_enrolment(room, row.id)
    assert (await enrolments.restore_enrolment(room, second.id)).id == second.id


async def test_of_many_removed_the_first_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolments, "REMOVED_MAX", 1)
    room = await a_room()
    rows = await added(room, person("A"), person("B"), person("C"))
    for days, row in enumerate(rows[:2]):
        await enrolments.remove_enrolment(room, row.id, at=AT + days * DAY)
    found = await enrolments.enrolments_of(room)
    assert [(row.name, row.removed_at is None) for row in found] == [("B", False), ("C", True)]


async def test_an_enrolment_is_of_its_room_and_goes_with_it() -> None:
    room, other = await a_room(), await a_room("Physics")
    (row,) = await added(room)
    for change in (
        enrolments.change_enrolment(other, row.id, name="X"),
        enrolments.renew_link(other, row.id),
        enrolments.remove_enrolment(other, row.id, at=AT),
        enrolments.restore_enrolment(other, row.id),
    ):
        with pytest.raises(Refused, match=r"enrolment\.unknown"):
            await change
    await delete_room(room)
    assert await Enrolment.all().count() == 0


async def test_a_room_says_how_enrolled_people_come_in() -> None:
    room = await a_room()
    row = await room_by_id(room)
    assert row is not None
    assert (row.lets_enrolled_in, row.is_enrolled_only) == (True, False)
    changed = await change_room(room, lets_enrolled_in=False, is_enrolled_only=True)
    assert changed is not None
    assert (changed.lets_enrolled_in, changed.is_enrolled_only) == (False, True)
