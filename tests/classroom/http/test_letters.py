"""The log of letters over HTTP: who sees which, what is hidden, what goes again; texts, rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.ids import AccountId
from classroom.store.letter_sending import Fate, settle_letters
from classroom.store.letter_tables import Letter
from classroom.store.letters import post
from classroom.store.tables import Account
from tests.support.letters import new_letter
from tests.support.people import Browser, House, house
from tests.support.practice import Practiced, practice_of
from tests.support.rows import new_host, new_member

TEXT = "Hello, open {{link:mine}} and type {{link:digits}}."


@dataclass
class Team:
    """An administrator, a counsellor with a calendar of their own, and somebody of no team."""

    house: House
    practice: Practiced
    admin: Browser
    counsellor: Browser
    stranger: Browser

    @property
    def org(self) -> str:
        return self.practice.org_id

    async def posts(self, once: str, **more: Any) -> int:
        given = {"org": self.org, "host": self.practice.host_id, "client": "c", **more}
        await post(new_letter(once, **given), at=utc_now())
        return (await Letter.get(once=once)).id


@pytest.fixture(params=["smtp://127.0.0.1:9"])
async def team(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Team]:
    async with house(tmp_path, mail_url=request.param) as home:
        admin = await home.browser().signs_up()
        counsellor = await home.browser().signs_up("amara@example.org", "Amara")
        stranger = await home.browser().signs_up("eve@example.org", "Eve")
        ids = {row.email: row.id for row in await Account.all()}
        practice = await practice_of(AccountId(ids["mei@example.org"]))
        at = utc_now()
        amara = ids["amara@example.org"]
        await new_member(practice.org_id, amara, at, id="m2").save()
        own = {"id": "h2", "member_id": "m2", "slug": "amara", "name": "Amara"}
        await new_host(practice.org_id, at, **own).save()
        yield Team(home, practice, admin, counsellor, stranger)


async def listed(browser: Browser, query: str) -> list[str]:
    answer = await browser.get(f"/api/letters?{query}")
    assert answer.status == 200, answer.body
    return [one["subject"] for one in answer.json["letters"]]


async def test_everybody_sees_the_letters_they_may_see(team: Team) -> None:
    await team.posts("a", booking="b1", client="c1")
    await team.posts("b", host="h2")
    await post(new_letter("c", org="other"), at=utc_now())
    query = f"org={team.org}"
    assert await listed(team.admin, query) == ["Letter b", "Letter a"]
    assert await listed(team.admin, f"{query}&booking=b1") == ["Letter a"]
    assert await listed(team.admin, f"{query}&client=c1") == ["Letter a"]
    assert await listed(team.admin, f"{query}&state=sent") == []
    assert await listed(team.counsellor, query) == ["Letter b"]
    assert (await team.stranger.get(f"/api/letters?{query}")).code == "organisation.unknown"
    newest = (await team.admin.get(f"/api/letters?{query}")).json["letters"][0]["id"]
    assert await listed(team.admin, f"{query}&before={newest}") == ["Letter a"]


async def test_links_and_digits_are_hidden_and_the_opening_is_written_down(team: Team) -> None:
    links = {"mine": "ticket:b:c:1:1", "digits": "text:123456"}
    number = await team.posts("a", text=TEXT, subject="{{link:digits}} it is", links=links)
    told = (await team.admin.get(f"/api/letters/{number}")).json
    assert told["text"] == "Hello, open […] and type […]."
    assert told["subject"] == told["letter"]["subject"] == "[…] it is"
    assert "123456" not in str(told)
    assert "ticket" not in str(told)
    lines = (await team.admin.get(f"/api/organisations/{team.org}/audit")).json["lines"]
    assert [(one["what"], one["of"], one["client_id"]) for one in lines] == [
        ("letter", str(number), "c")
    ]
    for path in (f"/api/letters/{number}", "/api/letters/999", "/api/letters/x"):
        answers = [await one.get(path) for one in (team.counsellor, team.stranger)]
        assert {one.code for one in answers} == {"letter.unknown"}


async def test_why_a_letter_did_not_arrive(team: Team) -> None:
    number = await team.posts("a")
    at = utc_now()
    later = Fate(number, "waiting", "server", at + timedelta(minutes=5))
    await settle_letters([later], at=at)
    told = (await team.admin.get(f"/api/letters/{number}")).json["letter"]
    assert (told["state"], told["reason"], told["code"]) == ("waiting", "server", None)
    assert told["waits_since"] < told["next_at"]
    assert told["may_go_again"] is False
    await settle_letters([Fate(number, "failed", "address 550")], at=at)
    told = (await team.admin.get(f"/api/letters/{number}")).json["letter"]
    assert (told["state"], told["reason"], told["code"]) == ("failed", "address", 550)
    assert told["next_at"] is None
    assert told["may_go_again"] is True


async def test_a_letter_goes_again_as_a_letter_of_its_own(team: Team) -> None:
    number = await team.posts("a", text=TEXT, links={"mine": "path:/week", "digits": "path:/x"})
    path = f"/api/letters/{number}/again"
    assert (await team.admin.post(path)).code == "letter.once"  # it waits still
    await settle_letters([Fate(number, "sent")], at=utc_now())
    assert (await team.counsellor.post(path)).code == "letter.unknown"
    answer = await team.admin.post(path)
    assert answer.status == 201
    assert answer.json["second_of"] == str(number)
    assert answer.json["state"] == "waiting"
    rows = await Letter.all().order_by("id")
    assert [row.text for row in rows] == [TEXT, TEXT]
    assert rows[0].message_id != rows[1].message_id
    assert rows[1].links == rows[0].links


@pytest.mark.parametrize(
    "more", [{"kind": "reminder"}, {"links": {"mine": "path:/", "digits": "text:1"}, "text": TEXT}]
)
async def test_what_is_over_does_not_go_again(team: Team, more: dict[str, Any]) -> None:
    number = await team.posts("a", **more)
    await settle_letters([Fate(number, "sent")], at=utc_now())
    assert (await team.admin.post(f"/api/letters/{number}/again")).code == "letter.once"


@pytest.mark.parametrize("team", [""], indirect=True)
async def test_nothing_goes_again_without_a_mail_server(team: Team) -> None:
    number = await team.posts("a")
    await settle_letters([Fate(number, "none", "none")], at=utc_now())
    assert (await team.admin.post(f"/api/letters/{number}/again")).code == "mail.none"
    told = (await team.admin.get(f"/api/letters?org={team.org}")).json
    assert told["is_mail_set"] is False


async def test_texts_are_written_tried_and_taken_back(team: Team) -> None:
    base = f"/api/organisations/{team.org}/templates"
    ours = (await team.admin.get(base)).json
    assert {one["locale"] for one in ours} == {"en", "zh-CN"}
    assert not any(one["is_own"] for one in ours)
    words = {"subject": "For {client}", "text": "{facts}\n\n{link}\n\nBest, {host}"}
    tried = (await team.admin.post(f"{base}/made/en/preview", words)).json
    assert tried["subject"] == "For Min-jun"
    assert "Best, Helen Brandt" in tried["text"]
    assert "<table" in tried["html"]
    written = await team.admin.send("PUT", f"{base}/made/en", words)
    assert written.json["is_own"] is True
    wrong = await team.admin.send("PUT", f"{base}/made/en", {**words, "text": "{digits}"})
    assert (wrong.code, wrong.json["params"]) == ("letter.word", {"word": "digits"})
    for path in ("nothing/en", "made/de"):
        assert (await team.admin.send("PUT", f"{base}/{path}", words)).code == "letter.unknown"
    assert (await team.counsellor.get(base)).code == "right.missing"
    back = await team.admin.send("PUT", f"{base}/made/en", {"subject": "", "text": ""})
    assert back.json in ours


async def test_rules_of_reminders(team: Team) -> None:
    path = f"/api/organisations/{team.org}/reminders"
    ours = [{"minutes": 1440, "channel": "mail"}, {"minutes": 60, "channel": "mail"}]
    assert (await team.counsellor.get(path)).json == {"rules": ours, "is_own": False, "offers": {}}
    rules = [{"minutes": 30}, {"minutes": 120, "channel": "webhook"}]
    offer = team.practice.offer_id
    told = (await team.admin.send("PUT", path, {"offer_id": offer, "rules": rules})).json
    assert told["offers"] == {
        offer: [{"minutes": 120, "channel": "webhook"}, {"minutes": 30, "channel": "mail"}]
    }
    told = (await team.admin.send("PUT", path, {"rules": []})).json
    assert (told["rules"], told["is_own"]) == ([], True)
    told = (await team.admin.send("PUT", path, {"offer_id": offer})).json
    assert told["offers"] == {}
    assert (await team.counsellor.send("PUT", path, {"rules": []})).code == "right.missing"
    unknown = await team.admin.send("PUT", path, {"offer_id": "x", "rules": []})
    assert unknown.code == "offer.unknown"
    wrong = await team.admin.send("PUT", path, {"rules": [{"minutes": 1}]})
    assert wrong.code == "body.malformed"
