"""Organisations over HTTP: made in three answers, their team, and who opened what."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.people import Browser, House

THREE = {"name": "Praxis Süd", "vertical": "health", "zone": "Europe/Berlin", "locale": "en"}


async def begins(browser: Browser, **more: Any) -> dict[str, Any]:
    answer = await browser.post("/api/organisations", THREE | more)
    assert answer.status == 201, answer.body
    return dict(answer.json["organisation"])


async def joins(home: House, admin: Browser, org: dict[str, Any], role: str) -> Browser:
    """Somebody new with an account, in the team by an invitation."""
    body = {"role": role, "name": role}
    made = await admin.post(f"/api/organisations/{org['id']}/invitations", body)
    assert made.status == 201, made.body
    browser = await home.browser().signs_up(f"{role}@example.org", role.title())
    token = made.json["link"].removeprefix("/team/")
    assert (await browser.get(f"/api/invitations/{token}")).json["organisation"] == org["name"]
    assert (await browser.post(f"/api/invitations/{token}", {})).status == 200
    assert (await browser.post(f"/api/invitations/{token}", {})).code == "member.invite"
    return browser


@pytest.fixture
async def admin(home: House) -> Browser:
    return await home.browser().signs_up()


async def test_three_answers_are_enough(home: House, admin: Browser) -> None:
    org = await begins(admin, offer="First visit", minutes=30)
    assert (org["slug"], org["role"], org["currency"]) == ("praxis-sud", "admin", "EUR")
    assert org["spoken"]["en"]["client"] == "patient"
    assert org["spoken"]["zh-CN"]["client"] == "患者"
    assert org["settings"]["intake"][0]["id"] == "reason"
    (host,) = org["hosts"]
    assert (host["name"], host["is_own"], host["zone"]) == ("Mei", True, "Europe/Berlin")
    assert (await admin.get("/api/organisations")).json == [org]
    assert (await admin.get(f"/api/organisations/{org['id']}")).json == org


async def test_the_same_name_gets_another_address(home: House, admin: Browser) -> None:
    first, second = await begins(admin), await begins(admin)
    assert second["slug"].startswith(first["slug"] + "-")
    assert (await begins(admin, name="诊所"))["slug"].startswith("team-")


async def test_nobody_leads_more_than_five(home: House, admin: Browser) -> None:
    for _ in range(5):
        await begins(admin)
    assert (await admin.post("/api/organisations", THREE)).code == "organisation.limit"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"zone": "Mars/Base"}, "booking.zone"),
        ({"locale": "fr"}, "body.malformed"),
        ({"vertical": "law"}, "body.malformed"),
        ({"currency": "XXZ"}, "payment.currency"),
        ({"name": "  "}, "title.empty"),
        ({"minutes": 7}, "body.malformed"),
        ({"hours": [{"weekday": 0, "from_min": 600, "to_min": 500}]}, "hours.wrong"),
    ],
)
async def test_what_cannot_be_is_refused(admin: Browser, more: dict[str, Any], code: str) -> None:
    assert (await admin.post("/api/organisations", THREE | more)).code == code
    assert (await admin.get("/api/organisations")).json == []


async def test_an_administrator_changes_what_is_given(home: House, admin: Browser) -> None:
    org = await begins(admin)
    path = f"/api/organisations/{org['id']}"
    news = {
        "name": "Praxis Nord",
        "slug": "nord",
        "terms": {"hours": 12, "refund": [{"hours": 48, "percent": 100}]},
        "words": {"en": {"client": "Member"}},
        "settings": {"confirms": "always", "notes_months": 24},
    }
    told = (await admin.send("PATCH", path, news)).json
    assert (told["name"], told["slug"], told["zone"]) == ("Praxis Nord", "nord", "Europe/Berlin")
    assert told["terms"]["hours"] == 12
    assert told["spoken"]["en"]["client"] == "Member"
    assert (told["settings"]["confirms"], told["settings"]["notes_months"]) == ("always", 24)
    assert told["settings"]["intake"] == org["settings"]["intake"]
    other = await begins(admin)
    taken = await admin.send("PATCH", f"/api/organisations/{other['id']}", {"slug": "nord"})
    assert taken.code == "organisation.slug"


@pytest.mark.parametrize(
    ("news", "code"),
    [
        ({"slug": "A b"}, "body.malformed"),
        ({"slug": "-ab"}, "body.malformed"),
        ({"terms": {"colour": 1}}, "body.malformed"),
        ({"terms": {"hours": -1}}, "body.malformed"),
        ({"terms": {"refund": [{"hours": 1, "percent": 101}]}}, "payment.rule"),
        ({"words": {"en": {"client": "x" * 41}}}, "title.long"),
        ({"settings": {"colour": "red"}}, "body.malformed"),
        ({"settings": {"intake": [{"id": "x"}]}}, "body.malformed"),
    ],
)
async def test_a_change_that_cannot_be_changes_nothing(
    admin: Browser, news: dict[str, Any], code: str
) -> None:
    org = await begins(admin)
    path = f"/api/organisations/{org['id']}"
    assert (await admin.send("PATCH", path, {"name": "New", **news})).code == code
    assert (await admin.get(path)).json == org


async def test_each_role_gets_what_is_theirs(home: House, admin: Browser) -> None:
    org = await begins(admin)
    path = f"/api/organisations/{org['id']}"
    reception = await joins(home, admin, org, "reception")
    counsellor = await joins(home, admin, org, "counsellor")
    for browser, calendars in ((reception, 0), (counsellor, 1)):
        told = (await browser.get(path)).json
        assert sum(host["is_own"] for host in told["hosts"]) == calendars
        assert (await browser.send("PATCH", path, {"name": "x"})).code == "right.missing"
        assert (await browser.get(f"{path}/audit")).code == "right.missing"
        invite = {"role": "admin", "name": "me"}
        assert (await browser.post(f"{path}/invitations", invite)).code == "right.missing"
        team = (await browser.get(f"{path}/members")).json
        assert team["invitations"] == []
        assert sum(bool(one["email"]) for one in team["members"]) == 1
    stranger = await home.browser().signs_up("stranger@example.org")
    for look in (path, f"{path}/members", f"{path}/audit", "/api/organisations/nothing"):
        assert (await stranger.get(look)).code == "organisation.unknown"
    assert (await home.browser().get(path)).code == "session.required"


async def test_who_leaves_has_nothing_at_once(home: House, admin: Browser) -> None:
    org = await begins(admin)
    path = f"/api/organisations/{org['id']}"
    counsellor = await joins(home, admin, org, "counsellor")
    me = next(
        one for one in (await counsellor.get(f"{path}/members")).json["members"] if one["is_me"]
    )
    assert (await admin.send("DELETE", f"{path}/members/{me['id']}")).status == 204
    assert (await counsellor.get(path)).code == "organisation.unknown"
    assert (await counsellor.get("/api/organisations")).json == []
    hosts = (await admin.get(path)).json["hosts"]
    assert {(host["is_own"], host["is_listed"]) for host in hosts} == {(True, True), (False, False)}


async def test_somebody_stays_administrator(home: House, admin: Browser) -> None:
    org = await begins(admin)
    path = f"/api/organisations/{org['id']}/members"
    me = (await admin.get(path)).json["members"][0]
    assert (await admin.send("DELETE", f"{path}/{me['id']}")).code == "member.last"
    less = await admin.send("PATCH", f"{path}/{me['id']}", {"role": "reception"})
    assert less.code == "member.last"
    assert (await admin.send("DELETE", f"{path}/nobody")).code == "member.unknown"
    await joins(home, admin, org, "reception")
    other = (await admin.get(path)).json["members"][1]
    raised = await admin.send("PATCH", f"{path}/{other['id']}", {"role": "admin"})
    assert raised.json["members"][1]["role"] == "admin"
    assert (await admin.send("DELETE", f"{path}/{me['id']}")).status == 204


async def test_an_invitation_can_be_taken_back_and_not_guessed(home: House, admin: Browser) -> None:
    org = await begins(admin)
    path = f"/api/organisations/{org['id']}"
    body = {"role": "reception", "name": "Lan"}
    made = (await admin.post(f"{path}/invitations", body)).json
    assert (await admin.get(f"{path}/members")).json["invitations"] == [made]
    token = made["link"].removeprefix("/team/")
    stranger = await home.browser().signs_up("lan@example.org")
    for wrong in (token[:-1], token + "x", f"x{token}", "x"):
        assert (await stranger.post(f"/api/invitations/{wrong}", {})).code == "member.invite"
    assert (await admin.send("DELETE", f"{path}/invitations/{made['id']}")).status == 204
    assert (await stranger.post(f"/api/invitations/{token}", {})).code == "member.invite"
    assert (await stranger.get(path)).code == "organisation.unknown"


async def test_what_administrators_did_is_listed_and_taken_away(
    home: House, admin: Browser
) -> None:
    org = await begins(admin)
    path = f"/api/organisations/{org['id']}"
    org = (await admin.send("PATCH", path, {"name": "New"})).json
    await joins(home, admin, org, "reception")
    told = (await admin.get(f"{path}/audit")).json
    assert [one["what"] for one in told["lines"]] == ["members.change", "organisation.change"]
    assert told["lines"][1]["of"] == org["id"]
    only = (await admin.get(f"{path}/audit?what=organisation.change")).json["lines"]
    assert only == told["lines"][1:]
    older = (await admin.get(f"{path}/audit?before={told['lines'][0]['id']}")).json["lines"]
    assert older == told["lines"][1:]
    table = (await admin.get(f"{path}/audit.csv")).body.decode("utf-8-sig").splitlines()
    assert table[0] == "time,account,name,what,of,client"
    assert len(table) == 3
