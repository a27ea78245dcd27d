"""Questions as scripts: who may ask and answer, once, until when, and who hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room.ask import AskPart
from classroom.room.ask_command import AnswerPoll, ClosePoll, DiscardPoll, OpenPoll, PublishPoll
from classroom.room.ask_event import (
    AnswerTaken,
    PollChanged,
    PollClosed,
    PollDiscarded,
    PollOpened,
    PollTally,
)
from classroom.room.ask_state import (
    POLLS_MAX,
    Answer,
    AskState,
    Poll,
    Question,
    counts,
    fits,
    is_right,
    is_whole,
)
from classroom.room.event import ParticipantChanged, ParticipantJoined, ParticipantLeft
from classroom.room.files import FilesPart
from classroom.room.ground import Ground
from classroom.room.lifecycle import RoomTerms
from classroom.room.moment import Moment
from classroom.room.participant import Participant, SeatState

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUTOR, SECOND, LIN, TOMAS, GUEST = (
    ParticipantId(name) for name in ("tutor", "second", "lin", "tomas", "guest")
)
ANGLES = Question("choice", "How large is the angle?", ("30", "60", "120"), right=(1,), points=3)
MOOD = Question("scale", "How was it?", is_anonymous=True)


class Class:
    """A class in virtual time that only asks and answers."""

    def __init__(self) -> None:
        self.ground = Ground(RoomTerms(RoomId("room"), "kfm-qtw-xyz", "Geometry", 60, 30.0))
        self.files = FilesPart(self.ground)
        self.page_id = "slide-2"
        self.goes_on(AskState())
        self.clock_ms = 0
        for who, role in ((TUTOR, "host"), (LIN, "student"), (TOMAS, "student")):
            self.comes(who, role)  # type: ignore[arg-type]

    def goes_on(self, state: AskState) -> None:
        self.part = AskPart(self.ground, self.files, state, lambda: self.page_id)

    @property
    def moment(self) -> Moment:
        return Moment(self.clock_ms / 1000, AT, self.clock_ms)

    def comes(self, who: ParticipantId, role: Role = "student") -> list[Any]:
        person = Participant(who, who.title(), role, SeatState.HERE, AT)
        self.ground.participants[who] = person
        return self.part.follow(ParticipantJoined(person), self.moment)

    def becomes(self, who: ParticipantId, role: Role) -> list[Any]:
        person = replace(self.ground.participants[who], role=role)
        self.ground.participants[who] = person
        return self.part.follow(ParticipantChanged(person), self.moment)

    def goes(self, who: ParticipantId) -> list[Any]:
        del self.ground.participants[who]
        return self.part.follow(ParticipantLeft(who, "left"), self.moment)

    def does(self, command: Any) -> list[Any]:
        self.part.checks[type(command)](command, self.moment)
        return self.part.effects[type(command)](command, self.moment)

    def refuses(self, command: Any) -> str:
        before = self.part.state
        with pytest.raises(Refused) as refused:
            self.does(command)
        assert self.part.state == before
        return refused.value.code

    def asks(self, question: Question = ANGLES, poll_id: str = "q1") -> list[Any]:
        return self.does(OpenPoll(TUTOR, poll_id, question))

    def waits(self, ms: int) -> list[Any]:
        """Let time pass, with the part's timers on their way."""
        until, events = self.clock_ms + ms, list[Any]()
        while (due := self.part.due_ms()) is not None and due <= until:
            self.clock_ms = max(self.clock_ms, due)
            events += self.part.handle_timer(self.moment)
        self.clock_ms = until
        return events

    def poll(self, poll_id: str = "q1") -> Poll:
        found = self.part.state.find(poll_id)
        assert found is not None
        return found


def kinds(events: list[Any]) -> list[type[Any]]:
    return [type(event) for event in events]


def not_yet(poll: Poll) -> list[str]:
    return [one.participant_id for one in poll.people if not one.has_answered]


# Asking


def test_a_question_is_told_to_all_and_its_tally_to_the_staff() -> None:
    room = Class()
    opened, tally = room.asks()
    assert isinstance(opened, PollOpened)
    assert isinstance(tally, PollTally)
    assert tally.audience.staff
    assert not tally.audience.people
    assert not_yet(room.poll()) == [LIN, TOMAS]


