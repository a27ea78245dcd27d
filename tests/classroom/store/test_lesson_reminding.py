"""Reminders of lessons in a timetable, on both databases: to whom, once, never of what is off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from classroom.booking.reminder import Rule
from classroom.ids import RoomId
from classroom.store.accounts import NewAccount, create_account
from classroom.store.enrolment_tables import Enrolment
from classroom.store.lesson_reminding import remind_of_lessons
from classroom.store.letter_tables import Letter
from classroom.store.reminding import change_rules
from classroom.store.rooms import create_room
from classroom.store.timetable import add_classes, remove_class
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place, make_place

START = datetime.fromtimestamp(MONDAY_S, UTC)
HOUR = timedelta(hours=1)


async def lesson(place: Place, from_s: int = MONDAY_S) -> tuple[RoomId, str]:
    """A lesson of an hour in a room with three enrolled people."""
    account = await create_account(NewAccount("mei@example.org", "Mei", "x"), at=NOW)
    room = await create_room("Chemistry", owner_id=account.id, at=NOW)
    people = (("ana", "ana@example.org", "student"), ("ben", "", "student"))
    for name, email, role in (*people, ("carl", "carl@example.org", "assistant")):
        await Enrolment.create(
            id=name,
            room_id=room.id,
            name=name,
            role=role,
            email=email,
            account_id="",
            link_number=3,
            created_at=NOW,
        )
    times = [(from_s, from_s + HOUR_S)]
    (made,) = await add_classes(place.host_id, room.id, "s", "Chemistry", times)
    return room.id, made.id


async def letters() -> list[tuple[str, str, str]]:
    return [(row.to_email, row.state, row.failure) for row in await Letter.all().order_by("id")]


async def test_students_with_an_address_are_reminded_once(store: str) -> None:
    await lesson(await make_place())
    assert await remind_of_lessons(at=START - timedelta(hours=24, minutes=1)) == 0
    assert await remind_of_lessons(at=START - timedelta(hours=24)) == 1
    assert await remind_of_lessons(at=START - timedelta(hours=23, minutes=30)) == 0
    assert await remind_of_lessons(at=START - HOUR) == 1
    assert await remind_of_lessons(at=START - timedelta(minutes=50)) == 0
    assert await letters() == [("ana@example.org", "waiting", "")] * 2
    first = await Letter.all().order_by("id").first()
    assert first is not None
    assert first.subject == "Reminder: Chemistry with Helen"
    assert "Monday, 29 March 2027, 09:00–10:00 (Berlin, UTC+2)" in first.text
    assert "enrolled:ana:3" in first.links
    assert first.until == START - timedelta(hours=23)


async def test_what_is_late_is_not_written(store: str) -> None:
    await lesson(await make_place())
    assert await remind_of_lessons(at=START - timedelta(hours=22)) == 0
    assert await remind_of_lessons(at=START - timedelta(minutes=44)) == 0
    assert await remind_of_lessons(at=START + timedelta(minutes=1)) == 0


async def test_nobody_is_reminded_of_a_lesson_that_is_off(store: str) -> None:
    room_id, lesson_id = await lesson(await make_place())
    assert await remind_of_lessons(at=START - timedelta(hours=24)) == 1
    await remove_class(room_id, lesson_id, rest=False, at=START - timedelta(hours=24))
    assert await letters() == [("ana@example.org", "dropped", "cancelled")]
    assert await remind_of_lessons(at=START - HOUR) == 0


async def test_rules_and_who_left(store: str) -> None:
    place = await make_place()
    await lesson(place)
    rules = [Rule("30", 30), Rule("90.hook", 90, "webhook")]
    await change_rules(place.org_id, "", rules, at=NOW)
    assert await remind_of_lessons(at=START - HOUR) == 0
    await Enrolment.filter(id="ana").update(removed_at=NOW)
    assert await remind_of_lessons(at=START - timedelta(minutes=30)) == 0
    await Enrolment.filter(id="ana").update(removed_at=None)
    assert await remind_of_lessons(at=START - timedelta(minutes=30)) == 1
