"""Own rooms, the door of a room, seats, the host link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from classroom.clock import monotonic, utc_now
from classroom.ids import CODE_PATTERN, RoomId
from classroom.people.links import host_token
from classroom.people.seat import SEAT_KEY, SeatClaims, issue_seat, verify_seat
from classroom.people.throttle import Throttle
from classroom.store.rooms import create_room, room_by_id
from tests.support.people import Browser, House, LookTwin, house


def claims_of(home: House, token: str) -> SeatClaims:
    return verify_seat(token, key=home.doors.secret.key(SEAT_KEY), at=utc_now())


async def takes_seat(browser: Browser, code: str, name: str = "Ann", **more: str) -> SeatAnswer:
    answer = await browser.post(f"/api/rooms/by-code/{code}/seat", {"name": name, **more})
    assert answer.status == 200, answer.body
    return SeatAnswer(answer.json)


def known(role: str, name: str) -> dict[str, object]:
    """What the door says to somebody who is no guest, and not enrolled."""
    return {"role": role, "name": name, "enrolled": False}


class SeatAnswer:
    """What a seat request gives."""

    def __init__(self, told: dict[str, str]) -> None:
        assert set(told) == {"seat_token", "participant_id", "role"}
        self.token = told["seat_token"]
        self.participant_id = told["participant_id"]
        self.role = told["role"]


async def test_a_room_is_made_listed_renamed_and_deleted(home: House) -> None:
    browser = await home.browser().signs_up()
    room = await browser.makes_room("  Organic \n chemistry ")
    assert CODE_PATTERN.match(room["code"])
    assert (room["title"], room["live"]) == ("Organic chemistry", None)
    assert (await browser.get("/api/rooms")).json == [room]
    renamed = await browser.send("PATCH", f"/api/rooms/{room['id']}", {"title": "New"})
    assert renamed.json == {**room, "title": "New"}
    assert (await browser.send("DELETE", f"/api/rooms/{room['id']}")).status == 204
    assert (await browser.get("/api/rooms")).json == []


async def test_a_room_has_its_own_size_and_lobby(home: House) -> None:
    browser = await home.browser().signs_up()
    room = await browser.makes_room()
    assert (room["capacity"], room["lobby"]) == (None, False)
    path = f"/api/rooms/{room['id']}"
    changed = await browser.send("PATCH", path, {"capacity": 2, "lobby": True})
    assert changed.json == {**room, "capacity": 2, "lobby": True}
    door = await browser.get(f"/api/rooms/by-code/{room['code']}")
    assert door.json["capacity"] == 2
    assert (await browser.send("PATCH", path, {"title": "New"})).json["capacity"] == 2
    assert (await browser.send("PATCH", path, {"capacity": None})).json["capacity"] is None
    for wrong in ({"capacity": 0}, {"capacity": 501}, {"lobby": "yes"}, {"title": ""}):
        assert (await browser.send("PATCH", path, wrong)).status == 422


async def test_a_room_says_how_it_is_recorded(home: House) -> None:
    browser = await home.browser().signs_up()
    room = await browser.makes_room()
    first = {"recording_policy": "ask", "recording_days": 180}
    first |= {"recording_remind": 7, "recording_members": True}
    assert {key: room[key] for key in first} == first
    path = f"/api/rooms/{room['id']}"
    wanted = {"recording_policy": "required", "recording_days": 30}
    wanted |= {"recording_remind": 0, "recording_members": False}
    assert (await browser.send("PATCH", path, wanted)).json == {**room, **wanted}
    assert (await browser.get("/api/rooms")).json == [{**room, **wanted}]
    for wrong in (
        {"recording_policy": "always"},
        {"recording_days": 0},
        {"recording_days": 3651},
        {"recording_remind": -1},
        {"recording_members": "yes"},
    ):
        assert (await browser.send("PATCH", path, wrong)).status == 422


async def test_who_was_removed_gets_no_other_seat_in_this_browser(home: House) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    browser = await home.browser().opens()
    seat = await takes_seat(browser, room["code"])
    claims = claims_of(home, seat.token)
    assert len(claims.browser) == 16
    home.live.removed.add(claims.browser)
    path = f"/api/rooms/by-code/{room['code']}/seat"
    again = await browser.post(path, {"name": "Somebody else"})
    assert (again.status, again.code) == (403, "seat.removed")
    other = await home.browser().opens()
    assert (await other.post(path, {"name": "Ann"})).status == 200


async def test_a_class_ends_before_its_room_goes_and_nobody_stays_behind(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await home.browser().signs_up()
    room = await browser.makes_room()
    found: list[bool] = []

    async def end(room_id: RoomId) -> None:
        found.append(await room_by_id(room_id) is not None)

    monkeypatch.setattr(home.live, "end", end)
    assert (await browser.send("DELETE", f"/api/rooms/{room['id']}")).status == 204
    assert found == [True, False]


async def test_a_live_room_says_how_many_are_inside(home: House) -> None:
    browser = await home.browser().signs_up()
    room = await browser.makes_room()
    home.live.rooms[room["id"]] = LookTwin(("Mei",), frozenset({"a", "b"}))
    listed = (await browser.get("/api/rooms")).json[0]
    assert listed["live"] == {"participants": 2, "started_at": "2026-03-01T09:30:00.000Z"}
    assert (await browser.post(f"/api/rooms/{room['id']}/end")).status == 204
    assert home.live.ended == [room["id"]]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/end")],
)
async def test_a_room_of_somebody_else_does_not_exist(home: House, method: str, path: str) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    stranger = await home.browser().signs_up("li@example.org", "Li")
    answer = await stranger.send(method, f"/api/rooms/{room['id']}{path}", {"title": "Mine"})
    assert (answer.status, answer.code) == (404, "room.unknown")
    assert home.live.ended == []
    anonymous = await home.browser().opens()
    answer = await anonymous.send(method, f"/api/rooms/{room['id']}{path}", {"title": "Mine"})
    assert (answer.status, answer.code) == (401, "session.required")


@pytest.mark.parametrize(("title", "code"), [(" ", "title.empty"), ("x" * 121, "title.long")])
async def test_titles_have_limits(home: House, title: str, code: str) -> None:
    browser = await home.browser().signs_up()
    assert (await browser.post("/api/rooms", {"title": title})).code == code


async def test_rooms_need_an_account(home: House) -> None:
    browser = await home.browser().opens()
    assert (await browser.get("/api/rooms")).code == "session.required"
    assert (await browser.post("/api/rooms", {"title": "T"})).code == "session.required"


async def test_the_door_tells_a_stranger_no_student(home: House) -> None:
    room = await (await home.browser().signs_up()).makes_room("Chemistry")
    home.live.rooms[room["id"]] = LookTwin(("Mei",), frozenset({"a", "b", "c"}))
    stranger = home.browser()
    door = (await stranger.get(f"/api/rooms/by-code/{room['code']}")).json
    assert door == {
        "code": room["code"],
        "title": "Chemistry",
        "host_name": "Mei",
        "capacity": 60,
        "live": {
            "hosts": ["Mei"],
            "participants": 3,
            "started_at": "2026-03-01T09:30:00.000Z",
        },
        "rtp_capabilities": {"codecs": [], "headerExtensions": []},
        "you": None,
        "enrolled_only": False,
        "enrolment_fault": None,
        "next_lesson": None,
        "recording": {"policy": "ask", "is_on": False, "agreed": False, "text": None},
    }


async def test_the_door_knows_its_owner_and_other_accounts(home: House) -> None:
    owner = await home.browser().signs_up()
    room = await owner.makes_room()
    path = f"/api/rooms/by-code/{room['code']}"
    assert (await owner.get(path)).json["you"] == known("host", "Mei")
    other = await home.browser().signs_up("li@example.org", "Li")
    assert (await other.get(path)).json["you"] == known("student", "Li")


@pytest.mark.parametrize("spelling", ["{0}", " {0} ", "{1}", "{2}"])
async def test_a_code_is_read_as_people_write_it(home: House, spelling: str) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    code = room["code"]
    typed = spelling.format(code, code.upper(), code.replace("-", " "))
    assert (await home.browser().get(f"/api/rooms/by-code/{typed}")).json["code"] == code


@pytest.mark.parametrize("code", ["bbb-bbb-bbb", "aaa", "..%2e..", "%00", "x" * 3000])
async def test_an_unknown_code(home: House, code: str) -> None:
    answer = await home.browser().get(f"/api/rooms/by-code/{code}")
    assert (answer.status, answer.code) == (404, "room.unknown")
    browser = await home.browser().opens()
    answer = await browser.post(f"/api/rooms/by-code/{code}/seat", {"name": "Ann"})
    assert (answer.status, answer.code) == (404, "room.unknown")


async def test_codes_cannot_be_tried_without_end(home: House) -> None:
    home.doors.limits.wrong_code = Throttle(rate_per_s=0.001, burst=5)
    browser = home.browser()
    codes = [(await browser.get("/api/rooms/by-code/bbb-bbb-bbb")).code for _ in range(6)]
    assert codes == ["room.unknown"] * 5 + ["rate.limited"]


async def test_whoever_tried_too_many_codes_hears_nothing_of_right_ones(home: House) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    home.doors.limits.wrong_code = Throttle(rate_per_s=0.001, burst=5)
    guesser = await home.browser(address="10.0.0.7").opens()
    right = f"/api/rooms/by-code/{room['code']}"
    for _ in range(5):
        await guesser.get("/api/rooms/by-code/bbb-bbb-bbb")
    assert (await guesser.get(right)).code == "rate.limited"
    assert (await guesser.post(f"{right}/seat", {"name": "Ann"})).code == "rate.limited"
    assert (await home.browser(address="10.0.0.8").get(right)).status == 200


async def test_right_codes_cost_nothing(home: House) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    browser = home.browser()
    tries = home.doors.limits.wrong_code = Throttle(rate_per_s=0.001, burst=2)
    for _ in range(5):
        assert (await browser.get(f"/api/rooms/by-code/{room['code']}")).status == 200
    assert tries.take("127.0.0.1", now=monotonic()) == 0


async def test_a_guest_sits_as_a_student_and_the_owner_as_host(home: House) -> None:
    owner = await home.browser().signs_up()
    room = await owner.makes_room()
    guest = await takes_seat(await home.browser().opens(), room["code"], " Ann  B. ")
    assert guest.role == "student"
    claims = claims_of(home, guest.token)
    assert (claims.room_id, claims.code) == (room["id"], room["code"])
    assert (claims.name, claims.role, claims.account_id) == ("Ann B.", "student", None)
    assert claims.participant_id == guest.participant_id
    host = await takes_seat(owner, room["code"], "Mei")
    assert host.role == "host"
    assert claims_of(home, host.token).account_id is not None
    assert host.participant_id != guest.participant_id


async def test_an_existing_seat_is_taken_again(home: House) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    browser = await home.browser().opens()
    first = await takes_seat(browser, room["code"])
    again = await takes_seat(browser, room["code"], "Anna", existing=first.token)
    assert again.participant_id == first.participant_id
    assert claims_of(home, again.token).name == "Anna"


async def test_a_seat_of_another_room_or_a_forged_one_is_not_taken_over(home: House) -> None:
    owner = await home.browser().signs_up()
    here, there = await owner.makes_room("Here"), await owner.makes_room("There")
    browser = await home.browser().opens()
    first = await takes_seat(browser, here["code"])
    elsewhere = await takes_seat(browser, there["code"], existing=first.token)
    assert elsewhere.participant_id != first.participant_id
    forged = await takes_seat(browser, here["code"], existing=first.token[:-4] + "AAAA")
    assert forged.participant_id != first.participant_id


async def test_the_owner_comes_back_to_the_same_seat(home: House) -> None:
    owner = await home.browser().signs_up()
    room = await owner.makes_room()
    first = await takes_seat(owner, room["code"])
    again = await takes_seat(owner, room["code"], existing=first.token)
    assert (again.role, again.participant_id) == ("host", first.participant_id)


async def test_the_seat_of_an_account_is_not_for_who_comes_after_it(home: House) -> None:
    owner = await home.browser().signs_up()
    room = await owner.makes_room()
    first = await takes_seat(owner, room["code"])
    await owner.send("DELETE", "/api/session")
    await owner.opens()
    guest = await takes_seat(owner, room["code"], existing=first.token)
    assert guest.role == "student"
    assert guest.participant_id != first.participant_id
    pupil = await owner.signs_up("li@example.org", "Li")
    seat = await takes_seat(pupil, room["code"], existing=first.token)
    assert (seat.role, seat.participant_id == first.participant_id) == ("student", False)


async def test_a_guest_who_signs_in_keeps_the_seat(home: House) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    browser = await home.browser().opens()
    first = await takes_seat(browser, room["code"])
    await browser.signs_up("li@example.org", "Li")
    again = await takes_seat(browser, room["code"], existing=first.token)
    assert again.participant_id == first.participant_id
    assert claims_of(home, again.token).account_id is not None


async def test_a_host_by_link_stays_host_as_long_as_the_seat_says(home: House) -> None:
    room = await create_room("Demo class", owner_id=None, at=utc_now())
    browser = await home.browser().opens()
    await browser.get(f"/enter/{host_token(home.doors.secret, room.id)}")
    linked = await takes_seat(browser, room.code)
    again = await takes_seat(browser, room.code, existing=linked.token)
    assert (again.role, again.participant_id) == ("host", linked.participant_id)
    soon = replace(
        claims_of(home, linked.token),
        expires_at=utc_now().replace(microsecond=0) + timedelta(minutes=5),
    )
    old = issue_seat(soon, key=home.doors.secret.key(SEAT_KEY))
    without_cookie = await home.browser().opens()
    kept = await takes_seat(without_cookie, room.code, existing=old)
    assert (kept.role, kept.participant_id) == ("host", linked.participant_id)
    assert claims_of(home, kept.token).expires_at == soon.expires_at, "not a minute longer"
    renewed = await takes_seat(browser, room.code, existing=old)
    assert claims_of(home, renewed.token).expires_at > soon.expires_at, "the link still holds"


async def test_a_full_room_takes_nobody_but_who_is_inside(tmp_path: Path) -> None:
    async with house(tmp_path, room_capacity=2) as home:
        room = await (await home.browser().signs_up()).makes_room()
        browser = await home.browser().opens()
        mine = await takes_seat(browser, room["code"])
        home.live.rooms[room["id"]] = LookTwin((), frozenset({mine.participant_id, "other"}))
        stranger = await home.browser().opens()
        answer = await stranger.post(f"/api/rooms/by-code/{room['code']}/seat", {"name": "Late"})
        assert (answer.status, answer.code) == (409, "room.full")
        assert answer.json["params"] == {"capacity": 2}
        again = await takes_seat(browser, room["code"], existing=mine.token)
        assert again.participant_id == mine.participant_id


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": ""}, "name.empty"),
        ({"name": "  "}, "name.empty"),
        ({"name": "x" * 61}, "name.long"),
        ({"name": None}, "body.malformed"),
        ({}, "body.malformed"),
        ({"name": "Ann", "role": "host"}, "body.malformed"),
        ({"name": "Ann", "existing": "x" * 3000}, "body.malformed"),
    ],
)
async def test_a_seat_needs_a_name_and_nothing_else(
    home: House, body: dict[str, object], code: str
) -> None:
    room = await (await home.browser().signs_up()).makes_room()
    browser = await home.browser().opens()
    answer = await browser.post(f"/api/rooms/by-code/{room['code']}/seat", body)
    assert (answer.status, answer.code) == (422, code)


async def test_the_host_link_makes_a_host_without_account(home: House) -> None:
    room = await create_room("Demo class", owner_id=None, at=utc_now())
    link = f"/enter/{host_token(home.doors.secret, room.id)}"
    browser = await home.browser().opens()
    answer = await browser.get(link)
    assert (answer.status, answer.headers["location"]) == (303, f"/r/{room.code}")
    door = (await browser.get(f"/api/rooms/by-code/{room.code}")).json
    assert door["you"] == known("host", "")
    assert (await takes_seat(browser, room.code)).role == "host"
    assert (await takes_seat(await home.browser().opens(), room.code)).role == "student"


async def test_a_host_link_opens_one_room_only(home: House) -> None:
    room = await create_room("Demo class", owner_id=None, at=utc_now())
    other = await create_room("Other", owner_id=None, at=utc_now())
    browser = await home.browser().opens()
    await browser.get(f"/enter/{host_token(home.doors.secret, room.id)}")
    assert (await takes_seat(browser, other.code)).role == "student"
    cookie = f"classroom_host_{other.id}={host_token(home.doors.secret, room.id)}"
    forger = await home.browser().opens()
    door = await forger.get(f"/api/rooms/by-code/{other.code}", headers={"Cookie": cookie})
    assert door.json["you"] is None


@pytest.mark.parametrize("token", ["x", "room.0000", "." * 300, "ü.ü"])
async def test_a_made_up_host_link_goes_home(home: House, token: str) -> None:
    answer = await home.browser().get(f"/enter/{token}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert "set-cookie" not in answer.headers


async def test_a_host_link_of_a_room_that_is_gone_goes_home(home: House) -> None:
    answer = await home.browser().get(f"/enter/{host_token(home.doors.secret, RoomId('gone'))}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
