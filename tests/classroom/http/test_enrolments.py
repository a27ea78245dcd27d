"""Enrolled people over HTTP: the owner's list, their links, and who they are at the door."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.people.enrolment import is_enrolled
from classroom.people.links import host_token
from classroom.people.seat import SEAT_KEY, SeatClaims, verify_seat
from classroom.store.rooms import create_room
from tests.support.people import Browser, House, LookTwin


class Teacher:
    """Somebody with a room, and its list."""

    def __init__(self, home: House, browser: Browser, room: dict[str, Any]) -> None:
        self.home, self.browser, self.room = home, browser, room
        self.path = f"/api/rooms/{room['id']}/enrolments"
        self.door = f"/api/rooms/by-code/{room['code']}"

    async def enrols(self, name: str = "Lin Yue", **more: str) -> dict[str, Any]:
        answer = await self.browser.post(self.path, {"people": [{"name": name, **more}]})
        assert answer.status == 201, answer.body
        (made,) = answer.json["enrolments"]
        return dict(made)

    async def list(self) -> list[dict[str, Any]]:
        return list((await self.browser.get(self.path)).json["enrolments"])

    async def settles(self, **settings: bool) -> None:
        answer = await self.browser.send("PATCH", f"/api/rooms/{self.room['id']}", settings)
        assert answer.status == 200, answer.body

    async def opened(self, link: str, browser: Browser | None = None) -> Browser:
        """A browser in which the link was opened; it lands at the room's own address."""
        browser = browser or await self.home.browser().opens()
        answer = await browser.get(link)
        assert answer.status == 303
        assert answer.headers["location"].partition("#")[0] == f"/r/{self.room['code']}"
        return browser

    async def sees(self, browser: Browser) -> dict[str, Any]:
        """What the room's door says to them."""
        return dict((await browser.get(self.door)).json)

    async def seats(self, browser: Browser, name: str = "x", **more: str) -> SeatClaims:
        answer = await browser.post(f"{self.door}/seat", {"name": name, **more})
        assert answer.status == 200, answer.body
        key = self.home.doors.secret.key(SEAT_KEY)
        return verify_seat(answer.json["seat_token"], key=key, at=utc_now())

    async def token(self, browser: Browser) -> str:
        return str((await browser.post(f"{self.door}/seat", {"name": "x"})).json["seat_token"])

    async def refuses(self, browser: Browser, **body: str) -> str:
        return (await browser.post(f"{self.door}/seat", {"name": "Ann", **body})).code


@pytest.fixture
async def mei(home: House) -> Teacher:
    browser = await home.browser().signs_up()
    return Teacher(home, browser, await browser.makes_room("Chemistry"))


# The list


async def test_many_are_enrolled_at_once_and_listed(mei: Teacher) -> None:
    people = [
        {"name": "  Wu \n Lan ", "email": "Wu@Example.org"},
        {"name": "Lin Yue", "role": "observer"},
    ]
    made = (await mei.browser.post(mei.path, {"people": people})).json
    assert made["max"] == 500
    assert [(one["name"], one["role"], one["email"]) for one in made["enrolments"]] == [
        ("Wu Lan", "student", "wu@example.org"),
        ("Lin Yue", "observer", ""),
    ]
    assert [one["name"] for one in await mei.list()] == ["Lin Yue", "Wu Lan"]
    first = made["enrolments"][0]
    assert first["link"].startswith(f"/enter/e.{first['id']}.")
    assert (first["seen_at"], first["removed_at"], first["has_account"]) == (None, None, False)


async def test_what_is_given_is_changed(mei: Teacher) -> None:
    made = await mei.enrols(email="lin@example.org")
    path = f"{mei.path}/{made['id']}"
    renamed = await mei.browser.send("PATCH", path, {"name": "Lin", "role": "assistant"})
    assert renamed.json == {**made, "name": "Lin", "role": "assistant"}
    assert (await mei.browser.send("PATCH", path, {"email": " "})).json["email"] == ""


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([], "body.malformed"),
        ([{"name": "x"}] * 101, "body.malformed"),
        ([{"name": "x", "role": "host"}], "body.malformed"),
        ([{"name": "x", "age": 9}], "body.malformed"),
        ([{"name": " "}], "name.empty"),
        ([{"name": "x" * 61}], "name.long"),
        ([{"name": "x", "email": "nobody"}], "account.invalid_email"),
        ([{"name": "x", "email": "a@b.cn"}, {"name": "y", "email": "A@b.cn"}], "enrolment.taken"),
    ],
)
async def test_nobody_is_enrolled_when_one_cannot_be(
    mei: Teacher, people: list[dict[str, str]], code: str
) -> None:
    answer = await mei.browser.post(mei.path, {"people": people})
    assert answer.code == code
    assert await mei.list() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "name.empty"),
        ({"role": "host"}, "body.malformed"),
        ({"email": "wu@example.org"}, "enrolment.taken"),
        ({"email": "@"}, "account.invalid_email"),
    ],
)
async def test_a_change_is_refused_for_the_same_reasons(
    mei: Teacher, change: dict[str, str], code: str
) -> None:
    await mei.enrols("Wu Lan", email="wu@example.org")
    made = await mei.enrols()
    answer = await mei.browser.send("PATCH", f"{mei.path}/{made['id']}", change)
    assert answer.code == code


