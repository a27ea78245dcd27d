"""The description of the API is valid, has every route, and is what the server really does."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from classroom.http.api_words import PATH_WORDS, TAGS
from classroom.http.openapi import API, operations_of, refusals_of
from classroom.http.problems import STATUS
from classroom.http.told import told_of
from classroom.room.record import Span
from tests.classroom.http.test_lessons import a_class, gives_lesson
from tests.classroom.http.test_quizzes import QUIZ, Desk
from tests.classroom.lesson.log import MINUTE
from tests.support.deck_desk import Teller
from tests.support.file_desk import PAPER, Sender
from tests.support.people import Answer, Browser, House, LookTwin

ELSEWHERE = {"method.not_allowed", "path.unknown", "request.malformed"}
"""Refusals of no request there is."""
SERVED = {"activity.unknown", "film.unknown", "slide.coming", "slide.unknown"}
"""Refusals of addresses that are no part of the API."""


class Paper:
    """The description, and whether an answer is what it says; a word too many is none."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._strict = copy.deepcopy(document)
        for shape in self._strict["components"]["schemas"].values():
            shape.setdefault("additionalProperties", False)

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    def fits(self, method: str, path: str, answer: Answer) -> Any:
        """The answer's JSON, after it was compared."""
        told = self._strict["paths"][path][method.lower()]["responses"][str(answer.status)]
        if "content" not in told:
            assert answer.body == b""
            return None
        (kind,) = told["content"]
        assert fnmatch(answer.headers["content-type"].partition(";")[0], kind), answer.body[:99]
        if not kind.endswith("json"):
            return None
        shape = told["content"][kind]["schema"]
        whole = {**shape, "components": self._strict["components"]}
        Draft202012Validator(whole).validate(answer.json)
        return answer.json


@pytest.fixture
async def paper(home: House) -> Paper:
    return Paper((await home.browser().get("/api/openapi.json")).json)


async def test_it_is_valid(paper: Paper) -> None:
    assert paper.document["openapi"] == "3.1.0"
    validate(paper.document)


async def test_every_route_is_in_it(home: House, paper: Paper) -> None:
    rules = [rule for rule in home.app.url_map.iter_rules() if rule.rule.startswith(API)]
    silent = [rule.rule for rule in rules if told_of(home.app, rule.endpoint) is None]
    assert silent == [], "these need a `tells`"
    described = list(paper.operations())
    assert len(described) == sum(len((r.methods or set()) - {"HEAD", "OPTIONS"}) for r in rules)
    assert len({operation["operationId"] for _, _, operation in described}) == len(described)
    for method, path, operation in described:
        assert operation["summary"].endswith("."), (method, path)
        assert operation["summary"][0].isupper(), (method, path)
    assert {one.tag for one in operations_of(home.app)} <= set(TAGS.values())
    names = {name for rule in rules for name in rule.arguments}
    assert names <= set(PATH_WORDS)


async def test_every_refusal_is_in_it(home: House) -> None:
    told = set().union(*(refusals_of(one) for one in operations_of(home.app)))
    assert set(STATUS) - told - ELSEWHERE - SERVED == set()


async def test_who_may_come_stands_beside_each(paper: Paper) -> None:
    ways = {(m, p): operation["security"] for m, p, operation in paper.operations()}
    assert ways["GET", "/api/rooms"] == [{"token": []}, {"session": []}]
    assert ways["POST", "/api/rooms"] == [{"token": []}, {"session": [], "csrf": []}]
    assert ways["POST", "/api/tokens"] == [{"session": [], "csrf": []}]
    assert ways["GET", "/api/openapi.json"] == []


class Reader:
    """A browser whose answers are compared with the description."""

    def __init__(self, browser: Browser, paper: Paper) -> None:
        self._browser, self._paper = browser, paper

    async def asks(self, ask: str, json: Any = None, query: str = "", **at: str) -> Any:
        method, path = ask.split()
        answer = await self._browser.send(method, path.format(**at) + query, json)
        return self._paper.fits(method, path, answer)


