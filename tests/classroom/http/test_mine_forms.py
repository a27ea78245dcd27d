"""Texts that are signed with a booking and after it, by whom, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.store.booking_tables import Client
from tests.support.booker import Practice, open_practice, visitor
from tests.support.people import Browser, House

TEXTS = {"en": {"title": "Consent", "text": "I agree."}}


@pytest.fixture
async def practice(home: House) -> Practice:
    return await open_practice(home)


async def asks(practice: Practice) -> dict[str, Any]:
    """A text the offer asks for; its newest version."""
    path = f"/api/organisations/{practice.org_id}/forms"
    form = (await practice.mei.post(path, {"texts": TEXTS})).json
    offer = f"/api/offers/{practice.offer_id}"
    changed = await practice.mei.send("PATCH", offer, {"form_ids": [form["id"]]})
    assert changed.status == 200, changed.body
    return dict(form)


async def booked(practice: Practice, browser: Browser, **more: Any) -> str:
    at = (await practice.free(browser))[200]
    answer = await practice.books(browser, at, **more)
    assert answer.status == 201, answer.body
    return f"/api/mine/bookings/{answer.json['id']}/forms"


async def test_what_is_agreed_to_while_booking_is_signed(practice: Practice) -> None:
    form = await asks(practice)
    ana = await visitor(practice.home)
    (asked,) = (await ana.get(f"/api/offers/{practice.offer_id}/forms")).json
    assert asked["version_id"] == form["newest"]["id"]
    assert asked["texts"] == TEXTS
    path = await booked(practice, ana, agreed=[asked["version_id"]])
    told = (await ana.get(path)).json
    assert told["to_sign"] == []
    assert [(one["name"], one["sha"]) for one in told["signatures"]] == [("Ana", asked["sha"])]
    chain = (await practice.mei.get(f"/api/organisations/{practice.org_id}/signatures")).json
    assert (len(chain["lines"]), chain["broken_at"]) == (1, None)
    nobody = await visitor(practice.home, "10.0.0.30")
    assert (await nobody.get(path)).code == "booking.unknown"
    assert (await nobody.get("/api/offers/nothing/forms")).code == "offer.unknown"


async def test_an_old_text_books_nothing(practice: Practice) -> None:
    form = await asks(practice)
    newer = {"texts": {"en": {"title": "Consent", "text": "I agree to more."}}}
    path = f"/api/organisations/{practice.org_id}/forms/{form['id']}/versions"
    assert (await practice.mei.post(path, newer)).status == 201
    ana = await visitor(practice.home)
    at = (await practice.free(ana))[200]
    old = await practice.books(ana, at, agreed=[form["newest"]["id"]])
    assert old.code == "form.changed"
    assert await Client.all().count() == 0
    assert at in await practice.free(ana)


async def test_a_text_is_signed_later_and_taken_back(practice: Practice) -> None:
    form = await asks(practice)
    version = form["newest"]["id"]
    ana = await visitor(practice.home)
    path = await booked(practice, ana)
    told = (await ana.get(path)).json
    assert [one["version_id"] for one in told["to_sign"]] == [version]
    assert (await ana.post(path, {"version_id": "x", "name": "Ana"})).code == "form.unknown"
    assert (await ana.post(path, {"version_id": version, "name": " "})).code == "name.empty"
    signed = (await ana.post(path, {"version_id": version, "name": "Ana Silva"})).json
    assert (signed["to_sign"], signed["signatures"][0]["name"]) == ([], "Ana Silva")
    client = await Client.get()
    seen = (await practice.mei.get(f"/api/clients/{client.id}")).json
    assert [one["is_withdrawal"] for one in seen["signatures"]] == [False]
    back = (await ana.send("DELETE", f"{path}/{version}")).json
    assert [one["version_id"] for one in back["to_sign"]] == [version]
    assert [one["is_withdrawal"] for one in back["signatures"]] == [True, False]
    assert (await ana.send("DELETE", f"{path}/{version}")).code == "form.unknown"


async def test_the_private_link_alone_signs_nothing(practice: Practice) -> None:
    form = await asks(practice)
    ana = await visitor(practice.home)
    at = (await practice.free(ana))[200]
    made = (await practice.books(ana, at)).json
    path = f"/api/mine/bookings/{made['id']}/forms"
    other = await visitor(practice.home, "10.0.0.31")
    link = {"X-Booking": made["token"]}
    body = {"version_id": form["newest"]["id"], "name": "Eve"}
    assert (await other.get(path, headers=link)).code == "booking.digits"
    assert (await other.post(path, body, headers=link)).code == "booking.digits"
