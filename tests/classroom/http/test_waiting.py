"""The waiting room and the desk over HTTP: who sees whom, whose turn it is, and going in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.ids import AccountId
from classroom.people.seat import SEAT_KEY, verify_seat
from classroom.store.booking_tables import Client
from classroom.store.practice_tables import Host, Member, Organisation
from tests.support.people import Browser, House
from tests.support.visited import PracticeRows, a_host, an_account

LEILA = {
    "name": "Leila",
    "reason": "The form closes tonight",
    "zone": "Asia/Tehran",
    "locale": "en",
}


class Reception:
    """A practice whose host is at the desk, and free now."""

    def __init__(self, home: House, host: Browser, practice: PracticeRows, page: str) -> None:
        self.home, self.host, self.practice, self.page = home, host, practice, page

    async def free(self, *, on: bool = True) -> Any:
        body = {"org": self.practice.org_id, "host_id": self.practice.host_id, "on": on}
        return await self.host.post("/api/desk/free", body)

    async def asks(self, browser: Browser | None = None, **more: Any) -> tuple[Browser, Any]:
        """A visitor who asks for a talk."""
        browser = browser or await self.home.browser().opens()
        return browser, await browser.post(f"{self.page}/now", {**LEILA, **more})

    async def waits(self, **more: Any) -> Visitor:
        """A visitor who is ready."""
        browser, answer = await self.asks(**more)
        assert answer.status == 201, answer.body
        visitor = Visitor(browser, answer.json["id"])
        await visitor.does("ready", {"on": True})
        return visitor

    async def desk(self, browser: Browser | None = None) -> Any:
        answer = await (browser or self.host).get(f"/api/desk?org={self.practice.org_id}")
        assert answer.status == 200, answer.body
        return answer.json

    async def does(self, visitor: Visitor, deed: str, body: Any = None) -> Any:
        return await self.host.post(f"/api/visits/{visitor.id}/{deed}", body)

    async def colleague(self, email: str, role: str) -> tuple[Browser, str]:
        browser = await self.home.browser().signs_up(email, email[:4])
        account = (await browser.get("/api/session")).json["account"]["id"]
        host_id = await a_host(self.practice.org_id, AccountId(account), role)
        self.home.doors.desks.changed(self.practice.org_id)
        return browser, host_id


class Visitor:
    """Somebody's browser in the waiting room."""

    def __init__(self, browser: Browser, visit_id: str) -> None:
        self.browser, self.id = browser, visit_id
        self.path = f"/api/mine/visits/{visit_id}"

    async def sees(self) -> Any:
        answer = await self.browser.get(self.path)
        assert answer.status == 200, answer.body
        return answer.json

    async def does(self, deed: str, body: Any = None) -> Any:
        return await self.browser.post(f"{self.path}/{deed}", body)


@pytest.fixture
async def reception(home: House) -> Reception:
    host = await home.browser().signs_up()
    account = (await host.get("/api/session")).json["account"]["id"]
    practice = await PracticeRows.make(AccountId(account))
    org = await Organisation.get(id=practice.org_id)
    row = await Host.get(id=practice.host_id)
    return Reception(home, host, practice, f"/api/book/{org.slug}/{row.slug}")


# Asking for a talk now


async def test_nobody_waits_for_who_is_not_free(reception: Reception) -> None:
    assert (await reception.asks())[1].code == "visit.busy"
    assert (await reception.free()).status == 200
    assert (await reception.asks())[1].status == 201
    await reception.free(on=False)
    assert (await reception.asks())[1].code == "visit.busy"


async def test_what_a_visitor_says_is_read(reception: Reception) -> None:
    await reception.free()
    for body, code in (
        ({"name": "  "}, "name.empty"),
        ({"reason": " "}, "body.malformed"),
        ({"zone": "Mars/Olympus"}, "booking.zone"),
        ({"email": "nobody"}, "account.invalid_email"),
        ({"website": "https://example.org"}, "visit.busy"),
    ):
        assert (await reception.asks(**body))[1].code == code
    browser = await reception.home.browser().opens()
    gone = reception.page.rsplit("/", 1)[0] + "/nobody/now"
    assert (await browser.post(gone, LEILA)).code == "host.unknown"