async def test_the_limit_says_how_many_there_may_be(
    mei: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.store.enrolments.COUNT_MAX", 1)
    await mei.enrols()
    answer = await mei.browser.post(mei.path, {"people": [{"name": "Wu Lan"}]})
    assert (answer.status, answer.code, answer.json["params"]) == (
        409,
        "enrolment.limit",
        {"max": 1},
    )


ROUTES = [
    ("GET", ""),
    ("POST", ""),
    ("PATCH", "/{id}"),
    ("DELETE", "/{id}"),
    ("POST", "/{id}/restore"),
    ("POST", "/{id}/link"),
]


@pytest.mark.parametrize(("method", "below"), ROUTES)
async def test_the_list_of_somebody_else_does_not_exist(
    home: House, mei: Teacher, method: str, below: str
) -> None:
    made = await mei.enrols()
    path = mei.path + below.format(**made)
    stranger = await home.browser().signs_up("li@example.org", "Li")
    body = None if method == "GET" else {"people": [{"name": "x"}]}
    answer = await stranger.send(method, path, body)
    assert (answer.status, answer.code) == (404, "room.unknown")
    assert (await (await home.browser().opens()).send(method, path, body)).status == 401
    linked = await home.browser().opens()
    await linked.get(f"/enter/{host_token(home.doors.secret, mei.room['id'])}")
    assert (await linked.send(method, path, body)).status == 401, "who teaches by a link neither"
    assert await mei.list() == [made]


@pytest.mark.parametrize(("method", "below"), ROUTES[2:])
@pytest.mark.parametrize("enrolment_id", ["gone", "no id!"])
async def test_nobody_is_changed_who_is_not_on_the_list(
    mei: Teacher, method: str, below: str, enrolment_id: str
) -> None:
    path = mei.path + below.format(id=enrolment_id)
    answer = await mei.browser.send(method, path, {"name": "x"})
    assert (answer.status, answer.code) == (404, "enrolment.unknown")


async def test_a_program_that_only_reads_gets_nobody_s_link(mei: Teacher) -> None:
    made = await mei.enrols(role="assistant")
    for scope, link in (("read", None), ("write", made["link"])):
        body = {"name": "school", "scope": scope}
        token = (await mei.browser.post("/api/tokens", body)).json["token"]
        headers = {"Authorization": f"Bearer {token}"}
        program = mei.home.browser()
        (one,) = (await program.get(mei.path, headers=headers)).json["enrolments"]
        assert one == {**made, "link": link}
        lessons = await program.get(f"{mei.path}/{made['id']}/lessons", headers=headers)
        assert lessons.json["enrolment"]["link"] == link


# The link


async def test_a_link_makes_its_browser_the_person_s(mei: Teacher) -> None:
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    door = await mei.sees(lin)
    assert door["you"] == {"role": "student", "name": "Lin Yue", "enrolled": True}
    seat = await mei.seats(lin, "Somebody else")
    assert (seat.name, seat.role, is_enrolled(seat.participant_id)) == ("Lin Yue", "student", True)
    again = await mei.seats(lin)
    assert again.participant_id == seat.participant_id
    other = await mei.seats(await mei.opened(made["link"]))
    assert other.participant_id == seat.participant_id, "on every device"
    assert (await mei.list())[0]["seen_at"] is not None


async def test_the_cookie_says_nothing_to_scripts_and_lives_on(mei: Teacher) -> None:
    made = await mei.enrols()
    browser = await mei.home.browser(scheme="https").opens()
    for answer in (
        await browser.get(made["link"]),
        await browser.post(f"{mei.door}/seat", {"name": "x"}),
    ):
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"classroom_enrolled_{mei.room['id']}=e.{made['id']}.")
        for word in ("HttpOnly", "SameSite=Lax", "Secure", f"Max-Age={180 * 24 * 3600}"):
            assert word in cookie
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_the_role_and_the_name_are_those_of_the_list(mei: Teacher) -> None:
    made = await mei.enrols(role="assistant")
    lin = await mei.opened(made["link"])
    assert (await mei.seats(lin)).role == "assistant"
    path = f"{mei.path}/{made['id']}"
    await mei.browser.send("PATCH", path, {"role": "observer", "name": "Lin"})
    seat = await mei.seats(lin)
    assert (seat.role, seat.name) == ("observer", "Lin")


