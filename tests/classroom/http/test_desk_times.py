"""Blocks, series and timetables over HTTP: nothing is over anything else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from classroom.booking.zone import iso_s, read_iso_s
from classroom.clock import utc_now
from classroom.store.booking_tables import Booking, Client
from classroom.store.letter_tables import Letter
from tests.support.booker import Practice, colleague, open_practice
from tests.support.people import House

DAY_S = 24 * 3600


@pytest.fixture
async def practice(home: House) -> Practice:
    return await open_practice(home)


def noon(days: int) -> int:
    return int((utc_now() + timedelta(days=days)).timestamp()) // DAY_S * DAY_S + DAY_S // 2


async def test_blocks(practice: Practice) -> None:
    path = f"/api/hosts/{practice.host_id}/blocks"
    begin = noon(5)
    body = {"from": iso_s(begin), "to": iso_s(begin + 7200), "title": "Dentist"}
    made = await practice.mei.post(path, body)
    assert made.status == 201, made.body
    free = await practice.free(practice.mei)
    assert iso_s(begin + 3600) not in free
    assert iso_s(begin + 7200) in free
    assert (await practice.mei.post(path, body)).code == "booking.taken"
    block = f"{path}/{made.json['id']}"
    longer = {**body, "to": iso_s(begin + 10800)}
    assert (await practice.mei.send("PATCH", block, longer)).status == 200
    assert iso_s(begin + 7200) not in await practice.free(practice.mei)
    for wrong in ({**body, "to": body["from"]}, {**body, "to": iso_s(begin + 8 * DAY_S)}):
        assert (await practice.mei.post(path, wrong)).code == "body.malformed"
    other = await colleague(practice, "counsellor", "otto@example.org")
    assert (await other.send("DELETE", block)).code == "host.unknown"
    assert (await practice.mei.send("DELETE", block)).status == 204
    assert (await practice.mei.send("DELETE", block)).code == "booking.unknown"
    assert iso_s(begin + 3600) in await practice.free(practice.mei)


async def test_a_series_is_whole_or_leaves_out(practice: Practice) -> None:
    begin = noon(10)
    body = {
        "host_id": practice.host_id,
        "offer_id": practice.offer_id,
        "client": {"name": "Ben"},
        "first": iso_s(begin),
        "every": "week",
        "count": 4,
    }
    dry = await practice.mei.post("/api/series", {**body, "dry": True})
    assert (dry.status, len(dry.json["made"]), dry.json["id"]) == (201, 4, "")
    assert await Booking.all().count() == 0
    second = read_iso_s(dry.json["made"][1]["at"])
    assert second is not None
    block = {"from": iso_s(second), "to": iso_s(second + 3600)}
    await practice.mei.post(f"/api/hosts/{practice.host_id}/blocks", block)
    refused = await practice.mei.post("/api/series", body)
    assert refused.code == "booking.series"
    assert await Booking.all().count() == 0
    made = await practice.mei.post("/api/series", {**body, "skip": True})
    assert made.status == 201, made.body
    assert len(made.json["made"]) == 3
    assert [one["code"] for one in made.json["refused"]] == ["booking.taken"]
    assert await Client.all().count() == 1
    path = f"/api/series/{made.json['id']}"
    other = await colleague(practice, "counsellor", "otto@example.org")
    assert (await other.send("DELETE", path)).code == "booking.unknown"
    assert (await practice.mei.send("DELETE", path)).json == {"cancelled": 3}
    assert (await practice.mei.send("DELETE", path)).json == {"cancelled": 0}
    assert await Booking.filter(state="cancelled").count() == 3


async def test_a_series_is_told_in_one_letter(practice: Practice) -> None:
    body = {
        "host_id": practice.host_id,
        "offer_id": practice.offer_id,
        "client": {"name": "Ben", "email": "ben@example.org", "locale": "zh-CN"},
        "first": iso_s(noon(3)),
        "every": "day",
        "count": 5,
    }
    assert (await practice.mei.post("/api/series", body)).status == 201
    letters = await Letter.filter(to_email="ben@example.org")
    assert [one.kind for one in letters] == ["series"]
    assert letters[0].text.count("月") >= 5


async def test_a_timetable_is_in_the_same_week(practice: Practice) -> None:
    room = await practice.mei.makes_room("Physics")
    path = f"/api/rooms/{room['id']}/timetable"
    begin = noon(4)
    body = {
        "host_id": practice.host_id,
        "first": iso_s(begin),
        "every": "week",
        "minutes": 45,
        "count": 3,
    }
    made = await practice.mei.post(path, body)
    assert made.status == 201, made.body
    assert iso_s(begin) not in await practice.free(practice.mei)
    listed = (await practice.mei.get(path)).json
    assert listed[0]["from"] == iso_s(begin)
    assert len(listed) == 3
    assert (await practice.mei.post(path, body)).code == "booking.series"
    gone = f"{path}/{listed[1]['id']}?rest=true"
    assert (await practice.mei.send("DELETE", gone)).status == 204
    assert [one["id"] for one in (await practice.mei.get(path)).json] == [listed[0]["id"]]
    stranger = await practice.home.browser("10.0.0.5").signs_up("eve@example.org", "Eve")
    assert (await stranger.get(path)).code == "room.unknown"
    assert (await stranger.post(path, body)).code == "room.unknown"
