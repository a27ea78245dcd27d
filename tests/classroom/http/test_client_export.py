"""What is known of a client, taken away as one zip."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.support.booker import Practice, open_practice, visitor
from tests.support.people import Answer, Browser, House


@pytest.fixture
async def practice(home: House) -> Practice:
    return await open_practice(home, price=6000, pay="after")


def unpacked(answer: Answer) -> dict[str, bytes]:
    assert answer.status == 200, answer.body
    with zipfile.ZipFile(io.BytesIO(answer.body)) as files:
        assert files.testzip() is None
        return {one: files.read(one) for one in files.namelist()}


async def booked(practice: Practice, ana: Browser) -> tuple[str, str]:
    """The booking's id and its client's."""
    at = (await practice.free(ana))[200]
    made = (await practice.books(ana, at)).json
    found = await practice.mei.get(f"/api/clients?org={practice.org_id}&q=ana")
    return made["id"], found.json["clients"][0]["id"]


async def test_all_that_is_known_is_in_it(practice: Practice) -> None:
    ana = await visitor(practice.home)
    booking, client = await booked(practice, ana)
    await practice.mei.post(f"/api/clients/{client}/notes", {"body": "a private thought"})
    files = unpacked(await practice.mei.get(f"/api/clients/{client}/export.zip"))
    assert {"person.json", "talks.json", "signatures.json", "letters.json"} <= set(files)
    assert "notes.json" not in files
    (person,) = json.loads(files["person.json"])
    assert (person["name"], person["email"], person["with"]) == ("Ana", "ana@example.org", ["Mei"])
    assert not {"link_number", "code_number", "account_id"} & set(person)
    (talk,) = json.loads(files["talks.json"])
    assert (talk["id"], talk["price"], talk["with"]) == (booking, 6000, "Mei")
    letters = json.loads(files["letters.json"])
    assert letters
    assert not any("{{" in one["text"] for one in letters)
    assert b"private thought" not in b"".join(files.values())
    pdfs = [body for name, body in files.items() if name.startswith("receipts/")]
    assert all(body.startswith(b"%PDF") for body in pdfs)
    own = unpacked(await ana.get(f"/api/mine/bookings/{booking}/export.zip"))
    assert own.keys() == files.keys()


async def test_notes_are_in_it_when_the_organisation_says_so(practice: Practice) -> None:
    _, client = await booked(practice, await visitor(practice.home))
    await practice.mei.post(f"/api/clients/{client}/notes", {"body": "a private thought"})
    on = {"settings": {"notes_in_export": True}}
    await practice.mei.send("PATCH", f"/api/organisations/{practice.org_id}", on)
    files = unpacked(await practice.mei.get(f"/api/clients/{client}/export.zip"))
    assert json.loads(files["notes.json"])[0]["body"] == "a private thought"


async def test_nobody_else_takes_it_away(practice: Practice) -> None:
    ana = await visitor(practice.home)
    booking, client = await booked(practice, ana)
    eve = await practice.home.browser("10.0.0.66").signs_up("eve@example.org")
    assert (await eve.get(f"/api/clients/{client}/export.zip")).code == "client.unknown"
    assert (await eve.get(f"/api/mine/bookings/{booking}/export.zip")).code == "booking.unknown"
    told = await practice.mei.get(f"/api/organisations/{practice.org_id}/audit")
    assert "client.export" not in [one["what"] for one in told.json["lines"]]
