"""Consent at a room's door: who must agree before a seat, and whose yes is kept."""

from __future__ import annotations

import pytest

from classroom.store.enrolment_consents import forget_standing, standing_text
from tests.classroom.http.test_enrolments import Teacher
from tests.support.people import House, LookTwin

TEXT = "2026-11/zh-CN"


@pytest.fixture
async def mei(home: House) -> Teacher:
    browser = await home.browser().signs_up()
    return Teacher(home, browser, await browser.makes_room("Chemistry"))


async def requires(mei: Teacher) -> None:
    answer = await mei.browser.send(
        "PATCH", f"/api/rooms/{mei.room['id']}", {"recording_policy": "required"}
    )
    assert answer.status == 200, answer.body


async def test_a_door_says_what_is_recorded(mei: Teacher) -> None:
    guest = await mei.home.browser().opens()
    told = (await mei.sees(guest))["recording"]
    assert told == {"policy": "ask", "is_on": False, "agreed": False, "text": None}
    await requires(mei)
    mei.home.live.rooms[mei.room["id"]] = LookTwin(is_recorded=True)
    told = (await guest.get(f"{mei.door}?locale=zh-Hans")).json["recording"]
    assert (told["policy"], told["is_on"]) == ("required", True)
    assert told["text"]["text_id"] == TEXT
    for word in ("Chemistry", "这个教室的课会被录制", "180"):
        assert word in told["text"]["text"]
    assert (await mei.sees(mei.browser))["recording"]["text"] is None, "who leads is asked in class"


async def test_nobody_gets_a_seat_who_did_not_agree(mei: Teacher) -> None:
    guest = await mei.home.browser().opens()
    assert (await mei.seats(guest)).agreed == ""
    await requires(mei)
    assert await mei.refuses(guest) == "consent.needed"
    assert await mei.refuses(guest, agreed="2020-01/en") == "consent.text"
    answer = await guest.post(f"{mei.door}/seat", {"name": "Ann", "agreed": TEXT})
    assert answer.status == 200
    token = answer.json["seat_token"]
    assert await mei.refuses(guest, existing=token) == "consent.needed", "the next class asks anew"
    mei.home.live.inside.add((mei.room["id"], answer.json["participant_id"]))
    assert (await mei.seats(guest, existing=token)).agreed == TEXT, "with their own seat again"
    assert (await mei.seats(mei.browser)).agreed == "", "who leads needs none"


async def test_an_enrolled_persons_yes_is_kept(mei: Teacher) -> None:
    await requires(mei)
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    assert (await mei.sees(lin))["recording"]["text"] is not None
    assert await mei.refuses(lin) == "consent.needed"
    assert (await mei.seats(lin, agreed=TEXT)).agreed == TEXT
    told = (await mei.sees(lin))["recording"]
    assert (told["agreed"], told["text"]) == (True, None)
    assert (await mei.seats(lin)).agreed == TEXT, "and not asked again"
    assert await standing_text(made["id"]) == TEXT
    await forget_standing(made["id"])
    assert await mei.refuses(lin) == "consent.needed"
