"""Questions prepared for a room. Who may see and change them is decided by the caller."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from classroom.ids import RoomId, new_id
from classroom.store.quiz_tables import Quiz

TITLE_MAX = 120
QUIZZES_MAX = 100
"""Of one room."""
QUESTIONS_MAX = 50
"""Of one quiz."""

Question = dict[str, Any]
"""A question in the form in which it crosses the wire."""


@dataclass(frozen=True, slots=True)
class QuizRow:
    id: str
    title: str
    questions: list[Question]
    updated_at: datetime


async def quizzes_of(room_id: RoomId) -> list[QuizRow]:
    """All of a room, the one that was changed last first."""
    found = await Quiz.filter(room_id=room_id).order_by("-updated_at", "id").limit(QUIZZES_MAX)
    return [_row(quiz) for quiz in found]


async def add_quiz(
    room_id: RoomId, title: str, questions: Sequence[Question], *, at: datetime
) -> QuizRow | None:
    """A new one; None when the room has as many as it may have."""
    if await Quiz.filter(room_id=room_id).count() >= QUIZZES_MAX:
        return None
    quiz = await Quiz.create(
        id=new_id(), room_id=room_id, title=title, questions=_text(questions), updated_at=at
    )
    return _row(quiz)


async def change_quiz(
    room_id: RoomId, quiz_id: str, title: str, questions: Sequence[Question], *, at: datetime
) -> QuizRow | None:
    """The same under its new title with its new questions; None when it is gone."""
    changed = await Quiz.filter(id=quiz_id, room_id=room_id).update(
        title=title, questions=_text(questions), updated_at=at
    )
    return QuizRow(quiz_id, title, list(questions), at) if changed else None


async def remove_quiz(room_id: RoomId, quiz_id: str) -> bool:
    """Whether there was one to remove."""
    return await Quiz.filter(id=quiz_id, room_id=room_id).delete() > 0


def _text(questions: Sequence[Question]) -> str:
    # Escaped, because PostgreSQL keeps no text with a NUL or half a surrogate pair in it.
    return json.dumps(list(questions), separators=(",", ":"))


def _row(quiz: Quiz) -> QuizRow:
    return QuizRow(quiz.id, quiz.title, json.loads(quiz.questions), quiz.updated_at)
