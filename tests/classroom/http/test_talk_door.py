"""The door of a talk's room: who comes in, and who does not, whatever they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from classroom.ids import AccountId
from classroom.people.links import enrolment_token
from classroom.store.enrolments import EnrolmentRow
from classroom.store.rooms import RoomRow
from classroom.store.visits import VisitRow, turn_visit
from tests.support.people import Browser, House
from tests.support.visited import NOW_S, PracticeRows


@dataclass
class Talk:
    """A host's talk with a client who waits in front of the door."""

    home: House
    host: Browser
    practice: PracticeRows
    room: RoomRow
    enrolment: EnrolmentRow
    visit: VisitRow

    @property
    def door(self) -> str:
        return f"/api/rooms/by-code/{self.room.code}"

    async def client(self) -> Browser:
        """The client's browser."""
        browser = await self.home.browser().opens()
        token = enrolment_token(self.home.doors.secret, self.enrolment.ticket)
        assert (await browser.get(f"/enter/{token}")).status == 303
        return browser

    async def seat(self, browser: Browser, **body: Any) -> Any:
        return await browser.post(f"{self.door}/seat", {"name": "Min-jun", **body})

    async def refuses(self, browser: Browser, **body: Any) -> str:
        answer = await self.seat(browser, **body)
        assert answer.status == 403, answer.body
        return str(answer.code)


async def a_talk(home: House) -> Talk:
    host = await home.browser().signs_up()
    account = (await host.get("/api/session")).json["account"]["id"]
    practice = await PracticeRows.make(AccountId(account))
    who = await practice.books()
    room, enrolment = await practice.seats(who)
    return Talk(home, host, practice, room, enrolment, await practice.comes(who))


@pytest.fixture
async def talk(home: House) -> Talk:
    return await a_talk(home)


async def test_the_host_comes_in_as_who_leads_it(talk: Talk) -> None:
    answer = await talk.seat(talk.host)
    assert (answer.status, answer.json["role"]) == (200, "host")


async def test_the_client_comes_in_when_they_are_let_in_and_not_before(talk: Talk) -> None:
    client = await talk.client()
    assert await talk.refuses(client) == "visit.not_admitted"
    await talk.practice.admits(talk.visit, talk.enrolment)
    answer = await talk.seat(client)
    assert (answer.status, answer.json["role"]) == (200, "student")


async def test_a_seat_of_a_talk_that_is_over_opens_nothing(talk: Talk) -> None:
    client = await talk.client()
    await talk.practice.admits(talk.visit, talk.enrolment)
    seat = (await talk.seat(client)).json["seat_token"]
    shown = {"Authorization": f"Seat {seat}"}
    assert (await client.get(f"{talk.door}/files/x", headers=shown)).code != "visit.not_admitted"
    await turn_visit(talk.visit.id, "end", now_s=NOW_S)
    assert (await client.get(f"{talk.door}/files/x", headers=shown)).code == "visit.not_admitted"
    assert await talk.refuses(client, existing=seat) == "visit.not_admitted"
    guest = await talk.home.browser().opens()
    assert await talk.refuses(guest, existing=seat) == "enrolment.only"


async def test_nobody_else_comes_in(talk: Talk) -> None:
    await talk.practice.admits(talk.visit, talk.enrolment)
    guest = await talk.home.browser().opens()
    assert await talk.refuses(guest) == "enrolment.only"
    somebody = await talk.home.browser().signs_up("leila@example.org", "Leila")
    assert await talk.refuses(somebody) == "enrolment.only"


async def test_another_clients_link_opens_another_door(talk: Talk) -> None:
    await talk.practice.admits(talk.visit, talk.enrolment)
    who = await talk.practice.books("Leila")
    _, enrolment = await talk.practice.seats(who)
    browser = await talk.home.browser().opens()
    await browser.get(f"/enter/{enrolment_token(talk.home.doors.secret, enrolment.ticket)}")
    assert await talk.refuses(browser) == "enrolment.only"


async def test_a_talk_stands_on_no_list_of_rooms(talk: Talk) -> None:
    assert (await talk.host.get("/api/rooms")).json == []


async def test_a_door_that_was_opened_to_all_stays_closed(talk: Talk) -> None:
    path = f"/api/rooms/{talk.room.id}"
    answer = await talk.host.send("PATCH", path, {"enrolled_only": False})
    assert answer.status == 200
    assert await talk.refuses(await talk.home.browser().opens()) == "enrolment.only"
