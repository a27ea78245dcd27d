"""Bookings at the desk: on behalf, moved, cancelled, held; and who sees what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from classroom.booking.zone import iso_s
from classroom.clock import utc_now
from classroom.store.booking_rooms import room_for
from classroom.store.booking_tables import Appointment, Booking
from classroom.store.letter_tables import Letter
from tests.support.booker import Practice, colleague, open_practice, visitor
from tests.support.file_desk import a_paper
from tests.support.people import Answer, House


@pytest.fixture
async def practice(home: House) -> Practice:
    return await open_practice(home)


async def on_behalf(practice: Practice, at: str, **more: Any) -> Answer:
    body = {
        "host_id": practice.host_id,
        "offer_id": practice.offer_id,
        "at": at,
        "client": {"name": "Ben", "email": "ben@example.org"},
        **more,
    }
    return await practice.mei.post("/api/bookings", body)


async def test_booking_on_behalf(practice: Practice) -> None:
    times = await practice.free(practice.mei)
    made = await on_behalf(practice, times[100])
    assert made.status == 201, made.body
    told = made.json
    assert (told["made_by"], told["client"]["name"], told["state"]) == ("host", "Ben", "booked")
    assert [line["by_name"] for line in told["lines"]] == ["Mei"]
    again = await on_behalf(practice, times[100])
    assert again.code == "booking.taken"
    assert again.json["params"]["next"]
    known = await on_behalf(practice, times[110], client=None, client_id=told["client"]["id"])
    assert known.json["client"] == told["client"]
    both = await on_behalf(practice, times[120])
    assert both.json["client"] == told["client"]  # the same address at the desk is the same client
    none = await on_behalf(practice, times[130], client=None)
    assert none.code == "body.malformed"


async def test_anyway_is_beside_the_bounds_and_never_over_what_is_taken(practice: Practice) -> None:
    soon = utc_now() + timedelta(minutes=20)
    at_s = int(soon.timestamp()) // 300 * 300
    at = iso_s(at_s)
    assert (await on_behalf(practice, at)).code in ("booking.early", "booking.closed")
    made = await on_behalf(practice, at, anyway=True, tell=False)
    assert made.status == 201, made.body
    assert (await on_behalf(practice, at, anyway=True)).code == "booking.taken"
    assert not await Letter.filter(kind="made").exists()


async def files_of_the_talk(practice: Practice, booking_id: str) -> tuple[str, str]:
    """One that was sent to all in the class, and one that was sent to one person."""
    row = await Booking.get(id=booking_id)
    at = utc_now()
    room = await room_for(row.appointment_id, host_id=practice.host_id, policy="ask", at=at)
    for file_id, name, scope in (("paper", "plan.pdf", "room"), ("note", "n.pdf", "to:somebody")):
        await a_paper(practice.home, room.id, file_id, name, scope)
    return "paper", "note"


async def test_one_booking_through_its_life(practice: Practice) -> None:
    ana = await visitor(practice.home)
    times = await practice.free(ana)
    booked = (await practice.books(ana, times[200])).json
    path = f"/api/bookings/{booked['id']}"
    listed = (await practice.mei.get(f"/api/bookings?org={practice.org_id}")).json
    assert [one["id"] for one in listed["bookings"]] == [booked["id"]]
    move = {"at": times[210], "revision": 0}
    moved = await practice.mei.post(f"{path}/move", move)
    assert (moved.json["from"], moved.json["revision"]) == (times[210], 1)
    assert (await practice.mei.post(f"{path}/move", move)).code == "booking.moved"
    early = await practice.mei.post(f"{path}/missed", {"who": "client"})
    assert early.code == "booking.unbegun"
    assert (await practice.mei.post(f"{path}/held")).code == "booking.unbegun"
    await Appointment.all().update(from_s=int(utc_now().timestamp()) // 300 * 300 - 3600)
    assert (await practice.mei.post(f"{path}/held")).json["state"] == "held"
    assert (await practice.mei.post(f"{path}/correct")).json["state"] == "missed"
    assert (await practice.mei.post(f"{path}/correct")).json["state"] == "held"
    paper, secret = await files_of_the_talk(practice, booked["id"])
    summary = {"text": "We spoke of marks.", "files": [{"id": paper}]}
    wrong = {**summary, "files": [{"id": secret}]}
    assert (await practice.mei.post(f"{path}/summary", wrong)).code == "file.unknown"
    told = await practice.mei.post(f"{path}/summary", summary)
    assert told.json["summary"] == "We spoke of marks."
    mine = (await ana.get("/api/mine")).json["bookings"][0]
    assert (mine["summary"], mine["files"][0]["name"]) == ("We spoke of marks.", "plan.pdf")
    below = f"/api/mine/bookings/{booked['id']}/files"
    assert (await ana.get(f"{below}/{paper}")).body == b"paper"
    assert (await ana.get(f"{below}/{secret}")).code == "file.unknown"
    phone = await visitor(practice.home, "10.0.0.20")
    link = {"X-Booking": booked["token"]}
    assert (await phone.get(f"{below}/{paper}", headers=link)).code == "booking.digits"
    assert await Letter.filter(kind="summary").count() == 1
    deeds = [line["deed"] for line in (await practice.mei.get(path)).json["lines"]]
    assert deeds == ["make", "move", "held", "correct", "correct", "summary"]
    late = await practice.mei.post(f"{path}/cancel", {})
    assert late.code == "booking.begun"


async def test_cancelling_tells_or_does_not(practice: Practice) -> None:
    times = await practice.free(practice.mei)
    first = (await on_behalf(practice, times[100])).json["id"]
    second = (await on_behalf(practice, times[110])).json["id"]
    body = {"why": "I am ill", "tell": True}
    gone = await practice.mei.post(f"/api/bookings/{first}/cancel", body)
    assert gone.json["state"] == "cancelled"
    assert (await practice.mei.post(f"/api/bookings/{first}/cancel", body)).status == 200
    await practice.mei.post(f"/api/bookings/{second}/cancel", {"tell": False})
    letters = await Letter.filter(kind="cancelled")
    assert [one.booking for one in letters] == [first]
    assert "I am ill" in letters[0].text


async def test_who_sees_what(practice: Practice) -> None:
    field = {"id": "why", "kind": "text", "label": "Why", "help": "", "choices": []}
    fields = [
        {**field, "is_required": False, "is_private": False},
        {**field, "id": "ill", "label": "Illness", "is_required": False, "is_private": True},
    ]
    offer = await practice.offers(intake=fields)
    ana = await visitor(practice.home)
    at = (await practice.free(ana, offer["id"]))[200]
    said = {"why": "Marks", "ill": "Asthma"}
    booked = await practice.books(ana, at, offer_id=offer["id"], intake=said)
    path = f"/api/bookings/{booked.json['id']}"
    assert [one["answer"] for one in (await practice.mei.get(path)).json["intake"]] == [
        "Marks",
        "Asthma",
    ]
    reception = await colleague(practice, "reception", "rita@example.org")
    assert [one["answer"] for one in (await reception.get(path)).json["intake"]] == ["Marks"]
    assert (await reception.post(f"{path}/summary", {"text": "x"})).code == "right.missing"
    opened = {"settings": {"reception_reads_intake": True}}
    await practice.mei.send("PATCH", f"/api/organisations/{practice.org_id}", opened)
    assert len((await reception.get(path)).json["intake"]) == 2
    other = await colleague(practice, "counsellor", "otto@example.org")
    listing = f"/api/bookings?org={practice.org_id}"
    assert (await other.get(listing)).json["bookings"] == []
    assert len((await reception.get(listing)).json["bookings"]) == 1
    stranger = await practice.home.browser("10.0.0.5").signs_up("eve@example.org", "Eve")
    never = await stranger.get("/api/bookings/AAAAAAAAAAAAAAAA")
    for who in (other, stranger):
        for method, below, body in (
            ("GET", "", None),
            ("POST", "/move", {"at": at, "revision": 0}),
            ("POST", "/cancel", {}),
            ("POST", "/held", None),
            ("POST", "/missed", {}),
            ("POST", "/correct", None),
            ("POST", "/summary", {"text": "x"}),
            ("PATCH", "", {"is_shown": True}),
        ):
            answer = await who.send(method, path + below, body)
            assert (answer.status, answer.body) == (never.status, never.body), (method, below)
    assert (await stranger.get(listing)).code == "organisation.unknown"
    nobody = await visitor(practice.home, "10.0.0.6")
    assert (await nobody.get(path)).code == "session.required"
    assert (await Booking.get()).state == "booked"


async def test_an_address_makes_no_colleagues_client_ones_own(practice: Practice) -> None:
    times = await practice.free(practice.mei)
    hers = (await on_behalf(practice, times[100])).json["client"]["id"]
    otto = await colleague(practice, "counsellor", "otto@example.org")
    listed = (await otto.get(f"/api/organisations/{practice.org_id}/hosts")).json
    host = listed[0]["id"]
    hours = {
        "zone": "UTC",
        "hours": [{"weekday": d, "from_min": 0, "to_min": 1440} for d in range(7)],
    }
    assert (await otto.send("PUT", f"/api/hosts/{host}/hours", hours)).status == 200
    offer = await otto.post(f"/api/hosts/{host}/offers", {"name": "T", "minutes": 30, "intake": []})
    body = {
        "host_id": host,
        "offer_id": offer.json["id"],
        "at": times[100],
        "client": {"name": "B", "email": "ben@example.org"},
    }
    made = await otto.post("/api/bookings", body)
    assert made.status == 201, made.body
    assert made.json["client"]["id"] != hers
    known = {**body, "at": times[110], "client": None, "client_id": hers}
    assert (await otto.post("/api/bookings", known)).code == "client.unknown"
    again = {**body, "at": times[110]}
    assert (await otto.post("/api/bookings", again)).json["client"] == made.json["client"]


async def test_hosts_and_offers_are_their_own_peoples(practice: Practice) -> None:
    other = await colleague(practice, "counsellor", "otto@example.org")
    reception = await colleague(practice, "reception", "rita@example.org")
    path = f"/api/hosts/{practice.host_id}"
    new = {"name": "X", "minutes": 30}
    assert (await other.get(path)).code == "host.unknown"
    assert (await other.post(f"{path}/offers", new)).code == "host.unknown"
    assert (await reception.get(f"{path}/offers")).status == 200
    assert (await reception.post(f"{path}/offers", new)).code == "right.missing"
    offer = f"/api/offers/{practice.offer_id}"
    assert (await other.send("PATCH", offer, {"price": 1})).code == "host.unknown"
    changed = await practice.mei.send("PATCH", offer, {"price": 6000, "pay": "after"})
    assert (changed.json["price"], changed.json["seats"]) == (6000, 1)
    for wrong in ({"minutes": 7}, {"seats": 0}, {"price": -1}, {"hours": [{"weekday": 9}]}):
        answer = await practice.mei.send("PATCH", offer, wrong)
        assert answer.code in ("body.malformed", "hours.wrong"), wrong
    hosts = f"/api/organisations/{practice.org_id}/hosts"
    made = await practice.mei.post(hosts, {"name": "Room 2", "slug": "two", "zone": "Asia/Tokyo"})
    assert made.status == 201
    taken = await practice.mei.post(hosts, {"name": "Room", "slug": "two", "zone": "UTC"})
    assert taken.code == "organisation.slug"
    assert (await reception.post(hosts, {"name": "R", "slug": "r2", "zone": "UTC"})).code == (
        "right.missing"
    )


async def test_a_host_who_was_removed_keeps_what_was_booked(practice: Practice) -> None:
    ana = await visitor(practice.home)
    times = await practice.free(ana)
    booked = (await practice.books(ana, times[200])).json
    assert (await practice.mei.send("DELETE", f"/api/hosts/{practice.host_id}")).status == 204
    assert (await ana.get(practice.path)).code == "host.unknown"
    path = f"/api/mine/bookings/{booked['id']}"
    mine = (await ana.get(path)).json
    assert (mine["state"], mine["may"]["move"], mine["may"]["cancel"]) == ("booked", "no", "yes")
    move = await ana.post(f"{path}/move", {"at": times[220], "revision": 0})
    assert move.code == "host.unknown"
    assert (await practice.mei.get(f"/api/bookings/{booked['id']}")).status == 200
    assert (await ana.post(f"{path}/cancel", {})).json["state"] == "cancelled"