async def test_a_queue_and_an_address_have_bounds(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reception.free()
    monkeypatch.setattr("classroom.http.free_now.QUEUE_MAX", 1)
    await reception.waits()
    assert (await reception.asks())[1].code == "visit.full"
    monkeypatch.setattr("classroom.http.free_now.QUEUE_MAX", 100)
    codes = [(await reception.asks())[1].status for _ in range(11)]
    assert codes[-1] == 429


async def test_the_urgent_one_is_first_and_nobody_sees_another(reception: Reception) -> None:
    await reception.free()
    jonas = await reception.waits(name="Jonas", reason="Headset")
    leila = await reception.waits(urgent=True)
    assert ((await jonas.sees())["place"], (await leila.sees())["place"]) == (2, 1)
    assert "Leila" not in json.dumps(await jonas.sees())
    assert "Headset" not in json.dumps(await leila.sees())
    desk = await reception.desk()
    assert [one["name"] for one in desk["visits"]] == ["Leila", "Jonas"]
    assert [one["place"] for one in desk["visits"]] == [1, 2]
    await reception.does(jonas, "urgent", {"on": True})
    assert (await jonas.sees())["place"] == 1


async def test_a_visit_is_nobody_elses(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    stranger = Visitor(await reception.home.browser().opens(), leila.id)
    deeds: list[tuple[str, Any]] = [
        ("check", {}),
        ("ready", {}),
        ("reason", {"reason": "x"}),
        ("message", {"text": "x"}),
        ("agree", {"version_id": "x", "name": "x"}),
        ("leave", None),
        ("back", None),
        ("enter", None),
    ]
    for deed, body in deeds:
        assert (await stranger.does(deed, body)).code == "visit.unknown"
    for path in (stranger.path, f"{stranger.path}/stream", "/api/mine/visits/nobody"):
        assert (await stranger.browser.get(path)).code == "visit.unknown"
    forged = {"Cookie": f"classroom_visit_{leila.id}=0.1.{'0' * 64}"}
    assert (await stranger.browser.get(leila.path, headers=forged)).code == "visit.unknown"
    assert (await leila.sees())["state"] == "ready"


# What the desk does


async def test_the_check_and_the_reason_are_seen_at_the_desk(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    await leila.does("ready", {"on": False})
    await leila.does("check", {"camera": "works", "microphone": "silent"})
    await leila.does("check", {"network": "good", "seconds": 12})
    await leila.does("reason", {"reason": "  My visa ", "urgent": True})
    (seen,) = (await reception.desk())["visits"]
    assert (seen["state"], seen["reason"], seen["urgency"]) == ("checking", "My visa", "said")
    assert seen["checked"] == {
        "camera": "works",
        "microphone": "silent",
        "network": "good",
        "seconds": 12,
    }
    assert (await leila.does("check", {"camera": "FaceTime HD"})).code == "body.malformed"


async def test_both_sides_write(reception: Reception) -> None:
    await reception.free()
    leila, jonas = await reception.waits(), await reception.waits(name="Jonas")
    await leila.does("message", {"text": " The form is here \n"})
    await reception.does(leila, "message", {"text": "Thank you"})
    body = {"org": reception.practice.org_id, "text": "Five minutes"}
    assert (await reception.host.post("/api/desk/message", body)).status == 200
    told = [(one["by"], one["text"]) for one in (await leila.sees())["messages"]]
    assert told == [("me", "The form is here"), ("host", "Thank you"), ("host", "Five minutes")]
    assert [one["text"] for one in (await jonas.sees())["messages"]] == ["Five minutes"]
    assert (await leila.does("message", {"text": "  "})).code == "body.malformed"


async def test_somebody_is_let_in_and_comes_in(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    assert (await leila.does("enter")).code == "visit.not_admitted"
    await reception.does(leila, "call")
    assert (await leila.sees())["state"] == "called"
    answer = await reception.does(leila, "admit")
    assert answer.status == 200, answer.body
    code = answer.json["code"]
    assert (await reception.does(leila, "admit")).json == {"code": code}
    assert (await leila.sees())["state"] == "admitted"
    assert (await leila.does("enter")).json == {"code": code}
    assert (await leila.does("enter")).json == {"code": code}
    door = f"/api/rooms/by-code/{code}/seat"
    seat = await leila.browser.post(door, {"name": "x"})
    assert (seat.status, seat.json["role"]) == (200, "student")
    claims = verify_seat(
        seat.json["seat_token"], key=reception.home.doors.secret.key(SEAT_KEY), at=utc_now()
    )
    assert claims.name == "Leila"
    assert (await reception.host.post(door, {"name": "x"})).json["role"] == "host"
    (seen,) = (await reception.desk())["visits"]
    assert (seen["state"], seen["code"], seen["place"]) == ("inside", code, None)
    assert seen["booking_id"]


async def test_a_visitor_is_known_as_the_client_they_became_and_as_no_other(
    reception: Reception,
) -> None:
    await reception.free()
    leila = await reception.waits()
    await reception.does(leila, "admit")
    assert (await leila.browser.get("/api/mine")).json["bookings"] == []
    await leila.does("enter")
    (booking,) = (await leila.browser.get("/api/mine")).json["bookings"]
    assert booking["is_known"]
    client = await Client.get(name="Leila")
    await Client.filter(id=client.id).update(email="leila@example.org", is_proved=True)
    stranger = await reception.waits(email="leila@example.org")
    await reception.does(stranger, "admit")
    await stranger.does("enter")
    seen = (await stranger.browser.get("/api/mine")).json["bookings"]
    assert booking["id"] not in [one["id"] for one in seen]


async def test_a_host_without_a_talk_to_give_is_told_so(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    other = await an_account("Omar")
    bare = await a_host(reception.practice.org_id, other)
    reception.home.doors.desks.changed(reception.practice.org_id)
    await reception.does(leila, "pass", {"host_id": bare})
    assert (await reception.does(leila, "admit")).code == "offer.unknown"


async def test_somebody_is_refused_with_a_sentence(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    await reception.does(leila, "refuse", {"sentence": "Please book for tomorrow."})
    seen = await leila.sees()
    assert (seen["state"], seen["answer"]) == ("refused", "Please book for tomorrow.")
    assert (await leila.does("ready", {})).code == "visit.unknown"
    assert (await leila.does("back")).code == "visit.unknown"
    desk = await reception.desk()
    assert desk["visits"] == []
    assert [(one["name"], one["state"]) for one in desk["past"]] == [("Leila", "refused")]


async def test_who_left_can_come_back_to_the_end_of_the_queue(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    await leila.does("leave")
    assert (await reception.desk())["visits"] == []
    assert (await leila.does("back")).json["state"] == "checking"
    assert len((await reception.desk())["visits"]) == 1


# Who may lead whose queue


async def test_a_colleague_sees_only_their_own_queue(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    omar, omars = await reception.colleague("omar@example.org", "counsellor")
    desk = await reception.desk(omar)
    assert desk["visits"] == []
    assert {one["is_mine"] for one in desk["hosts"]} == {True, False}
    for deed, body in (("call", None), ("admit", None), ("refuse", {}), ("urgent", {"on": True})):
        assert (await omar.post(f"/api/visits/{leila.id}/{deed}", body)).code == "visit.unknown"
    body = {"org": reception.practice.org_id, "host_id": reception.practice.host_id, "on": False}
    assert (await omar.post("/api/desk/free", body)).code == "right.missing"
    assert (await omar.post("/api/desk/message", {"org": body["org"], "text": "x"})).status == 200
    assert (await leila.sees())["messages"] == []
    await reception.does(leila, "pass", {"host_id": omars})
    (seen,) = (await reception.desk(omar))["visits"]
    assert (seen["name"], seen["state"]) == ("Leila", "ready")
    assert (await leila.sees())["state"] == "ready"


async def test_reception_leads_all_queues_and_strangers_none(reception: Reception) -> None:
    await reception.free()
    leila = await reception.waits()
    front = await reception.home.browser().signs_up("front@example.org", "Front")
    account = (await front.get("/api/session")).json["account"]["id"]
    await Member.create(
        id="front",
        org_id=reception.practice.org_id,
        account_id=account,
        role="reception",
        created_at=utc_now(),
    )
    assert [one["name"] for one in (await reception.desk(front))["visits"]] == ["Leila"]
    assert (await front.post(f"/api/visits/{leila.id}/call")).status == 200
    await front.post(f"/api/visits/{leila.id}/message", {"text": "Hello"})
    assert [one["by"] for one in (await leila.sees())["messages"]] == ["desk"]
    stranger = await reception.home.browser().signs_up("x@example.org", "X")
    path = f"/api/desk?org={reception.practice.org_id}"
    for asked in (path, f"/api/desk/stream?org={reception.practice.org_id}"):
        assert (await stranger.get(asked)).code == "organisation.unknown"
    assert (await stranger.post(f"/api/visits/{leila.id}/admit")).code == "visit.unknown"
    assert (await reception.home.browser().get(path)).code == "session.required"


# Streams


async def test_the_desk_is_told_at_once_what_is_so(reception: Reception) -> None:
    await reception.free()
    path = f"/api/desk/stream?org={reception.practice.org_id}"
    async with reception.host.client.request(path) as stream:
        await stream.send_complete()
        first = (await stream.receive()).decode()
        assert first.startswith("event: now\ndata: {")
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert json.loads(first.split("data: ", 1)[1])["visits"] == []
        leila = await reception.waits()
        told = (await stream.receive()).decode()
        assert json.loads(told.split("data: ", 1)[1])["visits"][0]["id"] == leila.id
        (host,) = (await reception.desk())["hosts"]
        assert host["is_here"]
        await stream.disconnect()