async def test_answers_of_people_and_rooms_are_as_described(home: House, paper: Paper) -> None:
    browser = await home.browser().signs_up()
    reader = Reader(browser, paper)
    await reader.asks("GET /api/session")
    await reader.asks("POST /api/session", {"email": "mei@example.org", "password": "wrong one"})
    assert len(await reader.asks("GET /api/sessions")) == 1
    await reader.asks("POST /api/accounts", {"email": "x"})
    room = await reader.asks("POST /api/rooms", {"title": "Chemistry"})
    home.live.rooms[room["id"]] = LookTwin(("Mei",), frozenset({"mei"}))
    assert (await reader.asks("GET /api/rooms"))[0]["live"] is not None
    assert await reader.asks("GET /api/rooms/{room_id}", room_id=room["id"])
    change = "PATCH /api/rooms/{room_id}"
    await reader.asks(change, {"capacity": 3}, room_id=room["id"])
    await reader.asks(change, {"capacity": 0}, room_id=room["id"])
    await reader.asks(change, {"title": ""}, room_id=room["id"])
    await reader.asks("GET /api/rooms/by-code/{code}", code=room["code"])
    await reader.asks("GET /api/rooms/by-code/{code}", code="nobody")
    take = "POST /api/rooms/by-code/{code}/seat"
    assert (await reader.asks(take, {"name": "Mei"}, code=room["code"]))["role"] == "host"
    await reader.asks("POST /api/rooms/{room_id}/end", {}, room_id=room["id"])
    await reader.asks("DELETE /api/rooms/{room_id}", room_id=room["id"])
    await reader.asks("DELETE /api/rooms/{room_id}", room_id=room["id"])
    stranger = Reader(home.browser(), paper)
    assert (await stranger.asks("GET /api/rooms"))["code"] == "session.required"
    assert (await stranger.asks("POST /api/rooms", {}))["code"] == "csrf.invalid"


async def test_answers_of_lessons_are_as_described(home: House, paper: Paper) -> None:
    browser = await home.browser().signs_up()
    reader = Reader(browser, paper)
    lesson_id = await gives_lesson(
        await browser.makes_room(), a_class(), Span("mei", "spoke", MINUTE, 2 * MINUTE)
    )
    assert len((await reader.asks("GET /api/lessons"))["lessons"]) == 1
    await reader.asks("GET /api/lessons", query="?before=never")
    await reader.asks("GET /api/lessons/{lesson_id}", lesson_id=lesson_id)
    report = await reader.asks("GET /api/lessons/{lesson_id}/report", lesson_id=lesson_id)
    assert (len(report["people"]), len(report["questions"])) == (2, 1)
    await reader.asks("GET /api/lessons/{lesson_id}/report.csv", lesson_id=lesson_id)
    await reader.asks("GET /api/lessons/{lesson_id}/report", lesson_id="other")


async def test_answers_of_webhooks_and_tokens_are_as_described(home: House, paper: Paper) -> None:
    reader = Reader(await home.browser().signs_up(), paper)
    hook = await reader.asks("POST /api/webhooks", {"url": "https://x.example/"})
    await reader.asks("POST /api/webhooks", {"url": "ftp://x.example/"})
    one = {"webhook_id": hook["id"]}
    await reader.asks("PATCH /api/webhooks/{webhook_id}", {"is_on": True}, **one)
    await reader.asks("POST /api/webhooks/{webhook_id}/test", **one)
    assert len(await reader.asks("GET /api/webhooks/{webhook_id}/deliveries", **one)) == 1
    assert len(await reader.asks("GET /api/webhooks")) == 1
    await reader.asks("DELETE /api/webhooks/{webhook_id}", **one)
    token = await reader.asks("POST /api/tokens", {"name": "Timetable"})
    await reader.asks("POST /api/tokens", {"name": ""})
    assert len(await reader.asks("GET /api/tokens")) == 1
    await reader.asks("DELETE /api/tokens/{token_id}", token_id=token["id"])
    await reader.asks("DELETE /api/tokens/{token_id}", token_id=token["id"])


async def test_answers_of_enrolments_are_as_described(home: House, paper: Paper) -> None:
    browser = await home.browser().signs_up()
    reader = Reader(browser, paper)
    below = "/api/rooms/{room_id}/enrolments"
    room = {"room_id": (await browser.makes_room())["id"]}
    made = await reader.asks(f"POST {below}", {"people": [{"name": "Lin"}]}, **room)
    await reader.asks(f"POST {below}", {"people": []}, **room)
    assert len((await reader.asks(f"GET {below}", **room))["enrolments"]) == 1
    one = {**room, "enrolment_id": made["enrolments"][0]["id"]}
    below += "/{enrolment_id}"
    await reader.asks(f"PATCH {below}", {"name": "Lin Yue"}, **one)
    await reader.asks(f"POST {below}/link", {}, **one)
    await reader.asks(f"GET {below}/lessons", **one)
    await reader.asks(f"DELETE {below}", **one)
    await reader.asks(f"POST {below}/restore", {}, **one)
    await reader.asks(f"DELETE {below}", **{**one, "enrolment_id": "other"})


