"""What of a question crosses the wire to whom: nothing early, nothing with a wrong name."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.ask_event import AnswerTaken, PollClosed, PollOpened, PollTally
from classroom.room.ask_state import Answer, AskState, Poll, Question
from classroom.room.audience import STAFF, Audience
from classroom.room.participant import Participant, SeatState
from classroom.wire import codec
from classroom.wire.ask_form import (
    FORMS,
    RECORDS,
    TEXTS_MAX,
    ask_form,
    question_of,
    seen_by_staff,
    seen_by_students,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIN, TOMAS = ParticipantId("lin-id"), ParticipantId("tomas-id")
ANGLES = Question("choice", "How large?", ("30", "60"), right=(1,), points=2)
TYPED = Question("text", "Which city?", right_texts=("Secretville",))
TUTOR = Participant(ParticipantId("tutor"), "Amara", "host", SeatState.HERE, AT)
STUDENT = Participant(LIN, "Lin Yue", "student", SeatState.HERE, AT)
OTHER = replace(STUDENT, id=TOMAS, name="Tomas")


def asked(question: Question, *answers: tuple[ParticipantId, str, Any]) -> Poll:
    poll = Poll("q1", question, opened_ms=1000).with_person(LIN, "Lin Yue")
    for who, name, value in answers:
        given = {"text": value} if isinstance(value, str) else {"choices": value}
        poll = poll.with_answer(who, name, Answer(who, name, **given))
    return poll


def told(value: Any) -> str:
    return json.dumps(asdict(value))


def recorded(event: Any) -> dict[str, Any] | None:
    body = codec.encode_body(FORMS[type(event)](event))
    return RECORDS[type(event)](body) if type(event) in RECORDS else body


def test_students_see_what_is_right_only_when_it_is_shown() -> None:
    poll = asked(TYPED, (LIN, "Lin Yue", "Paris"), (TOMAS, "Tomas", "secretville"))
    assert seen_by_students(poll).result is None
    assert "Paris" not in told(seen_by_students(poll))
    shown = seen_by_students(replace(poll, is_open=False, is_published=True)).result
    assert shown is not None
    assert shown.right_texts is None
    assert [(one.text, one.count) for one in shown.texts] == [("Paris", 1), ("secretville", 1)]
    with_right = replace(poll, is_open=False, is_published=True, shows_right=True)
    result = seen_by_students(with_right).result
    assert result is not None
    assert result.right_texts == ["Secretville"]


def test_typed_answers_that_mean_the_same_are_one_and_only_the_first_are_shown() -> None:
    many = [(ParticipantId(f"p{n}"), f"P{n}", f"word {n}") for n in range(TEXTS_MAX + 5)]
    poll = asked(TYPED, *many, (LIN, "Lin Yue", "WORD  3"))
    result = seen_by_students(replace(poll, is_open=False, is_published=True)).result
    assert result is not None
    assert len(result.texts) == TEXTS_MAX
    assert (result.texts[0].text, result.texts[0].count) == ("word 3", 2)


def test_the_staff_sees_names_and_verdicts() -> None:
    sheet = seen_by_staff(asked(ANGLES, (LIN, "Lin Yue", (1,)), (TOMAS, "Tomas", (0,))))
    assert [(one.name, one.is_right) for one in sheet.answers] == [
        ("Lin Yue", True),
        ("Tomas", False),
    ]
    assert sheet.counts == [1, 1]


def test_an_open_anonymous_question_tells_the_staff_only_who_has_answered() -> None:
    poll = asked(replace(ANGLES, is_anonymous=True), (LIN, "Lin Yue", (1,)))
    sheet = seen_by_staff(poll)
    assert sheet.counts == [0, 0]
    assert sheet.answers == []
    assert [one.has_answered for one in sheet.people] == [True]
    closed = seen_by_staff(replace(poll, is_open=False))
    assert closed.counts == [0, 1]
    assert [(one.participant_id, one.name) for one in closed.answers] == [("", "")]


def test_everybody_gets_their_own_answer_and_only_staff_the_sheets() -> None:
    state = AskState((asked(ANGLES, (LIN, "Lin Yue", (1,))),))
    mine = ask_form(state, STUDENT)
    assert [one.choices for one in mine.own] == [[1]]
    assert mine.sheets == []
    assert ask_form(state, OTHER).own == []
    assert len(ask_form(state, TUTOR).sheets) == 1
    assert len(ask_form(state, replace(STUDENT, role="assistant")).sheets) == 1


def test_whoever_answered_anonymously_hears_that_it_was_taken_and_no_value() -> None:
    state = AskState((asked(replace(ANGLES, is_anonymous=True), (LIN, "Lin Yue", (1,))),))
    (own,) = ask_form(state, STUDENT).own
    assert (own.choices, own.text) == ([], "")


def test_only_the_last_tally_is_recorded_and_no_single_answer() -> None:
    poll = asked(ANGLES, (LIN, "Lin Yue", (1,)))
    assert recorded(PollTally(poll, audience=STAFF)) is None
    final = recorded(PollTally(replace(poll, is_open=False), audience=STAFF))
    assert final is not None
    assert final["sheet"]["answers"][0]["is_right"] is True
    taken = AnswerTaken("q1", poll.answers[0], audience=Audience(frozenset({LIN})))
    assert recorded(taken) is None


values = st.one_of(st.sampled_from([(0,), (1,)]))
people = st.lists(st.sampled_from(["lin-id", "tomas-id", "omar-id"]), unique=True)


@settings(max_examples=60, deadline=None)
@given(people, st.lists(values, min_size=3, max_size=3), st.booleans(), st.booleans())
def test_no_form_and_no_record_puts_a_name_to_an_anonymous_answer(
    who: list[str], answers: list[tuple[int, ...]], is_open: bool, is_published: bool
) -> None:
    question = replace(ANGLES, is_anonymous=True)
    pairs = [(ParticipantId(one), one, value) for one, value in zip(who, answers, strict=False)]
    poll = replace(asked(question, *pairs), is_open=is_open, is_published=is_published)
    everywhere: list[Any] = [
        asdict(ask_form(AskState((poll,)), viewer)) for viewer in (TUTOR, OTHER)
    ]
    for event in (PollOpened(poll), PollClosed(poll), PollTally(poll, audience=STAFF)):
        everywhere += [asdict(FORMS[type(event)](event)), recorded(event) or {}]
    for answer in _answers_in(everywhere):
        assert not answer.get("participant_id")
        assert not answer.get("name")
    backwards = replace(asked(question, *reversed(pairs)), is_open=False)
    assert seen_by_staff(backwards).answers == seen_by_staff(replace(poll, is_open=False)).answers


def _answers_in(value: Any) -> list[dict[str, Any]]:
    """Every object that says what was chosen."""
    if isinstance(value, list):
        return [found for one in value for found in _answers_in(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("choices") else []
    return own + [found for one in value.values() for found in _answers_in(one)]


def test_a_question_is_read_strictly_and_its_ends_are_trimmed() -> None:
    form = {
        "kind": "choice",
        "text": " How\x00 large? ",
        "options": [" 30\x07\n ", ""],
        "right": [1],
        "right_texts": [],
        "points": 3,
        "is_multiple": False,
        "is_anonymous": False,
        "seconds": 30,
    }
    request = codec.decode("ask.open", {"question": form})
    assert question_of(request.question) == Question(
        "choice", "How large?", ("30", ""), right=(1,), points=3, seconds=30
    )
    for wrong in ({"seconds": 4}, {"points": 101}, {"options": ["a"] * 9}, {"kind": "essay"}):
        with pytest.raises(Refused, match=r"message\.malformed"):
            codec.decode("ask.open", {"question": form | wrong})
