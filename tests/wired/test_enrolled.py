"""Enrolled people over real sockets: the same seat on two devices, and seats that count no more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from classroom.ids import RoomId
from classroom.people.enrolment import participant_of
from tests.support.signalling import Place, Refusal, classroom

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
