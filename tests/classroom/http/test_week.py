"""A week of a host over HTTP: what stands in it, what is open, what can be booked, and for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from classroom.booking.span import Span, packed
from classroom.clock import utc_now
from classroom.store.booking_tables import Appointment
from classroom.store.feed_tables import Feed
from classroom.store.practice_tables import Host
from tests.classroom.http.test_openapi import Paper
from tests.classroom.http.test_organisations import begins, joins
from tests.support.people import Browser, House
from tests.support.practice import a_booking, a_client

PATH = "/api/hosts/{host_id}/week"
ALWAYS: dict[str, Any] = {
    "zone": "Europe/Berlin",
    "hours": [{"weekday": n, "from_min": 540, "to_min": 720} for n in range(7)],
    "specials": [],
    "away": [],
    "stays": [{"from_day": "2031-05-03", "to_day": "2031-05-03", "zone": "Asia/Tokyo"}],
    "bounds": {"notice_min": 0, "horizon_days": 60, "daily_max": 0, "step_min": 30},
}


@pytest.fixture
async def admin(home: House) -> Browser:
    return await home.browser().signs_up()


async def a_host(admin: Browser) -> tuple[dict[str, Any], str, str]:
    org = await begins(admin, offer="Lesson", minutes=60)
    host_id = org["hosts"][0]["id"]
    await admin.send("PUT", f"/api/hosts/{host_id}/hours", ALWAYS)
    offers = (await admin.get(f"/api/hosts/{host_id}/offers")).json
    return org, host_id, offers[0]["id"]


async def a_talk(org: dict[str, Any], host_id: str, offer_id: str, when: str) -> str:
    """Of Wei Chen, at an instant."""
    client = await a_client(org["id"], "client-1", "Wei Chen")
    at = int(datetime.fromisoformat(when).timestamp())
    return await a_booking(org["id"], host_id, offer_id, client, "booking-1", at)


def seconds(one: dict[str, str]) -> tuple[int, int]:
    from_, to = (int(datetime.fromisoformat(one[key]).timestamp()) for key in ("at", "to"))
    return from_, to


async def test_a_week_of_a_clock_change_tells_its_days_and_who_comes(
    home: House, admin: Browser
) -> None:
    org, host_id, offer_id = await a_host(admin)
    await a_talk(org, host_id, offer_id, "2031-03-31T07:00:00+00:00")
    paper = Paper((await admin.get("/api/openapi.json")).json)
    answer = await admin.get(f"{PATH.format(host_id=host_id)}?from=2031-03-25&days=7")
    week = paper.fits("GET", PATH, answer)
    assert week["days"][0]["day"] == "2031-03-25"
    assert week["open"][0] == {"at": "2031-03-25T08:00:00Z", "to": "2031-03-25T11:00:00Z"}
    assert week["open"][5] == {"at": "2031-03-30T07:00:00Z", "to": "2031-03-30T10:00:00Z"}
    (entry,) = week["entries"]
    assert (entry["at"], entry["kind"], entry["offer"]) == (
        "2031-03-31T07:00:00Z",
        "talk",
        "Lesson",
    )
    assert [one["name"] for one in entry["people"]] == ["Wei Chen"]
    assert (week["free"], week["busy"], week["may_change"]) == ([], [], True)


async def test_what_was_cancelled_is_not_shown_and_days_know_where_the_host_is(
    home: House, admin: Browser
) -> None:
    org, host_id, offer_id = await a_host(admin)
    await a_talk(org, host_id, offer_id, "2031-05-03T02:00:00+00:00")
    path = PATH.format(host_id=host_id)
    week = (await admin.get(f"{path}?from=2031-05-02&days=3")).json
    assert [one["zone"] for one in week["days"]] == ["Europe/Berlin", "Asia/Tokyo", "Europe/Berlin"]
    assert len(week["entries"]) == 1
    await Appointment.filter(host_id=host_id).update(state="cancelled")
    assert (await admin.get(f"{path}?from=2031-05-02")).json["entries"] == []


async def test_it_begins_today_or_on_the_monday_of_this_week(home: House, admin: Browser) -> None:
    _, host_id, _ = await a_host(admin)
    path = PATH.format(host_id=host_id)
    today = (await admin.get(f"{path}?days=1")).json["days"][0]["day"]
    days = [one["day"] for one in (await admin.get(f"{path}?from=monday")).json["days"]]
    assert date.fromisoformat(days[0]).weekday() == 0
    assert today in days


async def test_what_it_shows_as_free_is_what_can_be_booked(home: House, admin: Browser) -> None:
    org, host_id, offer_id = await a_host(admin)
    path = PATH.format(host_id=host_id)
    week = (await admin.get(f"{path}?days=14&offer_id={offer_id}")).json
    # 09:00 to 12:00 in steps of half an hour: five starts of an hour a day.
    assert 60 <= len(week["free"]) <= 70
    at = datetime.fromisoformat(week["free"][7]["at"])
    await a_talk(org, host_id, offer_id, at.isoformat())
    busy = int(datetime.fromisoformat(week["free"][40]["at"]).timestamp())
    now = utc_now()
    await Feed.create(
        id="feed-1",
        host_id=host_id,
        url="https://calendar.example/secret",
        name="Home",
        kind="busy",
        etag="",
        bytes=1,
        events=1,
        problems="[]",
        failure="",
        is_on=True,
        spans=packed([Span(busy, busy + 1800)]),
        next_at=now,
        created_at=now,
    )
    again = (await admin.get(f"{path}?days=14&offer_id={offer_id}")).json
    gone = {one["at"] for one in week["free"]} - {one["at"] for one in again["free"]}
    assert {week["free"][7]["at"], week["free"][40]["at"]} <= gone
    assert [seconds(one) for one in again["busy"]] == [(busy, busy + 1800)]
    assert "secret" not in str(again)


@pytest.mark.parametrize(
    "asked", ["from=2031-02-29", "from=tomorrow", "days=0", "days=15", "days=x"]
)
async def test_days_that_are_none_are_refused(home: House, admin: Browser, asked: str) -> None:
    _, host_id, _ = await a_host(admin)
    assert (await admin.get(f"/api/hosts/{host_id}/week?{asked}")).code == "body.malformed"


async def test_a_colleague_sees_their_own_and_a_stranger_nothing(
    home: House, admin: Browser
) -> None:
    org, host_id, _ = await a_host(admin)
    path = f"/api/hosts/{host_id}/week"
    colleague = await joins(home, admin, org, "counsellor")
    own = await Host.get(org_id=org["id"], id__not=host_id)
    assert (await colleague.get(f"/api/hosts/{own.id}/week")).status == 200
    assert (await colleague.get(path)).code == "host.unknown"
    reception = await joins(home, admin, org, "reception")
    assert (await reception.get(path)).json["may_change"] is True
    stranger = await home.browser().signs_up("eve@example.org", "Eve")
    assert (await stranger.get(path)).code == "host.unknown"
    assert (await home.browser().get(path)).code == "session.required"
    assert (await admin.get(f"{path}?offer_id=none")).code == "offer.unknown"


def test_the_clock_of_these_tests_is_in_their_past() -> None:
    assert utc_now() < datetime(2031, 1, 1, tzinfo=UTC)


async def test_the_next_lesson_stands_at_the_door_for_who_is_of_the_room(
    home: House, admin: Browser
) -> None:
    _, host_id, _ = await a_host(admin)
    room = await admin.makes_room()
    path = f"/api/rooms/{room['id']}/timetable"
    asked = {"host_id": host_id, "first": "2031-03-24T08:00:00Z", "every": "week", "minutes": 60}
    assert (await admin.post(path, {**asked, "count": 2})).status == 201
    door = f"/api/rooms/by-code/{room['code']}"
    told = {"at": "2031-03-24T08:00:00Z", "to": "2031-03-24T09:00:00Z", "zone": "Europe/Berlin"}
    assert (await admin.get(door)).json["next_lesson"] == told
    stranger = await home.browser().opens()
    assert (await stranger.get(door)).json["next_lesson"] is None
    people = {"people": [{"name": "Lin", "role": "student", "email": ""}]}
    enrolled = (await admin.post(f"/api/rooms/{room['id']}/enrolments", people)).json
    student = await home.browser().opens()
    await student.get(enrolled["enrolments"][0]["link"])
    assert (await student.get(door)).json["next_lesson"] == told
