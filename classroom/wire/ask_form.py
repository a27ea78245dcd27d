"""The room's questions in the form they cross the wire: one for everybody, one for the staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import ask_event
from classroom.room.ask_state import (
    Answer,
    AskState,
    Poll,
    Question,
    clean,
    counts,
    fold,
    has_right,
    is_right,
    is_whole,
)
from classroom.room.chat import clean as clean_lines
from classroom.room.participant import Participant
from classroom.room.policy import is_staff
from classroom.room.room import Room
from classroom.wire import ask

TEXTS_MAX = 50
"""Different typed answers shown to the class, the most frequent ones."""


def question_of(form: ask.Question) -> Question:
    """What a client wants to ask."""
    return Question(
        kind=form.kind,
        text=clean_lines(form.text),
        options=tuple(clean(option) for option in form.options),
        right=tuple(sorted(form.right)),
        right_texts=tuple(filter(None, map(clean, form.right_texts))),
        points=form.points,
        is_multiple=form.is_multiple,
        is_anonymous=form.is_anonymous,
        seconds=form.seconds,
    )


def is_askable(form: ask.Question) -> bool:
    """Whether it could be asked as it is."""
    return is_whole(question_of(form))


def seen_by_students(poll: Poll) -> ask.Poll:
    """A question without what is right, who answered and what, until it is published."""
    question = poll.question
    return ask.Poll(
        id=poll.id,
        kind=question.kind,
        text=question.text,
        options=list(question.options),
        points=question.points,
        is_multiple=question.is_multiple,
        is_anonymous=question.is_anonymous,
        opened_ms=poll.opened_ms,
        ends_ms=poll.ends_ms,
        is_open=poll.is_open,
        page_id=poll.page_id,
        place=poll.place,
        result=_result(poll) if poll.is_published else None,
    )


def seen_by_staff(poll: Poll) -> ask.PollSheet:
    """Everything, but of an open anonymous question only who has answered."""
    question = poll.question
    is_secret = poll.is_open and question.is_anonymous
    return ask.PollSheet(
        poll_id=poll.id,
        is_final=not poll.is_open,
        kind=question.kind,
        text=question.text,
        points=question.points,
        right=list(question.right),
        right_texts=list(question.right_texts),
        shows_right=poll.shows_right,
        counts=[0] * len(counts(poll)) if is_secret else list(counts(poll)),
        people=[
            ask.PollPerson(one.participant_id, one.name, one.has_answered) for one in poll.people
        ],
        answers=[] if is_secret else [_answer_form(question, one) for one in poll.answers],
    )


def ask_form(state: AskState, viewer: Participant) -> ask.Ask:
    """Every question as one participant may know it."""
    own = [
        _own_form(poll.id, poll.answer_of(viewer.id))
        for poll in state.polls
        if poll.has_answered(viewer.id)
    ]
    sheets = [seen_by_staff(poll) for poll in state.polls] if is_staff(viewer.role) else []
    return ask.Ask([seen_by_students(poll) for poll in state.polls], own, sheets)


def _result(poll: Poll) -> ask.PollResult:
    question = poll.question
    shows = poll.shows_right and has_right(question)
    return ask.PollResult(
        answered=len(poll.answers),
        counts=list(counts(poll)),
        texts=_texts(poll),
        right=list(question.right) if shows else None,
        right_texts=list(question.right_texts) if shows else None,
    )


def _texts(poll: Poll) -> list[ask.TextCount]:
    """Typed answers that mean the same are one, in the words that came first."""
    words: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for answer in poll.answers:
        if answer.text:
            key = fold(answer.text)
            words.setdefault(key, answer.text)
            numbers[key] = numbers.get(key, 0) + 1
    ranked = sorted(numbers, key=lambda key: (-numbers[key], key))
    return [ask.TextCount(words[key], numbers[key]) for key in ranked[:TEXTS_MAX]]


def _answer_form(question: Question, answer: Answer) -> ask.PollAnswer:
    return ask.PollAnswer(
        participant_id=answer.participant_id,
        name=answer.name,
        choices=list(answer.choices),
        text=answer.text,
        file_id=answer.file_id,
        is_right=is_right(question, answer),
    )


def _own_form(poll_id: str, answer: Answer | None) -> ask.OwnAnswer:
    if answer is None:
        return ask.OwnAnswer(poll_id, [], "", "")
    return ask.OwnAnswer(poll_id, list(answer.choices), answer.text, answer.file_id)


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    ask_event.PollOpened: lambda event: ask.PollOpened(seen_by_students(event.poll)),
    ask_event.PollClosed: lambda event: ask.PollClosed(seen_by_students(event.poll)),
    ask_event.PollChanged: lambda event: ask.PollChanged(seen_by_students(event.poll)),
    ask_event.PollDiscarded: lambda event: ask.PollDiscarded(event.poll_id),
    ask_event.PollTally: lambda event: ask.PollTally(seen_by_staff(event.poll)),
    ask_event.AnswerTaken: lambda event: ask.AnswerTaken(_own_form(event.poll_id, event.answer)),
}


def _final_tally(body: dict[str, Any]) -> dict[str, Any] | None:
    """Of all tallies of a question only the last one is recorded."""
    return body if body["sheet"]["is_final"] else None


RECORDS: dict[type[Any], Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    ask_event.PollTally: _final_tally,
    ask_event.AnswerTaken: lambda body: None,
}
"""What is recorded otherwise than it is told. Whose answer an anonymous one is, no record knows."""


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The field of a snapshot."""
    return {"ask": ask_form(room.parts.ask.state, viewer)}
