"""Prepared questions over HTTP: kept for the room, for who leads its class now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.people.seat import SEAT_KEY, SeatClaims, issue_seat
from classroom.store import quizzes
from tests.support.people import Answer, Browser, House

QUESTION: dict[str, Any] = {
    "kind": "choice",
    "text": "How large?",
    "options": ["30", "60"],
    "right": [1],
    "right_texts": [],
    "points": 3,
    "is_multiple": False,
    "is_anonymous": False,
    "seconds": None,
}
QUIZ = {"title": "Angles", "questions": [QUESTION]}


class Desk:
    """Somebody with a seat in a room, and the role they have there now."""

    def __init__(self, home: House, browser: Browser, room: dict[str, Any], name: str) -> None:
        self.home, self.browser, self.room, self.name = home, browser, room, name

    @classmethod
    async def of(cls, home: House, role: Role | None, name: str = "mei") -> Desk:
        browser = await home.browser().signs_up(f"{name}@example.org")
        desk = cls(home, browser, await browser.makes_room(), name)
        if role is not None:
            desk.becomes(role)
        return desk

    def becomes(self, role: Role) -> None:
        self.home.live.roles[(self.room["id"], self.name)] = role

    async def asks(self, method: str, path: str = "", body: Any = None) -> Answer:
        claims = SeatClaims(
            room_id=RoomId(self.room["id"]),
            code=self.room["code"],
            participant_id=ParticipantId(self.name),
            name=self.name,
            role="host",
            account_id=None,
            expires_at=utc_now() + timedelta(hours=1),
        )
        token = issue_seat(claims, key=self.home.doors.secret.key(SEAT_KEY))
        return await self.browser.send(
            method,
            f"/api/rooms/by-code/{self.room['code']}/quizzes{path}",
            body,
            headers={"Authorization": f"Seat {token}"},
        )


async def test_a_quiz_is_kept_changed_and_removed(home: House) -> None:
    desk = await Desk.of(home, "assistant")
    made = await desk.asks("POST", body=QUIZ)
    assert made.status == 201
    quiz_id = made.json["quiz_id"]
    (listed,) = (await desk.asks("GET")).json["quizzes"]
    assert (listed["title"], listed["questions"]) == ("Angles", [QUESTION])
    changed = {"title": "Circles", "questions": [QUESTION, QUESTION | {"text": "嗨\x00"}]}
    assert (await desk.asks("PATCH", f"/{quiz_id}", changed)).status == 200
    (listed,) = (await desk.asks("GET")).json["quizzes"]
    assert listed["title"] == "Circles"
    assert [one["text"] for one in listed["questions"]] == ["How large?", "嗨\x00"]
    assert (await desk.asks("DELETE", f"/{quiz_id}")).status == 204
    assert (await desk.asks("DELETE", f"/{quiz_id}")).json["code"] == "quiz.unknown"
    assert (await desk.asks("GET")).json == {"quizzes": []}


@pytest.mark.parametrize("role", ["student", "observer", None])
async def test_only_who_leads_the_class_now_sees_them(home: House, role: Role | None) -> None:
    desk = await Desk.of(home, role)
    for method, path, body in (("GET", "", None), ("POST", "", QUIZ), ("DELETE", "/x", None)):
        answer = await desk.asks(method, path, body)
        assert (answer.status, answer.json["code"]) == (403, "right.missing")


async def test_another_rooms_quiz_does_not_exist_here(home: House) -> None:
    desk, other = await Desk.of(home, "host"), await Desk.of(home, "host", "wu")
    quiz_id = (await desk.asks("POST", body=QUIZ)).json["quiz_id"]
    assert (await other.asks("GET")).json == {"quizzes": []}
    for method, body in (("PATCH", QUIZ), ("DELETE", None)):
        assert (await other.asks(method, f"/{quiz_id}", body)).json["code"] == "quiz.unknown"
    assert len((await desk.asks("GET")).json["quizzes"]) == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, "title.empty"),
        ({"questions": [QUESTION | {"options": ["one"]}]}, "quiz.invalid"),
        ({"questions": [QUESTION | {"right": [2]}]}, "quiz.invalid"),
        ({"questions": [QUESTION | {"points": 101}]}, "body.malformed"),
        ({"questions": [QUESTION | {"kind": "essay"}]}, "body.malformed"),
        ({"questions": [QUESTION] * 51}, "body.malformed"),
        ({"more": 1}, "body.malformed"),
    ],
)
async def test_what_is_not_a_quiz_is_refused(
    home: House, changed: dict[str, Any], code: str
) -> None:
    desk = await Desk.of(home, "host")
    assert (await desk.asks("POST", body=QUIZ | changed)).json["code"] == code


async def test_a_room_has_so_many_and_no_more(home: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(quizzes, "QUIZZES_MAX", 2)
    desk = await Desk.of(home, "host")
    codes = [(await desk.asks("POST", body=QUIZ)).status for _ in range(3)]
    assert codes == [201, 201, 409]
