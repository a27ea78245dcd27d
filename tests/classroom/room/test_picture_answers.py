"""Questions answered with a picture: sent to the staff alone, once, and gone with the question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.room.ask_command import AnswerPoll, DiscardPoll, OpenPoll
from classroom.room.ask_event import AnswerTaken, PollDiscarded, PollTally
from classroom.room.ask_state import Question, fits, is_whole
from classroom.room.file_card import FileCard
from classroom.room.files_command import AddFile, RemoveFile
from classroom.room.files_event import FileAddedAside, FileRemovedAside
from tests.support.script import Lesson, Person

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SKETCH = Question("picture", "Draw the angle and send a photo", points=2)


def has(owner: Person, file_id: str, *, width: int | None = 640) -> None:
    """It has arrived at the server and was sent to nobody."""
    card = FileCard(file_id, f"{file_id}.jpg", "image/jpeg", 9, owner.id, owner.name, AT)
    owner.lesson.do(AddFile(owner.id, replace(card, width=width, height=width)))


def asks(tutor: Person, question: Question = SKETCH) -> None:
    tutor.lesson.do(OpenPoll(tutor.id, "q1", question))


def answers(who: Person, file_id: str, **other: Any) -> list[Any]:
    return who.lesson.do(AnswerPoll(who.id, "q1", file_id=file_id, **other))


def refusal(who: Person, file_id: str, **other: Any) -> str:
    with pytest.raises(Refused) as refused:
        answers(who, file_id, **other)
    return refused.value.code


def sees(who: Person) -> list[str]:
    viewer = who.lesson.room.participants[who.id]
    return [one.id for one in who.lesson.room.parts.files.seen_by(viewer)]


def test_a_picture_answer_is_for_the_staff_and_whoever_gave_it(
    lesson: Lesson, tutor: Person, lin: Person, bo: Person
) -> None:
    asks(tutor)
    has(lin, "f1")
    added, taken = answers(lin, "f1")
    assert isinstance(added, FileAddedAside)
    assert isinstance(taken, AnswerTaken)
    assert taken.answer.file_id == "f1"
    (tally,) = lesson.passes(1)
    assert isinstance(tally, PollTally)
    assert tally.poll.answers[0].file_id == "f1"
    assert (sees(tutor), sees(lin), sees(bo)) == (["f1"], ["f1"], [])
    has(lin, "f2")
    assert refusal(lin, "f2") == "poll.answered"


def test_an_answer_is_an_own_picture_that_nobody_has_yet(
    lesson: Lesson, tutor: Person, lin: Person, bo: Person
) -> None:
    asks(tutor)
    has(bo, "his")
    has(lin, "letter", width=None)
    assert refusal(lin, "his") == "answer.invalid"
    assert refusal(lin, "letter") == "answer.invalid"
    assert refusal(lin, "unknown") == "answer.invalid"
    assert refusal(lin, "") == "answer.invalid"
    has(lin, "f1")
    assert refusal(lin, "f1", text="and words") == "answer.invalid"
    answers(lin, "f1")
    lesson.do(OpenPoll(tutor.id, "q2", SKETCH))
    with pytest.raises(Refused) as refused:
        lesson.do(AnswerPoll(lin.id, "q2", file_id="f1"))
    assert refused.value.code == "answer.invalid"


def test_the_locks_for_files_and_chat_keep_nobody_from_answering(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    asks(tutor)
    tutor.locks(files=True, chat=True)
    assert lesson.room.wants_picture(lin.id)
    assert not lesson.room.wants_picture(tutor.id)
    has(lin, "f1")
    answers(lin, "f1")
    assert not lesson.room.wants_picture(lin.id)


def test_pictures_go_with_their_question(lesson: Lesson, tutor: Person, lin: Person) -> None:
    asks(tutor)
    has(lin, "f1")
    answers(lin, "f1")
    removed, discarded = lesson.do(DiscardPoll(tutor.id, "q1"))
    assert isinstance(removed, FileRemovedAside)
    assert isinstance(discarded, PollDiscarded)
    assert sees(lin) == []


def test_an_answer_stays_one_when_its_picture_is_removed(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    asks(tutor)
    has(lin, "f1")
    answers(lin, "f1")
    lesson.do(RemoveFile(lin.id, "f1"))
    assert lesson.room.parts.ask.state.polls[0].has_answered(lin.id)
    assert lesson.do(DiscardPoll(tutor.id, "q1")) == [PollDiscarded("q1")]


def test_a_question_for_pictures_has_names_and_nothing_to_choose() -> None:
    assert is_whole(SKETCH)
    assert not is_whole(replace(SKETCH, is_anonymous=True))
    assert not is_whole(replace(SKETCH, options=("a", "b")))
    assert not is_whole(replace(SKETCH, right=(0,)))
    assert not is_whole(replace(SKETCH, right_texts=("a",)))
    assert not fits(Question("text"), (), "words", "f1")
