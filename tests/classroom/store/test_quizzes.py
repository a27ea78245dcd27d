"""Prepared questions in both databases: kept, changed, removed, gone with their room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from classroom.store import quizzes
from classroom.store.quiz_tables import Quiz
from classroom.store.rooms import create_room, delete_room

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
QUESTIONS = [{"kind": "text", "text": "梅\x00\ud800", "right": []}]

pytestmark = pytest.mark.usefixtures("store")


async def test_quizzes_are_kept_with_any_text_and_listed_newest_first() -> None:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    first = await quizzes.add_quiz(room.id, "First", QUESTIONS, at=AT)
    await quizzes.add_quiz(room.id, "Second", [], at=AT + timedelta(minutes=1))
    assert first is not None
    assert [row.title for row in await quizzes.quizzes_of(room.id)] == ["Second", "First"]
    assert first.questions == QUESTIONS
    later = AT + timedelta(minutes=2)
    await quizzes.change_quiz(room.id, first.id, "Changed", QUESTIONS * 2, at=later)
    newest = (await quizzes.quizzes_of(room.id))[0]
    assert (newest.title, newest.questions) == ("Changed", QUESTIONS * 2)
    assert await quizzes.change_quiz(room.id, "gone", "x", [], at=later) is None


async def test_a_quiz_is_of_its_room_and_goes_with_it() -> None:
    room, other = [await create_room(title, owner_id=None, at=AT) for title in ("A", "B")]
    made = await quizzes.add_quiz(room.id, "Angles", QUESTIONS, at=AT)
    assert made is not None
    assert not await quizzes.remove_quiz(other.id, made.id)
    assert await quizzes.change_quiz(other.id, made.id, "x", [], at=AT) is None
    await delete_room(room.id)
    assert await Quiz.all().count() == 0
