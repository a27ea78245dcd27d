"""Coming to the waiting room of an appointment: when, by whom, and what a passed-on link tells."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.http.visit_begin import EARLY_MIN
from classroom.ids import AccountId
from classroom.people.client_link import Shown, known_cookie, ticket_token
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Appointment, Booking
from classroom.store.clients_found import find_client
from classroom.store.practice_tables import Member, Offer
from tests.support.people import Browser, House
from tests.support.visited import Person, PracticeRows


class Coming:
    """A host, and a client with an appointment that begins in some minutes."""

    def __init__(self, home: House, host: Browser, practice: PracticeRows, who: Person) -> None:
        self.home, self.host, self.practice, self.who = home, host, practice, who
        self.path = f"/api/mine/bookings/{who.booking_id}/visit"

    @property
    def link(self) -> dict[str, str]:
        """What a page shows that was opened by the private link."""
        shown = Shown(self.who.client_id, 1)
        token = ticket_token(self.home.doors.secret, self.who.booking_id, shown, 1)
        return {"X-Booking": token}

    async def comes(self, browser: Browser | None = None, **more: Any) -> tuple[Browser, Any]:
        browser = browser or await self.home.browser().opens()
        return browser, await browser.post(self.path, headers=self.link, **more)

    async def begins_in(self, minutes: int) -> None:
        at = utc_now() + timedelta(minutes=minutes)
        from_s = int(at.timestamp()) // 300 * 300
        await Appointment.filter(id=self.who.appointment_id).update(
            from_s=from_s, to_s=from_s + 1800
        )

    async def desk(self) -> Any:
        self.home.doors.desks.changed(self.practice.org_id)
        return (await self.host.get(f"/api/desk?org={self.practice.org_id}")).json


@pytest.fixture
async def coming(home: House) -> Coming:
    host = await home.browser().signs_up()
    account = (await host.get("/api/session")).json["account"]["id"]
    practice = await PracticeRows.make(AccountId(account))
    made = Coming(home, host, practice, await practice.books())
    await made.begins_in(10)
    return made


async def test_a_client_comes_by_their_link_and_again_to_the_same_visit(coming: Coming) -> None:
    browser, answer = await coming.comes()
    assert answer.status == 201, answer.body
    assert (answer.json["state"], answer.json["place"]) == ("checking", 1)
    assert answer.json["planned"]
    again = await coming.comes(browser)
    assert again[1].json["id"] == answer.json["id"]
    (seen,) = (await coming.desk())["visits"]
    assert (seen["name"], seen["booking_id"]) == ("Min-jun", coming.who.booking_id)


async def test_a_link_alone_tells_nobody_who_the_client_is(coming: Coming) -> None:
    client = await find_client(coming.who.client_id)
    assert client is not None
    cookie = known_cookie(coming.home.doors.secret, [Shown(client.id, client.standing)])
    own = await coming.home.browser().opens()
    own.client.set_cookie("localhost", "classroom_client", cookie)
    mine = (await own.post(coming.path)).json
    assert mine["name"] == "Min-jun"
    path = f"/api/mine/visits/{mine['id']}"
    await own.post(f"{path}/reason", {"reason": "My visa"})
    await own.post(f"{path}/message", {"text": "I am here"})
    assert (await coming.desk())["visits"][0]["is_known"]
    other, answer = await coming.comes()
    assert (answer.json["name"], answer.json["reason"], answer.json["messages"]) == ("", "", [])
    assert not (await coming.desk())["visits"][0]["is_known"]
    await coming.host.post(f"/api/visits/{mine['id']}/message", {"text": "One moment"})
    assert [one["text"] for one in (await other.get(path)).json["messages"]] == ["One moment"]
    assert len((await own.get(path)).json["messages"]) == 2


@pytest.mark.parametrize("is_private", [False, True])
async def test_why_they_come_was_written_when_they_booked(coming: Coming, is_private: bool) -> None:
    field = {"id": "why", "kind": "long", "label": "Why?", "is_private": is_private}
    await Offer.filter(host_id=coming.practice.host_id).update(intake=json.dumps([field]))
    answers = json.dumps({"why": "The form closes tonight"})
    await Booking.filter(id=coming.who.booking_id).update(intake=answers)
    browser, answer = await coming.comes()
    assert answer.json["reason"] == ""  # by the link alone
    assert (await coming.desk())["visits"][0]["reason"] == "The form closes tonight"
    await Member.filter(org_id=coming.practice.org_id).update(role="reception")
    seen = (await coming.desk())["visits"][0]["reason"]
    assert seen == ("" if is_private else "The form closes tonight")
    path = f"/api/mine/visits/{answer.json['id']}/reason"
    await browser.post(path, {"reason": "And something else"})
    assert (await coming.desk())["visits"][0]["reason"] == "And something else"


@pytest.mark.parametrize("header", ["", "k.nobody.0", "x" * 500])
async def test_a_wrong_link_opens_nothing(coming: Coming, header: str) -> None:
    browser = await coming.home.browser().opens()
    answer = await browser.post(coming.path, headers={"X-Booking": header})
    assert (answer.status, answer.code) == (404, "booking.unknown")


async def test_the_waiting_room_opens_a_quarter_of_an_hour_before(coming: Coming) -> None:
    await coming.begins_in(EARLY_MIN + 10)
    answer = (await coming.comes())[1]
    assert (answer.code, answer.json["params"]) == ("visit.early", {"minutes": EARLY_MIN})
    await coming.begins_in(-90)
    assert (await coming.comes())[1].code == "booking.over"


async def test_nobody_waits_for_what_was_cancelled(coming: Coming) -> None:
    browser, answer = await coming.comes()
    bookings = coming.home.doors.appointments.bookings
    by = By("account", "x")
    await bookings.drop(coming.who.booking_id, by=by, why="", at=utc_now())
    seen = await browser.get(f"/api/mine/visits/{answer.json['id']}")
    assert (seen.json["state"], seen.json["place"]) == ("over", None)
    assert (await coming.comes())[1].code == "booking.over"
    assert (await coming.desk())["visits"] == []


async def test_who_left_is_back_and_who_was_refused_reads_why(coming: Coming) -> None:
    browser, answer = await coming.comes()
    path = f"/api/mine/visits/{answer.json['id']}"
    await browser.post(f"{path}/leave")
    assert (await coming.comes(browser))[1].json["state"] == "checking"
    await coming.host.post(
        f"/api/visits/{answer.json['id']}/refuse", {"sentence": "Helen is ill today."}
    )
    told = (await coming.comes(browser))[1].json
    assert (told["state"], told["answer"]) == ("refused", "Helen is ill today.")
    assert (await Booking.get(id=coming.who.booking_id)).state == "booked"