def test_a_new_question_closes_the_open_one() -> None:
    room = Class()
    room.asks()
    assert kinds(room.asks(poll_id="q2")) == [PollClosed, PollTally, PollOpened, PollTally]
    assert not room.poll("q1").is_open
    assert room.part.state.open_poll == room.poll("q2")


def test_a_question_belongs_to_the_page_the_class_is_on() -> None:
    room = Class()
    elsewhere = OpenPoll(TUTOR, "q1", ANGLES, page_id="slide-3")
    assert room.refuses(elsewhere) == "poll.page"
    room.does(OpenPoll(TUTOR, "q1", ANGLES, page_id="slide-2", place="over"))
    room.page_id = "slide-3"
    assert (room.poll().page_id, room.poll().place) == ("slide-2", "over")
    room.does(AnswerPoll(LIN, "q1", (1,)))
    room.does(replace(elsewhere, poll_id="q2"))
    assert (room.poll("q2").page_id, room.poll("q2").place) == ("slide-3", "beside")
    room.asks(poll_id="q3")
    assert room.poll("q3").page_id == ""


def test_only_staff_asks_closes_publishes_and_discards() -> None:
    room = Class()
    room.asks()
    for command in (
        OpenPoll(LIN, "q2", ANGLES),
        ClosePoll(LIN, "q1"),
        PublishPoll(LIN, "q1", on=True),
        DiscardPoll(LIN, "q1"),
    ):
        assert room.refuses(command) == "right.missing"


def test_a_second_teacher_closes_the_question_of_the_first() -> None:
    room = Class()
    room.asks()
    room.comes(SECOND, "assistant")
    assert kinds(room.does(ClosePoll(SECOND, "q1"))) == [PollClosed, PollTally]
    assert room.does(ClosePoll(TUTOR, "q1")) == []


def test_the_fifty_first_question_is_refused_until_one_is_discarded() -> None:
    room = Class()
    for number in range(POLLS_MAX):
        room.asks(poll_id=f"q{number}")
    assert room.refuses(OpenPoll(TUTOR, "more", ANGLES)) == "poll.limit"
    assert kinds(room.does(DiscardPoll(TUTOR, "q0"))) == [PollDiscarded]
    room.asks(poll_id="more")
    assert room.refuses(ClosePoll(TUTOR, "q0")) == "poll.unknown"


@pytest.mark.parametrize(
    "question",
    [
        Question("choice", options=("only one",)),
        Question("choice", options=("a",) * 9),
        Question("choice", options=("a", "b"), right=(2,)),
        Question("choice", options=("a", "b"), right=(0, 0)),
        Question("choice", options=("a", "b"), right_texts=("a",)),
        Question("yes_no", options=("yes", "no")),
        Question("yes_no", is_multiple=True),
        Question("scale", right=(4,)),
        Question("text", right=(0,)),
        Question("text", right_texts=("x",) * 11),
    ],
)
def test_a_question_that_is_not_whole_is_refused(question: Question) -> None:
    assert not is_whole(question)
    assert Class().refuses(OpenPoll(TUTOR, "q1", question)) == "poll.invalid"


# Answering


def test_an_answer_is_taken_once_and_told_to_whoever_gave_it() -> None:
    room = Class()
    room.asks()
    room.waits(1000)
    taken, tally = room.does(AnswerPoll(LIN, "q1", (1,)))
    assert isinstance(taken, AnswerTaken)
    assert isinstance(tally, PollTally)
    assert taken.audience.people == {LIN}
    assert not taken.audience.staff
    assert taken.answer == Answer(LIN, "Lin", (1,))
    assert room.refuses(AnswerPoll(LIN, "q1", (0,))) == "poll.answered"
    assert not_yet(room.poll()) == [TOMAS]
    assert counts(room.poll()) == (0, 1, 0)


def test_who_teaches_or_watches_does_not_answer() -> None:
    room = Class()
    room.comes(GUEST, "observer")
    room.asks()
    assert room.refuses(AnswerPoll(TUTOR, "q1", (1,))) == "right.missing"
    assert room.refuses(AnswerPoll(GUEST, "q1", (1,))) == "right.missing"


