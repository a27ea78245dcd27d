"""The answers of closed questions, apart from the state of the room and back with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from classroom.room import ask_command as ask
from classroom.room.ask_state import POLLS_MAX, Question
from classroom.room.kept import Kept
from classroom.room.kept_apart import apart, together
from tests.support.script import TERMS, Lesson

STUDENTS = 40
STATE_BYTES_MAX = 100_000


@pytest.fixture(scope="module")
def kept() -> Kept:
    """After as many typed questions as there may be; the last is open."""
    lesson = Lesson(terms=replace(TERMS, capacity=STUDENTS + 1))
    teacher = lesson.person("Wu", "host")
    students = [lesson.person(f"Student {number}") for number in range(STUDENTS)]
    for number in range(POLLS_MAX):
        teacher.does(ask.OpenPoll, f"p{number}", Question("text", "What is x?"))
        for student in students:
            student.does(ask.AnswerPoll, f"p{number}", (), "x" * 100)
    return lesson.room.kept(lesson.now)


def test_the_state_is_small_and_whole_again_with_its_pieces(kept: Kept) -> None:
    rest, pieces = apart(kept)
    assert set(pieces) == {f"p{number}" for number in range(POLLS_MAX - 1)}
    states = TypeAdapter(Kept)
    assert len(states.dump_json(kept)) > 3 * STATE_BYTES_MAX
    assert len(states.dump_json(rest)) < STATE_BYTES_MAX
    assert together(states.validate_json(states.dump_json(rest)), pieces) == kept


def test_a_question_that_was_discarded_does_not_come_back(kept: Kept) -> None:
    rest, pieces = apart(kept)
    polls = tuple(poll for poll in rest.ask.polls if poll.id != "p3")
    fewer = together(replace(rest, ask=replace(rest.ask, polls=polls)), pieces)
    assert fewer.ask.find("p3") is None
    assert len(fewer.ask.polls) == POLLS_MAX - 1


def test_a_state_from_before_has_its_answers_itself(kept: Kept) -> None:
    assert together(kept, {}) == kept
