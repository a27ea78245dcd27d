"""Prepared questions of a room, for who teaches in its class now: the seat they show says who it
is, the live room which role they have."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.shown_seat import leads_class, seat_key, seat_of
from classroom.http.told import tells
from classroom.ids import RoomId, may_be_id
from classroom.people.account import clean_line
from classroom.store import quizzes
from classroom.wire.ask import Question
from classroom.wire.ask_form import is_askable


class QuizBody(Body):
    """A quiz as it is sent."""

    title: str = Field(max_length=quizzes.TITLE_MAX * 4)
    questions: list[Question] = Field(max_length=quizzes.QUESTIONS_MAX)

    def clean(self) -> tuple[str, list[quizzes.Question]]:
        """Its title and questions; Refused `title.empty`, `title.long`, `quiz.invalid`."""
        title = clean_line(self.title, field="title", longest=quizzes.TITLE_MAX)
        if not all(map(is_askable, self.questions)):
            raise Refused("quiz.invalid")
        return title, [asdict(question) for question in self.questions]


@dataclass(frozen=True, slots=True)
class QuizTold:
    """A quiz as it is told."""

    quiz_id: str
    title: str
    questions: list[Question]
    updated_at: str


@dataclass(frozen=True, slots=True)
class QuizzesTold:
    """Quizzes of a room, the one that was changed last first."""

    quizzes: list[QuizTold]


_STAFF = ("right.missing", "rate.limited")
_WRITTEN = (*_STAFF, "quiz.invalid", "title.empty", "title.long")


def quiz_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/by-code/<code>/quizzes` and what is below it."""
    routes = Blueprint("quizzes", __name__)

    @routes.get("/api/rooms/by-code/<code>/quizzes")
    @tells(QuizzesTold, by="seat", refuses=_STAFF)
    async def listing(code: str) -> Response:
        """List the quizzes prepared for a room."""
        room_id = _room_of_staff(doors, code)
        return jsonify({"quizzes": [quiz_json(row) for row in await quizzes.quizzes_of(room_id)]})

    @routes.post("/api/rooms/by-code/<code>/quizzes")
    @tells(QuizTold, by="seat", status=201, body=QuizBody, refuses=(*_WRITTEN, "quiz.limit"))
    async def create(code: str) -> Response:
        """Keep a new quiz."""
        room_id = _room_of_staff(doors, code)
        title, questions = (await read_body(QuizBody)).clean()
        row = await quizzes.add_quiz(room_id, title, questions, at=utc_now())
        if row is None:
            raise Refused("quiz.limit", {"max": quizzes.QUIZZES_MAX})
        response = jsonify(quiz_json(row))
        response.status_code = 201
        return response

    @routes.patch("/api/rooms/by-code/<code>/quizzes/<quiz_id>")
    @tells(QuizTold, by="seat", body=QuizBody, refuses=(*_WRITTEN, "quiz.unknown"))
    async def change(code: str, quiz_id: str) -> Response:
        """Change a quiz: what is sent takes the place of all of it."""
        room_id = _room_of_staff(doors, code)
        title, questions = (await read_body(QuizBody)).clean()
        row = None
        if may_be_id(quiz_id):
            row = await quizzes.change_quiz(room_id, quiz_id, title, questions, at=utc_now())
        if row is None:
            raise Refused("quiz.unknown")
        return jsonify(quiz_json(row))

    @routes.delete("/api/rooms/by-code/<code>/quizzes/<quiz_id>")
    @tells(None, by="seat", status=204, refuses=(*_STAFF, "quiz.unknown"))
    async def remove(code: str, quiz_id: str) -> Response:
        """Delete a quiz."""
        room_id = _room_of_staff(doors, code)
        if not may_be_id(quiz_id) or not await quizzes.remove_quiz(room_id, quiz_id):
            raise Refused("quiz.unknown")
        return Response(b"", status=204)

    return routes


def quiz_json(row: quizzes.QuizRow) -> dict[str, Any]:
    """A quiz as it is told."""
    return {
        "quiz_id": row.id,
        "title": row.title,
        "questions": row.questions,
        "updated_at": iso(row.updated_at),
    }


def _room_of_staff(doors: Doors, code: str) -> RoomId:
    """The room whose class the shown seat leads now."""
    seat = seat_of(doors, code)
    spend(doors.limits.quiz, seat_key(seat))
    is_inside = doors.live.role_of(seat.room_id, seat.participant_id) is not None
    if not is_inside or not leads_class(doors, seat):
        raise Refused("right.missing", {"right": "may_ask"})
    return seat.room_id