async def test_with_a_new_link_the_old_one_opens_nothing(mei: Teacher) -> None:
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    seat = await mei.seats(lin)
    renewed = (await mei.browser.post(f"{mei.path}/{made['id']}/link")).json
    assert renewed == {**made, "link": renewed["link"], "seen_at": renewed["seen_at"]}
    assert renewed["link"] != made["link"]
    answer = await (await mei.home.browser().opens()).get(made["link"])
    assert (answer.status, answer.headers["location"]) == (303, "/old-link")
    assert "set-cookie" not in answer.headers
    door = await mei.sees(lin)
    assert (door["you"], door["enrolment_fault"]) == (None, "enrolment.replaced")
    assert (await mei.seats(lin)).participant_id != seat.participant_id, "they are a guest now"
    new = await mei.seats(await mei.opened(renewed["link"]))
    assert new.participant_id == seat.participant_id


async def test_a_seat_of_an_old_link_opens_nothing_over_http(mei: Teacher) -> None:
    made = await mei.enrols(role="assistant")
    thief = await mei.opened(made["link"])
    seat, token = await mei.seats(thief), await mei.token(thief)
    place = (mei.room["id"], seat.participant_id)
    mei.home.live.inside.add(place)
    mei.home.live.roles[place] = "assistant"
    headers = {"Authorization": f"Seat {token}"}
    quizzes = f"{mei.door}/quizzes"
    assert (await thief.get(quizzes, headers=headers)).status == 200
    path = f"{mei.path}/{made['id']}"
    renewed = (await mei.browser.post(f"{path}/link")).json
    for answer in (
        await thief.get(quizzes, headers=headers),
        await thief.post(quizzes, {"title": "x", "questions": []}, headers=headers),
    ):
        assert (answer.status, answer.code) == (403, "enrolment.replaced")
    own = {"Authorization": f"Seat {await mei.token(await mei.opened(renewed['link']))}"}
    assert (await thief.get(quizzes, headers=own)).status == 200
    await mei.browser.send("DELETE", path)
    assert (await thief.get(quizzes, headers=own)).code == "enrolment.replaced"
    assert mei.home.live.let_gone == [place, place], "and is out of the class"


async def test_who_was_removed_is_told_and_is_back_when_brought_back(mei: Teacher) -> None:
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    path = f"{mei.path}/{made['id']}"
    assert (await mei.browser.send("DELETE", path)).status == 204
    assert (await mei.list())[0]["removed_at"] is not None
    for browser in (lin, await mei.opened(made["link"])):
        door = await mei.sees(browser)
        assert (door["you"], door["enrolment_fault"]) == (None, "enrolment.removed")
        assert not is_enrolled((await mei.seats(browser)).participant_id)
    assert (await mei.browser.post(f"{path}/restore")).json["removed_at"] is None
    assert (await mei.sees(lin))["you"]["enrolled"]
    assert is_enrolled((await mei.seats(lin)).participant_id)


@pytest.mark.parametrize("token", ["e.gone.0000", "e.x.", "e..x", "e.{id}.0000", "e.{id}.ü"])
async def test_a_made_up_link_opens_nothing(mei: Teacher, token: str) -> None:
    made = await mei.enrols()
    answer = await mei.home.browser().get(f"/enter/{token.format(**made)}")
    assert answer.status == 303
    assert answer.headers["location"] in ("/old-link", "/")
    assert "set-cookie" not in answer.headers


async def test_a_cookie_of_another_room_is_nobody(mei: Teacher) -> None:
    made = await mei.enrols()
    other = await mei.browser.makes_room("Physics")
    forged = {"Cookie": f"classroom_enrolled_{other['id']}={made['link'].rpartition('/')[2]}"}
    guest = await mei.home.browser().opens()
    door = await guest.get(f"/api/rooms/by-code/{other['code']}", headers=forged)
    assert (door.json["you"], door.json["enrolment_fault"]) == (None, None)


async def test_somebody_else_can_use_the_browser(mei: Teacher) -> None:
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    token = await mei.token(lin)
    assert (await lin.send("DELETE", f"{mei.door}/enrolled")).status == 204
    assert (await mei.sees(lin))["you"] is None
    guest = await mei.seats(lin, "Ann", existing=token)
    assert (guest.name, is_enrolled(guest.participant_id)) == ("Ann", False)


