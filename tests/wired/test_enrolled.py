"""Enrolled people over real sockets: the same seat on two devices, and seats that count no more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from classroom.ids import RoomId
from classroom.lesson.report import make_report
from classroom.people.enrolment import participant_of
from tests.support.lesson_drawer import LessonsTwin
from tests.support.signalling import Place, Refusal, classroom, until

LIN = participant_of(RoomId("room-1"), "e1")


def enrolled(place: Place, link: int = 1, **more: Any) -> str:
    """The seat of somebody enrolled, who came by this link of theirs."""
    return place.seat("Lin Yue", participant_id=LIN, enrolment=f"e1.{link}", **more)


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def test_the_same_person_on_two_devices_sits_on_one() -> None:
    async with classroom() as place:
        place.tickets["e1.1"] = "student"
        computer = await place.join("Lin Yue", seat=enrolled(place), tab="computer")
        assert await refused(place.connect(enrolled(place), tab="phone")) == "seat.taken"
        phone = await place.connect(enrolled(place), tab="phone", takeover=True)
        await computer.hear("seat.replaced")
        await phone.join()
        assert [one["id"] for one in phone.welcome["room"]["participants"]] == [LIN]
        assert phone.welcome["room"]["participants"][0]["enrolled"]


async def test_an_older_link_and_a_removed_enrolment_open_nothing() -> None:
    async with classroom() as place:
        place.tickets["e1.2"] = "student"
        assert await refused(place.connect(enrolled(place))) == "enrolment.replaced"
        lin = await place.join("Lin Yue", seat=enrolled(place, link=2))
        place.tickets.clear()
        await lin.leave_line()
        assert await refused(place.connect(enrolled(place, link=2))) == "enrolment.replaced"


async def test_where_only_enrolled_people_come_in_a_guest_does_not() -> None:
    async with classroom() as place:
        place.tickets["e1.1"] = "student"
        bo = await place.join("Bo", seat=(before := place.seat("Bo")))
        place.rooms["room-1"] = replace(place.rooms["room-1"], is_enrolled_only=True)
        assert await refused(place.connect(place.seat("An"))) == "enrolment.only"
        await place.join("Lin Yue", seat=enrolled(place))
        await place.join("Wu", "host")
        await bo.leave_line()
        await place.join("Bo", seat=before)  # whoever was in comes back


async def test_a_guest_finds_an_empty_class_closed_too() -> None:
    async with classroom() as place:
        place.rooms["room-1"] = replace(place.rooms["room-1"], is_enrolled_only=True)
        assert await refused(place.connect(place.seat("An"))) == "enrolment.only"


async def test_what_the_list_says_now_counts_and_not_what_the_seat_says() -> None:
    async with classroom() as place:
        place.tickets["e1.1"] = "student"
        seat = enrolled(place, role="assistant")
        lin = await place.join("Lin Yue", seat=seat)
        assert lin.welcome["room"]["participants"][0]["role"] == "student"
        assert not lin.welcome["rights"]["may_end"]


async def test_two_lessons_have_a_row_each_of_the_same_person() -> None:
    lessons = LessonsTwin()
    async with classroom(lessons=lessons) as place:
        place.tickets["e1.1"] = "student"
        for number in (1, 2):
            ago_s = -5.0 * number  # a seat of the class before it is over
            host = place.seat("Wu", "host", issued_ago_s=ago_s)
            wu = await place.join("Wu", "host", seat=host)
            lin = await place.join("Lin Yue", seat=enrolled(place, issued_ago_s=ago_s))
            await lin.ask("hand.raise")
            await wu.ask("room.end")
            await until(lambda: lessons.lessons[f"lesson{number}"].ended_at is not None)  # noqa: B023
    for lesson in lessons.lessons.values():
        lines = [lesson.lines[line] for line in sorted(lesson.lines)]
        people = make_report(lines, (), length_ms=1000).people
        (row,) = [one for one in people if one.participant_id == LIN]
        assert (row.name, row.role, row.hands) == ("Lin Yue", "student", 1)
    assert len(lessons.lessons) == 2


async def test_who_was_removed_comes_back_on_no_device_until_the_next_lesson() -> None:
    async with classroom() as place:
        place.tickets["e1.1"] = "student"
        wu = await place.join("Wu", "host")
        lin = await place.join("Lin Yue", seat=enrolled(place, browser="b1"))
        await wu.ask("room.remove", participant_id=LIN)
        await lin.hear("seat.removed")
        for browser in ("b1", "b2"):
            seat = enrolled(place, browser=browser)
            assert await refused(place.connect(seat, tab=browser)) == "seat.removed"
        guest = place.seat("Somebody else", browser="b1")
        assert await refused(place.connect(guest, tab="guest")) == "seat.removed"


async def test_whose_link_counts_no_more_is_out_at_once() -> None:
    async with classroom() as place:
        place.tickets["e1.1"] = "student"
        wu = await place.join("Wu", "host")
        thief = await place.join("Lin Yue", seat=enrolled(place))
        del place.tickets["e1.1"]
        place.live.let_go(RoomId("room-1"), LIN)
        assert (await wu.hear_event("participant_left"))["participant_id"] == LIN
        await thief.closed.wait()
        assert await refused(place.connect(enrolled(place))) == "enrolment.replaced"
        place.live.let_go(RoomId("room-1"), LIN)  # nobody is there


async def test_who_waits_by_an_old_link_waits_no_more() -> None:
    async with classroom() as place:
        place.rooms["room-1"] = replace(
            place.rooms["room-1"], has_lobby=True, lets_enrolled_in=False
        )
        place.tickets["e1.1"] = "student"
        wu = await place.join("Wu", "host")
        lin = await place.connect(enrolled(place))
        assert await refused(lin.join()) == "lobby.waiting"
        await wu.hear_event("lobby_changed")
        place.live.let_go(RoomId("room-1"), LIN)
        assert (await wu.hear_event("lobby_changed"))["lobby"] == {"waiting": []}
        await lin.closed.wait()