@pytest.mark.parametrize(
    ("question", "choices", "text"),
    [
        (ANGLES, (), ""),
        (ANGLES, (0, 1), ""),
        (ANGLES, (3,), ""),
        (ANGLES, (-1,), ""),
        (ANGLES, (1,), "and a word"),
        (replace(ANGLES, is_multiple=True), (1, 1), ""),
        (MOOD, (5,), ""),
        (Question("yes_no"), (2,), ""),
        (Question("text"), (), " \n "),
        (Question("text"), (0,), "a"),
        (Question("text"), (), "x" * 301),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    question: Question, choices: tuple[int, ...], text: str
) -> None:
    room = Class()
    room.asks(question)
    assert room.refuses(AnswerPoll(LIN, "q1", choices, text)) == "answer.invalid"


def test_no_answer_is_taken_after_the_end() -> None:
    room = Class()
    room.asks(replace(ANGLES, seconds=30))
    assert room.waits(29_999) == []
    room.clock_ms += 1
    assert room.refuses(AnswerPoll(LIN, "q1", (1,))) == "poll.closed"
    assert kinds(room.waits(0)) == [PollClosed, PollTally]
    assert room.refuses(AnswerPoll(LIN, "q1", (1,))) == "poll.closed"
    assert room.refuses(AnswerPoll(LIN, "gone", (1,))) == "poll.unknown"
    assert room.part.due_ms() is None


def test_right_is_judged_by_case_width_and_spaces_for_typed_answers() -> None:
    question = Question("text", right_texts=("Sixty Degrees",))
    assert is_right(question, Answer("", "", text="  sixty   DEGREES ")) is True
    assert is_right(question, Answer("", "", text="ｓｉｘｔｙ degrees")) is True
    assert is_right(question, Answer("", "", text="sixty")) is False
    assert is_right(Question("text"), Answer("", "", text="anything")) is None


def test_several_right_options_are_all_chosen_or_any_of_them() -> None:
    every = Question("choice", options=("a", "b", "c"), right=(0, 2), is_multiple=True)
    assert is_right(every, Answer("", "", (0, 2))) is True
    assert is_right(every, Answer("", "", (0,))) is False
    either = replace(every, is_multiple=False)
    assert is_right(either, Answer("", "", (2,))) is True
    assert is_right(either, Answer("", "", (1,))) is False


# Who is waited for


def test_who_comes_late_is_asked_and_who_goes_is_not_waited_for() -> None:
    room = Class()
    room.asks()
    room.comes(GUEST)
    room.goes(TOMAS)
    assert not_yet(room.poll()) == [LIN, GUEST]
    room.becomes(GUEST, "observer")
    assert not_yet(room.poll()) == [LIN]


def test_who_answered_and_went_stays_among_the_answers_and_cannot_answer_again() -> None:
    room = Class()
    room.asks()
    room.does(AnswerPoll(LIN, "q1", (1,)))
    room.goes(LIN)
    room.comes(LIN)
    assert [one.participant_id for one in room.poll().people] == [LIN, TOMAS]
    assert room.refuses(AnswerPoll(LIN, "q1", (2,))) == "poll.answered"


def test_the_tally_comes_at_most_four_times_a_second_and_never_late() -> None:
    room = Class()
    for number in range(20):
        room.comes(ParticipantId(f"s{number}"))
    room.asks()
    told = list[int]()
    for number in range(20):
        events = room.does(AnswerPoll(ParticipantId(f"s{number}"), "q1", (1,)))
        told += [room.clock_ms for event in events if isinstance(event, PollTally)]
        told += [room.clock_ms for event in room.waits(60) if isinstance(event, PollTally)]
    assert 3 <= len(told) <= 5
    (last,) = room.waits(300)
    assert isinstance(last, PollTally)
    assert len(last.poll.answers) == 20


# Showing


def test_showing_closes_and_showing_twice_is_nothing() -> None:
    room = Class()
    room.asks()
    show = PublishPoll(TUTOR, "q1", on=True, shows_right=True)
    assert kinds(room.does(show)) == [PollClosed, PollTally, PollChanged]
    assert room.poll().is_published
    assert room.poll().shows_right
    assert room.does(show) == []
    assert kinds(room.does(PublishPoll(TUTOR, "q1", on=False))) == [PollChanged]
    assert not room.poll().is_published
    assert not room.poll().shows_right


def test_an_anonymous_answer_has_no_name_anywhere() -> None:
    room = Class()
    room.asks(MOOD)
    first = room.does(AnswerPoll(LIN, "q1", (4,)))
    room.does(AnswerPoll(TOMAS, "q1", (0,)))
    assert first[0].answer == Answer(LIN, "Lin")
    assert room.poll().answers == (Answer("", "", (0,)), Answer("", "", (4,)))
    assert room.refuses(AnswerPoll(LIN, "q1", (1,))) == "poll.answered"


# No sequence of commands breaks it

PEOPLE = [TUTOR, SECOND, LIN, TOMAS, GUEST]
QUESTIONS = [ANGLES, MOOD, replace(ANGLES, seconds=5), Question("text", is_anonymous=True)]
who = st.sampled_from(PEOPLE)
ids = st.sampled_from(["q0", "q1", "q2"])
steps = st.one_of(
    st.tuples(st.just("open"), who, st.sampled_from(QUESTIONS)),
    st.builds(
        AnswerPoll, who, ids, st.sampled_from([(), (0,), (1,), (0, 1)]), st.sampled_from(["", "x"])
    ),
    st.builds(ClosePoll, who, ids),
    st.builds(PublishPoll, who, ids, st.booleans(), st.booleans()),
    st.tuples(st.just("wait"), st.integers(0, 6000)),
    st.tuples(st.just("go"), who),
    st.tuples(st.just("come"), who, st.sampled_from(["student", "assistant", "observer"])),
)


def _step(room: Class, step: Any) -> list[Any]:
    match step:
        case ("open", by, question):
            return room.does(OpenPoll(by, f"q{len(room.part.state.polls)}", question))
        case ("wait", ms):
            return room.waits(ms)
        case ("go", by) if by in room.ground.participants:
            return room.goes(by)
        case ("come", by, role) if by not in room.ground.participants:
            return room.comes(by, role)
        case tuple():
            return []
        case _:
            return room.does(step)


@settings(max_examples=80, deadline=None)
@given(st.lists(steps, max_size=30))
def test_no_sequence_of_commands_breaks_a_question(plan: list[Any]) -> None:
    room = Class()
    answered = set[tuple[str, str]]()
    for step in plan:
        state = room.part.state
        try:
            events = _step(room, step)
        except Refused:
            assert room.part.state == state
            events = []
        for event in events:
            if isinstance(event, AnswerTaken):
                key = (event.poll_id, event.answer.participant_id)
                assert key not in answered
                answered.add(key)
                before = state.find(event.poll_id)
                assert before is not None
                assert before.takes_answers(room.clock_ms)
        _check(room.part.state)


def _check(state: AskState) -> None:
    assert sum(poll.is_open for poll in state.polls) <= 1
    for poll in state.polls:
        people = [one.participant_id for one in poll.people]
        assert len(set(people)) == len(people)
        assert len(poll.answers) == sum(one.has_answered for one in poll.people)
        assert not (poll.is_open and poll.is_published)
        for answer in poll.answers:
            assert fits(poll.question, answer.choices, answer.text)
            assert bool(answer.participant_id) is not poll.question.is_anonymous
            assert bool(answer.name) is not poll.question.is_anonymous


# Over a restart


def test_a_question_goes_on_after_a_restart_with_who_has_answered() -> None:
    room = Class()
    room.asks(replace(ANGLES, seconds=30))
    room.does(AnswerPoll(LIN, "q1", (1,)))
    written = TypeAdapter(AskState).dump_json(room.part.state)
    room.goes_on(TypeAdapter(AskState).validate_json(written))
    assert room.refuses(AnswerPoll(LIN, "q1", (0,))) == "poll.answered"
    room.does(AnswerPoll(TOMAS, "q1", (0,)))
    assert counts(room.poll()) == (1, 1, 0)
    assert kinds(room.waits(30_000))[-2:] == [PollClosed, PollTally]
