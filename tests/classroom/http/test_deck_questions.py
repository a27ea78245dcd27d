"""Questions prepared with a deck: kept by slide, for staff alone, changed by the owner alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import decks as corpus
from tests.support.deck_desk import Teller
from tests.support.people import House

SECRET = "Secretville"


def prepared(text: str = "Which city?", **changed: Any) -> dict[str, Any]:
    question = {
        "kind": "text",
        "text": text,
        "options": [],
        "right": [],
        "right_texts": [SECRET],
        "points": 1,
        "is_multiple": False,
        "is_anonymous": False,
        "seconds": None,
    }
    return {"place": "over", "question": question | changed}


class Desk:
    """Mei, her deck, and her room in which the deck was sent."""

    def __init__(self, home: House, mei: Teller, room: dict[str, Any], deck_id: str) -> None:
        self.home, self.mei, self.room = home, mei, room
        self.questions = f"decks/{deck_id}/questions"

    async def seated(self, who: str, role: str, account_id: str | None = None) -> Teller:
        return await Teller.seated(self.home, self.room, who, role, account_id)  # type: ignore[arg-type]


@pytest.fixture
async def desk(home: House) -> Desk:
    mei = await Teller.signed_up(home)
    room = await mei.browser.makes_room()
    account_id = (await mei.browser.get("/api/session")).json["account"]["id"]
    host = await Teller.seated(home, room, "mei", "host", account_id)
    sent = await host.sends(corpus.plain_pdf(1))
    return Desk(home, mei, room, sent.json["deck_id"])


async def test_what_is_sent_takes_the_place_of_all_of_the_slide(desk: Desk) -> None:
    ask = desk.mei.asks
    assert (await ask("GET", desk.questions)).json == {"may_change": True, "questions": []}
    await ask("PUT", f"{desk.questions}/2", {"questions": [prepared("B"), prepared("A")]})
    await ask("PUT", f"{desk.questions}/1", {"questions": [prepared("C")]})
    told = await ask("PUT", f"{desk.questions}/2", {"questions": [prepared("A"), prepared("D")]})
    assert told.status == 200
    assert told.json == (await ask("GET", desk.questions)).json
    found = [(one["slide"], one["question"]["text"]) for one in told.json["questions"]]
    assert found == [(1, "C"), (2, "A"), (2, "D")]
    assert told.json["questions"][0] == {"slide": 1, **prepared("C")}
    told = await ask("PUT", f"{desk.questions}/2", {"questions": []})
    assert [one["slide"] for one in told.json["questions"]] == [1]


async def test_they_go_with_their_deck(desk: Desk) -> None:
    await desk.mei.asks("PUT", f"{desk.questions}/1", {"questions": [prepared()]})
    deck = desk.questions.removesuffix("/questions")
    assert (await desk.mei.asks("DELETE", deck)).status == 204
    assert (await desk.mei.asks("GET", desk.questions)).code == "deck.unknown"


@pytest.mark.parametrize(
    ("slide", "sent", "code"),
    [
        ("1", {"questions": [prepared(kind="choice")]}, "quiz.invalid"),
        ("1", {"questions": [prepared()] * 11}, "body.malformed"),
        ("1", {"questions": [prepared() | {"place": "under"}]}, "body.malformed"),
        ("1", {"questions": [prepared(seconds=1)]}, "body.malformed"),
        ("0", {"questions": []}, "slide.unknown"),
        ("1001", {"questions": []}, "slide.unknown"),
        ("two", {"questions": []}, "slide.unknown"),
        ("9" * 5000, {"questions": []}, "slide.unknown"),
    ],
)
async def test_what_could_not_be_asked_is_not_kept(
    desk: Desk, slide: str, sent: Any, code: str
) -> None:
    assert (await desk.mei.asks("PUT", f"{desk.questions}/{slide}", sent)).code == code
    assert (await desk.mei.asks("GET", desk.questions)).json["questions"] == []


async def test_a_deck_has_a_hundred_and_not_one_more(desk: Desk) -> None:
    ten = {"questions": [prepared()] * 10}
    for slide in range(1, 11):
        assert (await desk.mei.asks("PUT", f"{desk.questions}/{slide}", ten)).status == 200
    more = await desk.mei.asks("PUT", f"{desk.questions}/11", {"questions": [prepared()]})
    assert (more.code, more.json["params"]) == ("deck.questions", {"max": 100})
    assert (await desk.mei.asks("PUT", f"{desk.questions}/10", ten)).status == 200


async def test_staff_without_a_library_prepares_with_what_lies_in_the_owners(desk: Desk) -> None:
    host = await desk.seated("by-link", "host")
    told = await host.asks("PUT", f"{desk.questions}/1", {"questions": [prepared()]})
    assert (told.json["may_change"], len(told.json["questions"])) == (True, 1)


async def test_staff_with_an_account_see_those_of_others_and_change_nothing(desk: Desk) -> None:
    await desk.mei.asks("PUT", f"{desk.questions}/1", {"questions": [prepared()]})
    other = await Teller.signed_up(desk.home, "other@example.org")
    account_id = (await other.browser.get("/api/session")).json["account"]["id"]
    assistant = await desk.seated("ben", "assistant", account_id)
    told = await assistant.asks("GET", desk.questions)
    assert (told.json["may_change"], len(told.json["questions"])) == (False, 1)
    refused = await assistant.asks("PUT", f"{desk.questions}/1", {"questions": []})
    assert refused.code == "right.missing"
    for method, path in (("GET", desk.questions), ("PUT", f"{desk.questions}/1")):
        answer = await other.asks(method, path, {"questions": []} if method == "PUT" else None)
        assert answer.code == "deck.unknown"


@pytest.mark.parametrize("role", ["student", "observer"])
async def test_students_hear_nothing_of_them(desk: Desk, role: str) -> None:
    await desk.mei.asks("PUT", f"{desk.questions}/1", {"questions": [prepared()]})
    lin = await desk.seated("lin", role)
    deck = desk.questions.removesuffix("/questions")
    for method, path, body in (
        ("GET", desk.questions, None),
        ("PUT", f"{desk.questions}/1", {"questions": []}),
        ("GET", f"{deck}/slides", None),
        ("GET", deck, None),
        ("GET", "decks", None),
    ):
        answer = await lin.asks(method, path, body)
        assert answer.code == "right.missing"
        assert SECRET.encode() not in answer.body
