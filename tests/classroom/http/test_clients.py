"""Clients and notes over HTTP: what each role sees, and that it is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from classroom.ids import AccountId
from tests.classroom.http.test_organisations import joins
from tests.support.people import Answer, Browser, House
from tests.support.practice import Practiced, a_booking, a_client, practice_of


@dataclass
class Team:
    """A practice whose administrator has a client; a colleague has another."""

    practice: Practiced
    org: dict[str, Any]
    admin: Browser
    reception: Browser
    counsellor: Browser
    stranger: Browser
    other_client: str
    """The counsellor's."""

    async def of(self, who: str, ask: str, json: Any = None) -> Answer:
        browser: Browser = getattr(self, who)
        method, path = ask.split()
        return await browser.send(method, path, json)


@pytest.fixture
async def team(home: House) -> Team:
    admin = await home.browser().signs_up()
    account = (await admin.get("/api/session")).json["account"]["id"]
    practice = await practice_of(AccountId(account))
    (org,) = (await admin.get("/api/organisations")).json
    reception = await joins(home, admin, org, "reception")
    counsellor = await joins(home, admin, org, "counsellor")
    theirs = (await counsellor.get(f"/api/organisations/{org['id']}")).json["hosts"]
    host = next(one["id"] for one in theirs if one["is_own"])
    other = await a_client(org["id"], "other", "Lin Yue", "lin@example.org")
    await a_booking(org["id"], host, practice.offer_id, other, "booking-other")
    stranger = await home.browser().signs_up("stranger@example.org")
    return Team(practice, org, admin, reception, counsellor, stranger, other)


async def names(team: Team, who: str, q: str = "") -> list[str]:
    answer = await team.of(who, f"GET /api/clients?org={team.org['id']}&q={q}")
    return [one["name"] for one in answer.json["clients"]]


async def test_counsellors_see_their_own_clients_alone(team: Team) -> None:
    assert await names(team, "admin") == ["Lin Yue", "Wei Chen"]
    assert await names(team, "reception") == ["Lin Yue", "Wei Chen"]
    assert await names(team, "counsellor") == ["Lin Yue"]
    assert await names(team, "admin", "WEI") == ["Wei Chen"]
    assert await names(team, "admin", "chen%20example.org") == ["Wei Chen"]
    assert await names(team, "counsellor", "wei") == []
    denied = await team.of("stranger", f"GET /api/clients?org={team.org['id']}")
    assert denied.code == "organisation.unknown"


async def test_anothers_client_is_as_one_who_does_not_exist(team: Team) -> None:
    client = team.practice.client_id
    there, nowhere = [
        await team.of("counsellor", f"GET /api/clients/{one}") for one in (client, "nobody")
    ]
    assert there.status == nowhere.status == 404
    assert there.body == nowhere.body
    for ask, body in (
        (f"PATCH /api/clients/{client}", {"name": "x"}),
        (f"POST /api/clients/{client}/hosts", {"host_id": "x"}),
        (f"GET /api/clients/{client}/notes", None),
        (f"POST /api/clients/{client}/notes", {"body": "x"}),
    ):
        for who in ("counsellor", "stranger"):
            assert (await team.of(who, ask, body)).code == "client.unknown", (who, ask)


async def test_handing_over_makes_them_theirs(team: Team) -> None:
    client = team.practice.client_id
    hosts = (await team.counsellor.get(f"/api/organisations/{team.org['id']}")).json["hosts"]
    host = next(one["id"] for one in hosts if one["is_own"])
    path = f"/api/clients/{client}/hosts"
    assert (await team.admin.post(path, {"host_id": "nobody"})).code == "host.unknown"
    told = (await team.admin.post(path, {"host_id": host})).json
    assert {one["id"] for one in told["hosts"]} == {team.practice.host_id, host}
    assert (await team.counsellor.get(f"/api/clients/{client}")).json["name"] == "Wei Chen"
    assert await names(team, "counsellor") == ["Lin Yue", "Wei Chen"]


async def test_reception_sees_neither_notes_nor_private_answers(team: Team) -> None:
    client = team.practice.client_id
    await team.admin.post(f"/api/clients/{client}/notes", {"body": "a secret"})
    path = f"/api/organisations/{team.org['id']}"
    for reads, who in ((True, "admin"), (False, "reception")):
        told = (await team.of(who, f"GET /api/clients/{client}")).json
        (talk,) = told["talks"]
        assert [one["answer"] for one in talk["intake"]] == (["sleep"] if reads else [])
        assert ("notes.write" in told["may"]) is reads
        assert "a secret" not in str(told)
    denied = await team.of("reception", f"GET /api/clients/{client}/notes")
    assert denied.code == "right.missing"
    found = await team.of("reception", f"GET /api/notes?org={team.org['id']}&q=secret")
    assert found.code == "right.missing"
    opened = {"settings": {"reception_reads_intake": True}}
    assert (await team.admin.send("PATCH", path, opened)).status == 200
    told = (await team.of("reception", f"GET /api/clients/{client}")).json
    assert told["talks"][0]["intake"][0]["answer"] == "sleep"