async def test_answers_of_decks_are_as_described(home: House, paper: Paper) -> None:
    mei = await Teller.signed_up(home)
    reader = Reader(mei.browser, paper)
    folder = await reader.asks("POST /api/deck-folders", {"name": "Term 1"})
    one = {"folder_id": folder["id"]}
    await reader.asks("PATCH /api/deck-folders/{folder_id}", {"name": "Term 2"}, **one)
    await reader.asks("PATCH /api/deck-folders/{folder_id}", {"parent_id": folder["id"]}, **one)
    uploads = "/api/decks/uploads"
    begun = paper.fits("POST", uploads, await mei.begins(("a.pdf", len(PAPER))))
    paper.fits("POST", uploads, await mei.begins(("a.exe", 1)))
    upload_id, half = begun["upload_id"], PAPER[:9]
    piece = uploads + "/{upload_id}/{index}"
    paper.fits("PATCH", piece, await mei.piece(upload_id, half))
    paper.fits("GET", piece, await mei.asks("GET", f"decks/uploads/{upload_id}/0"))
    made = paper.fits("PATCH", piece, await mei.piece(upload_id, PAPER[9:], 9))
    library = await reader.asks("GET /api/decks")
    assert len(library["decks"]) == len(library["folders"]) == 1
    deck = {"deck_id": made["deck_id"]}
    await mei.sends(PAPER + b"%", deck_id=made["deck_id"])
    told = await reader.asks("GET /api/decks/{deck_id}", **deck)
    assert told["newer"]["state"] == "waiting"
    await reader.asks("GET /api/decks/{deck_id}/slides", **deck)
    strange = await mei.asks("GET", f"decks/{made['deck_id']}/slides?print=x")
    paper.fits("GET", "/api/decks/{deck_id}/slides", strange)
    await reader.asks("PATCH /api/decks/{deck_id}", {"name": "Acids"}, **deck)
    version = {**deck, "version_id": told["newer"]["version_id"]}
    use = "/api/decks/{deck_id}/versions/{version_id}"
    await reader.asks(f"POST {use}/use", {}, **version)
    await reader.asks(f"DELETE {use}", **version)
    await reader.asks(f"DELETE {use}", **{**deck, "version_id": told["versions"][1]["id"]})
    await reader.asks("DELETE /api/decks/{deck_id}", **deck)
    await reader.asks("GET /api/decks/{deck_id}", **deck)
    await reader.asks("DELETE /api/deck-folders/{folder_id}", **one)
    upload_id = (await mei.begins(("a.pdf", 9))).json["upload_id"]
    await reader.asks("DELETE /api/decks/uploads/{upload_id}", upload_id=upload_id)
    room = await mei.browser.makes_room()
    host = await Teller.seated(home, room, "wu", "host")
    below = "/api/rooms/by-code/{code}/"
    paper.fits("POST", f"{below}decks/uploads", await host.begins(("a.pdf", 9)))
    paper.fits("GET", f"{below}decks", await host.asks("GET", "decks"))
    answer = await host.asks("POST", "deck-folders", {"name": "x"})
    assert paper.fits("POST", f"{below}deck-folders", answer)["code"] == "right.missing"


async def test_answers_in_a_class_are_as_described(home: House, paper: Paper) -> None:
    lin = (await Sender.of(home)).leads()
    files = "/api/rooms/by-code/{code}/files"
    begun = await lin.begins()
    one = f"/{paper.fits('POST', files, begun)['file_id']}"
    paper.fits("PATCH", files + "/{file_id}", await lin.piece(one[1:], 0, PAPER))
    for method, path in (("GET", ""), ("GET", one), ("GET", f"{one}/content")):
        told = files + path.replace(one, "/{file_id}")
        answer = await lin.asks(method, path)
        paper.fits(method, told, answer)
    paper.fits("GET", files + "/{file_id}/preview", await lin.asks("GET", f"{one}/preview"))
    ticket = await lin.asks("POST", "/ticket", {"file_id": one[1:]})
    paper.fits("POST", f"{files}/ticket", ticket)
    reader = Reader(lin.browser, paper)
    await reader.asks("GET /api/rooms/{room_id}/files", room_id=lin.room_id)
    desk = await Desk.of(home, "host")
    quizzes = "/api/rooms/by-code/{code}/quizzes"
    made = paper.fits("POST", quizzes, await desk.asks("POST", body=QUIZ))
    paper.fits("POST", quizzes, await desk.asks("POST", body={"title": "", "questions": []}))
    paper.fits("GET", quizzes, await desk.asks("GET"))
    paper.fits("DELETE", f"{quizzes}/{{quiz_id}}", await desk.asks("DELETE", f"/{made['quiz_id']}"))
