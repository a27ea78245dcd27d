"""What of the log goes into a recording: a list, and nobody in it who did not agree."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from classroom.ids import ParticipantId
from classroom.lesson.not_recorded import NOT_RECORDED
from classroom.lesson.recorded import LINES, lines_of, without
from classroom.lesson.sight import Sight, board_lines
from classroom.room.ask_command import AnswerPoll, ClosePoll, OpenPoll, PublishPoll
from classroom.room.ask_state import Question
from classroom.room.board import BoardState
from classroom.room.command import AddPage, PageSize, PublishTrack, TurnPage
from classroom.room.event import LogEntry
from classroom.room.floor_command import RaiseHand, SetSpotlight
from classroom.room.page import BoardPage
from classroom.wire.entries import FORMS, UNTOLD
from tests.support.script import Lesson, Person


@pytest.fixture
def tutor() -> Person:
    return Lesson().person("Tutor", "host")


@pytest.fixture
def lin(tutor: Person) -> Person:
    return tutor.lesson.person("Lin")


def sight(*named: str) -> Sight:
    return Sight(may_name=lambda pid: pid in named, may=lambda pid, kind: pid in named)


def written(entries: list[LogEntry], seen: Sight) -> list[dict[str, Any]]:
    return [line for entry in entries for line in lines_of(entry.event, seen)]


@pytest.mark.parametrize("kind", [*FORMS, *UNTOLD], ids=lambda kind: kind.__name__)
def test_each_kind_of_event_is_decided(kind: type[Any]) -> None:
    assert (kind in LINES) != (kind in NOT_RECORDED), "a row in one of the two"


def test_nothing_is_decided_that_never_happens() -> None:
    assert {*LINES, *NOT_RECORDED} == {*FORMS, *UNTOLD}
    assert all(NOT_RECORDED.values()), "each with a reason"


def test_nothing_private_is_written() -> None:
    private = [kind for kind in LINES if any(one.name == "audience" for one in fields(kind))]
    assert private == []


@pytest.fixture
def class_of_two(tutor: Person, lin: Person) -> Lesson:
    lesson = tutor.lesson
    lin.publishes("screen")
    lin.does(RaiseHand)
    tutor.does(SetSpotlight, lin.id)
    tutor.does(OpenPoll, "q1", Question("choice", "Which?", ("Left", "Right")))
    lin.does(AnswerPoll, "q1", (1,))
    tutor.does(ClosePoll, "q1")
    tutor.does(PublishPoll, "q1", True)
    lin.leaves()
    return lesson


def test_who_agreed_to_nothing_is_nowhere(class_of_two: Lesson, tutor: Person) -> None:
    lines = written(class_of_two.log, sight(tutor.id))
    assert "lin" not in str(lines).lower()
    assert {"event": "stage", "screen_of": "", "board": False} in lines
    assert {"event": "spotlight", "pid": ""} in lines


def test_who_agreed_is_told_of(class_of_two: Lesson, tutor: Person) -> None:
    lines = written(class_of_two.log, sight(tutor.id, "lin"))
    assert {"event": "hand", "pid": "lin", "is_up": True} in lines
    assert {"event": "left", "pid": "lin"} in lines
    assert {"event": "spotlight", "pid": "lin"} in lines
    joined = [line for line in lines if line["event"] == "joined"]
    assert {line["pid"] for line in joined} == {tutor.id, "lin"}
    assert len(joined) == 2, "once, whatever else changed of them"


def test_of_answers_only_what_the_class_was_shown(class_of_two: Lesson, tutor: Person) -> None:
    polls = [
        line
        for line in written(class_of_two.log, sight(tutor.id, "lin"))
        if line["event"] == "poll"
    ]
    assert [line["phase"] for line in polls] == ["opened", "closed", "closed"]
    assert "tally" not in polls[1]
    assert polls[-1]["tally"] == [["Left", 0], ["Right", 1]]
    assert all("lin" not in str(line) for line in polls)


def test_pages_are_told_when_the_class_is_on_them(tutor: Person) -> None:
    seen = sight()
    first = board_lines(tutor.lesson.room.board, seen)
    assert [line["event"] for line in first] == ["turned"]
    assert board_lines(tutor.lesson.room.board, seen) == [], "once"
    tutor.does(AddPage, "p2", None, "Roots", "grid", PageSize(640, 480))
    tutor.does(TurnPage, "p2")
    lines = board_lines(tutor.lesson.room.board, seen)
    (turned,) = [line for line in lines if line["event"] == "turned"]
    page = turned["page"]
    assert (page["id"], page["name"], page["width"]) == ("p2", "Roots", 640)


def test_pages_nobody_saw_and_reserved_ones_are_not_told() -> None:
    hidden = BoardPage("d-1", kind="slide", placement="d", slide=1, is_seen=False)
    private = BoardPage("g-1", belongs_to="group")
    board = BoardState("b", (BoardPage("p1"), hidden, private), "p1")
    assert [line["page"]["id"] for line in board_lines(board, sight())] == ["p1"]


def test_a_name_is_told_again_only_when_it_is_new(tutor: Person) -> None:
    seen = sight(tutor.id)
    (joined, *_) = written(tutor.lesson.log, seen)
    assert joined["name"] == tutor.name
    tutor.does(PublishTrack, "microphone")
    assert written(tutor.lesson.log[-1:], seen) == []
    assert seen.names == {ParticipantId(tutor.id): tutor.name}


def test_who_is_taken_out_is_in_no_line() -> None:
    lin = ParticipantId("lin")
    page = {"id": "p", "name": "Screen of Lin", "backdrop": "lin~screen~a"}
    assert (
        without({"ms": 1, "event": "joined", "pid": "lin", "name": "Lin"}, {lin}, ["Lin"]) is None
    )
    kept = without({"ms": 1, "event": "turned", "page": page}, {lin}, ["Lin"])
    assert kept == {"ms": 1, "event": "turned", "page": {"id": "p", "name": "", "backdrop": ""}}
    stage = without({"ms": 1, "event": "stage", "screen_of": "lin", "board": True}, {lin}, ["Lin"])
    assert stage == {"ms": 1, "event": "stage", "screen_of": "", "board": True}
    other = {"ms": 1, "event": "hand", "pid": "bo", "is_up": True}
    assert without(other, {lin}, ["Lin"]) == other