async def test_a_note_is_its_writers(team: Team) -> None:
    path = f"/api/clients/{team.other_client}/notes"
    note = (await team.counsellor.post(path, {"body": "slept badly"})).json
    saved = await team.counsellor.send(
        "PUT", f"/api/notes/{note['id']}", {"body": "slept well", "number": note["number"]}
    )
    assert (saved.json["body"], saved.json["number"], saved.json["is_own"]) == (
        "slept well",
        2,
        True,
    )
    late = {"body": "x", "number": 1}
    assert (await team.counsellor.send("PUT", f"/api/notes/{note['id']}", late)).code == (
        "note.changed"
    )
    search = f"GET /api/notes?org={team.org['id']}&q=WELL"
    assert len((await team.of("counsellor", search)).json) == 1
    assert (await team.of("admin", search)).json == []
    assert (await team.admin.get(path)).json == []
    versions = (await team.counsellor.get(f"/api/notes/{note['id']}/versions")).json
    assert [one["body"] for one in versions] == ["slept badly"]
    ways: list[tuple[str, str, Any]] = [
        ("PUT", "", {"body": "x", "number": 2}),
        ("DELETE", "", None),
        ("GET", "/versions", None),
    ]
    for method, more, body in ways:
        for browser in (team.admin, team.reception, team.stranger):
            answer = await browser.send(method, f"/api/notes/{note['id']}{more}", body)
            assert answer.code == "note.unknown"
    everybodys = {"settings": {"admins_read_notes": True}}
    await team.admin.send("PATCH", f"/api/organisations/{team.org['id']}", everybodys)
    assert [one["is_own"] for one in (await team.of("admin", search)).json] == [False]
    assert (await team.counsellor.send("DELETE", f"/api/notes/{note['id']}")).status == 204
    assert (await team.counsellor.get(path)).json == []


async def test_every_opening_is_written_down_without_a_name(team: Team) -> None:
    client = team.practice.client_id
    await team.reception.get(f"/api/clients/{client}")
    await team.admin.get(f"/api/clients/{client}/notes")
    await team.counsellor.get(f"/api/clients/{client}")
    told = await team.admin.get(f"/api/organisations/{team.org['id']}/audit?client={client}")
    assert [(one["name"], one["what"]) for one in told.json["lines"]] == [
        ("Mei", "notes.read"),
        ("Reception", "client.see"),
    ]
    assert "Wei" not in told.body.decode()


@pytest.mark.parametrize(
    ("news", "code"),
    [
        ({"name": " "}, "name.empty"),
        ({"email": "nobody"}, "account.invalid_email"),
        ({"zone": "Mars"}, "booking.zone"),
        ({"locale": "fr"}, "body.malformed"),
        ({"age": 3}, "body.malformed"),
    ],
)
async def test_a_client_is_changed_as_it_can_be(
    team: Team, news: dict[str, Any], code: str
) -> None:
    path = f"/api/clients/{team.practice.client_id}"
    assert (await team.reception.send("PATCH", path, news)).code == code
    good = {
        "name": "Wei  Chen",
        "email": "New@Example.org",
        "phone": " 1 ",
        "wants_reminders": False,
    }
    told = (await team.reception.send("PATCH", path, good)).json
    assert (told["name"], told["email"], told["phone"]) == ("Wei Chen", "new@example.org", "1")
    assert told["wants_reminders"] is False


async def test_texts_are_written_by_administrators(team: Team) -> None:
    path = f"/api/organisations/{team.org['id']}/forms"
    texts = {"texts": {"en": {"title": "Consent", "text": "I agree."}}}
    made = await team.admin.post(path, texts)
    assert (made.status, made.json["newest"]["number"]) == (201, 1)
    form = made.json["id"]
    newer = {"texts": {"en": {"title": "Consent", "text": "I agree!"}}}
    assert (await team.admin.post(f"{path}/{form}/versions", newer)).json["number"] == 2
    assert len((await team.counsellor.get(f"{path}/{form}/versions")).json) == 2
    assert (await team.counsellor.get(path)).json[0]["newest"]["number"] == 2
    assert (await team.admin.send("PATCH", f"{path}/{form}", {"is_on": False})).json[0][
        "is_on"
    ] is False
    chain = (await team.admin.get(f"/api/organisations/{team.org['id']}/signatures")).json
    assert chain == {"lines": [], "broken_at": None}
    denied: list[Callable[[Browser], Any]] = [
        lambda browser: browser.post(path, texts),
        lambda browser: browser.post(f"{path}/{form}/versions", newer),
        lambda browser: browser.send("PATCH", f"{path}/{form}", {"is_on": True}),
        lambda browser: browser.get(f"/api/organisations/{team.org['id']}/signatures"),
    ]
    for ask in denied:
        assert (await ask(team.counsellor)).code == "right.missing"
        assert (await ask(team.stranger)).code == "organisation.unknown"
