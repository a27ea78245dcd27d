"""Merging two clients over HTTP: who may, what is written down, and which links still open."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.store.booking_tables import Booking
from classroom.store.client_codes import renew_links
from classroom.store.clients import hand_over
from tests.support.booker import Practice, colleague, open_practice, visitor
from tests.support.people import Answer, Browser, House


class Twice:
    """Ana booked with two addresses, from two browsers."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        self.made: list[dict[str, Any]] = []
        self.clients: list[str] = []

    async def books(self, browser: Browser, email: str, nth: int) -> None:
        at = (await self.practice.free(browser))[nth]
        answer = await self.practice.books(browser, at, email=email)
        assert answer.status == 201, answer.body
        self.made.append(answer.json)
        self.clients.append((await Booking.get(id=answer.json["id"])).client_id)

    @property
    def path(self) -> str:
        return f"/api/clients/{self.clients[0]}/merge"

    async def merged(self, by: Browser, *take: str) -> Answer:
        return await by.post(self.path, {"client_id": self.clients[1], "take": list(take)})


@pytest.fixture
async def twice(home: House) -> Twice:
    one = Twice(await open_practice(home))
    await one.books(await visitor(home), "ana@example.org", 200)
    await one.books(await visitor(home, "10.0.0.8"), "ana@work.example", 300)
    return one


async def test_reception_merges_and_it_is_written_down(twice: Twice) -> None:
    practice = twice.practice
    reception = await colleague(practice, "reception", "rea@example.org")
    told = await twice.merged(reception, "email")
    assert told.status == 200, told.body
    assert told.json["email"] == "ana@work.example"
    assert {one["booking_id"] for one in told.json["talks"]} == {one["id"] for one in twice.made}
    keep, gone = twice.clients
    audit = (await practice.mei.get(f"/api/organisations/{practice.org_id}/audit")).json["lines"]
    assert [(one["of"], one["client_id"]) for one in audit if one["what"] == "client.merge"] == [
        (gone, keep)
    ]
    again = await twice.merged(reception)
    assert (again.status, again.json["email"]) == (200, "ana@work.example")
    old = await practice.mei.get(f"/api/clients/{gone}")
    assert (old.status, old.json["id"]) == (200, keep)
    note = await practice.mei.post(f"/api/clients/{gone}/notes", {"body": "x"})
    assert note.code == "client.erased"
    assert (await practice.mei.post(twice.path, {"client_id": keep})).code == "client.same"


async def test_a_counsellor_needs_both(twice: Twice) -> None:
    practice = twice.practice
    bo = await colleague(practice, "counsellor", "bo@example.org")
    hosts = (await bo.get(f"/api/organisations/{practice.org_id}")).json["hosts"]
    own = next(one["id"] for one in hosts if one["is_own"])
    for client in twice.clients:
        assert (await twice.merged(bo)).code == "client.unknown"
        await hand_over(practice.org_id, client, own, by="mei", at=utc_now())
    assert (await twice.merged(bo)).status == 200
    assert (await twice.merged(bo)).status == 200
    stranger = await practice.home.browser("10.0.0.7").signs_up("stranger@example.org")
    assert (await twice.merged(stranger)).code == "client.unknown"


async def test_old_links_open_until_there_are_new_ones(twice: Twice) -> None:
    practice, (keep, _) = twice.practice, twice.clients
    stranger = await visitor(practice.home, "10.0.0.7")

    async def opens(made: dict[str, Any]) -> int:
        head = {"X-Booking": made["token"]}
        return (await stranger.send("GET", "/api/mine/ticket", headers=head)).status

    assert [await opens(one) for one in twice.made] == [200, 200]
    assert (await twice.merged(practice.mei)).status == 200
    assert [await opens(one) for one in twice.made] == [200, 200]
    await renew_links(keep)
    assert [await opens(one) for one in twice.made] == [404, 404]


async def test_a_browser_known_as_the_other_shows_itself_again(home: House) -> None:
    """Whoever merges may be wrong: the other's browser alone opens nothing of this one's."""
    twice = Twice(await open_practice(home))
    await twice.books(await visitor(home), "ana@example.org", 200)
    browser = await visitor(home, "10.0.0.8")
    await twice.books(browser, "ana@work.example", 300)
    await twice.practice.proves(browser, twice.made[1]["id"])
    assert len((await browser.get("/api/mine")).json["bookings"]) == 1
    assert (await twice.merged(twice.practice.mei)).status == 200
    assert (await browser.get("/api/mine")).json["bookings"] == []