async def test_a_link_pressed_by_mistake_makes_nobody_somebody_else(mei: Teacher) -> None:
    lin, wu = await mei.enrols(), await mei.enrols("Wu Lan")
    host_link = f"/enter/{host_token(mei.home.doors.secret, mei.room['id'])}"
    teacher = await mei.opened(host_link)
    student = await mei.opened(wu["link"])
    for browser in (teacher, student, mei.browser):
        answer = await browser.get(lin["link"])
        assert answer.headers["location"] == f"/r/{mei.room['code']}#other"
        assert "set-cookie" not in answer.headers
    assert (await mei.seats(teacher)).role == "host"
    assert (await mei.seats(student)).name == "Wu Lan"
    await student.send("DELETE", f"{mei.door}/enrolled")
    await mei.opened(lin["link"], student)
    assert (await mei.seats(student)).name == "Lin Yue"
    await mei.opened(host_link, student)
    assert (await mei.seats(student)).role == "host"


async def test_the_owner_teaches_whatever_link_they_open(mei: Teacher) -> None:
    made = await mei.enrols()
    await mei.opened(made["link"], mei.browser)
    assert (await mei.seats(mei.browser, "Mei")).role == "host"


# Accounts


async def test_an_address_alone_proves_nothing(mei: Teacher) -> None:
    made = await mei.enrols(email="lin@example.org")
    lin = await mei.home.browser().signs_up("lin@example.org", "Lin")
    assert (await mei.sees(lin))["you"]["enrolled"] is False
    await mei.opened(made["link"], lin)
    assert (await mei.list())[0]["has_account"]
    elsewhere = await mei.home.browser().opens()
    body = {"email": "lin@example.org", "password": "correct horse battery"}
    assert (await elsewhere.post("/api/session", body)).status == 200
    assert (await mei.sees(elsewhere))["you"] == {
        "role": "student",
        "name": "Lin Yue",
        "enrolled": True,
    }


async def test_an_account_with_another_address_is_not_bound(mei: Teacher) -> None:
    made = await mei.enrols(email="lin@example.org")
    parent = await mei.home.browser().signs_up("parent@example.org", "Parent")
    await mei.opened(made["link"], parent)
    assert (await mei.sees(parent))["you"]["enrolled"], "in this browser"
    assert not (await mei.list())[0]["has_account"]


# Who comes in


async def test_only_enrolled_people_come_in_where_the_room_says_so(mei: Teacher) -> None:
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    guest = await mei.home.browser().opens()
    before = await mei.token(guest)
    inside = await mei.seats(guest, existing=before)
    await mei.settles(enrolled_only=True)
    assert (await mei.sees(guest))["enrolled_only"]
    assert await mei.refuses(guest) == "enrolment.only"
    assert await mei.refuses(guest, existing=before) == "enrolment.only"
    assert is_enrolled((await mei.seats(lin)).participant_id)
    assert (await mei.seats(mei.browser)).role == "host"
    mei.home.live.inside.add((mei.room["id"], inside.participant_id))
    assert (await mei.seats(guest, existing=before)).participant_id == inside.participant_id
    await mei.settles(enrolled_only=False)
    assert await mei.seats(await mei.home.browser().opens(), "Ann")


async def test_a_room_tells_how_enrolled_people_come_in(mei: Teacher) -> None:
    assert (mei.room["enrolled_pass_lobby"], mei.room["enrolled_only"]) == (True, False)
    await mei.settles(enrolled_pass_lobby=False)
    (room,) = (await mei.browser.get("/api/rooms")).json
    assert (room["enrolled_pass_lobby"], room["enrolled_only"]) == (False, False)


async def test_who_was_removed_from_a_class_stays_out_with_the_link_too(mei: Teacher) -> None:
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    seat = await mei.seats(lin)
    mei.home.live.removed.add(seat.participant_id)
    for browser in (lin, await mei.opened(made["link"])):
        assert await mei.refuses(browser) == "seat.removed"


async def test_a_full_room_has_no_place_for_them_either(mei: Teacher) -> None:
    made = await mei.enrols()
    lin = await mei.opened(made["link"])
    await mei.browser.send("PATCH", f"/api/rooms/{mei.room['id']}", {"capacity": 1})
    mei.home.live.rooms[mei.room["id"]] = LookTwin((), frozenset({"somebody"}))
    assert await mei.refuses(lin) == "room.full"


async def test_a_room_nobody_owns_has_no_list(home: House) -> None:
    room = await create_room("Demo class", owner_id=None, at=utc_now())
    stranger = await home.browser().signs_up()
    assert (await stranger.get(f"/api/rooms/{room.id}/enrolments")).code == "room.unknown"
