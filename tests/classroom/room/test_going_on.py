"""A room whose server was away for a while: its clock went on, and what is over ends at once."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.room import aids_command as aids
from classroom.room import ask_command as ask
from classroom.room import groups_command as groups
from classroom.room.aids_event import TimerChanged
from classroom.room.ask_event import PollClosed
from classroom.room.ask_state import Question
from classroom.room.event import ParticipantChanged, ParticipantLeft
from classroom.room.floor_command import RaiseHand
from classroom.room.groups_event import GroupsChanged
from classroom.room.participant import SeatState
from classroom.room.room import Room
from tests.support.script import BEGAN, TERMS, Lesson, Person

AWAY_S = 300


class Broken:
    """After ten seconds of class with something that has a time, the server goes for a while."""

    def __init__(self) -> None:
        self.lesson = Lesson()
        self.teacher, self.li = self.lesson.person("Wu", "host"), self.lesson.person("Li")
        self.lesson.passes(10)

    def later(self) -> tuple[Lesson, list[Any]]:
        """The lesson in the new server, and what happens in its first moment."""
        later = self.lesson.goes_on_after(AWAY_S)
        return later, later.passes(0)


@pytest.fixture
def broken() -> Broken:
    return Broken()


def test_the_clock_is_that_of_the_wall(broken: Broken) -> None:
    later, _ = broken.later()
    assert later.room.clock_ms(later.now) == (10 + AWAY_S) * 1000
    later.passes(5)
    assert later.room.kept(later.now).clock_ms == (15 + AWAY_S) * 1000


def test_who_was_there_is_away_since_the_server_went(broken: Broken) -> None:
    later, _ = broken.later()
    assert [entry.clock_ms for entry in later.log] == [10_000, 10_000]
    assert all(isinstance(entry.event, ParticipantChanged) for entry in later.log)
    assert {entry.event.participant.seat for entry in later.log} == {SeatState.AWAY}
    before = broken.lesson.log[-1]
    assert [entry.line for entry in later.log] == [before.line + 1, before.line + 2]
    assert later.passes(TERMS.seat_grace_s - 1) == [], "they have time to come back"
    left = [event for event in later.passes(1) if isinstance(event, ParticipantLeft)]
    assert len(left) == 2


def test_a_countdown_that_ended_meanwhile_ends_at_once(broken: Broken) -> None:
    broken.teacher.does(aids.StartTimer, 60)
    assert TimerChanged(None, is_over=True) in broken.later()[1]


def test_a_countdown_goes_on_that_has_time_left(broken: Broken) -> None:
    broken.teacher.does(aids.StartTimer, AWAY_S + 30)
    later, happened = broken.later()
    assert happened == []
    assert TimerChanged(None, is_over=True) not in later.passes(29)
    assert TimerChanged(None, is_over=True) in later.passes(1)


def test_a_question_whose_time_is_over_closes_at_once(broken: Broken) -> None:
    broken.teacher.does(ask.OpenPoll, "p1", Question("yes_no", seconds=60))
    later, happened = broken.later()
    assert [event.poll.id for event in happened if isinstance(event, PollClosed)] == ["p1"]
    li = Person(later, broken.li.id, "Li", "student")
    li.joins()
    assert li.is_refused(ask.AnswerPoll, "p1", (0,)) == "poll.closed"


def test_groups_whose_time_is_over_are_together_again(broken: Broken) -> None:
    broken.teacher.does(groups.PlanGroups, ("A", "B"), "hand", ((broken.li.id, 0),))
    broken.teacher.does(groups.OpenGroups, (("g1", "a"), ("g2", "b")), 4)
    later = Lesson(broken.lesson.room.kept(broken.lesson.now))
    later.room = Room(
        TERMS,
        broken.lesson.room.board,
        now=later.now,
        at=BEGAN,
        kept=broken.lesson.room.kept(broken.lesson.now),
        away_ms=AWAY_S * 1000,
    )
    happened = later.passes(0)
    assert [event.groups.phase for event in happened if isinstance(event, GroupsChanged)] == [
        "planned"
    ]
    assert later.room.participants[broken.li.id].place == ""
    assert [page.name for page in later.room.board.class_pages] == ["", "A", "B"]


def test_a_hand_has_waited_all_the_time(broken: Broken) -> None:
    broken.li.does(RaiseHand)
    later, _ = broken.later()
    (hand,) = later.room.parts.floor.state.hands
    assert later.room.clock_ms(later.now) - hand.raised_ms == AWAY_S * 1000
