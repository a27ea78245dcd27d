"""A timer, a fair pick and stars as scripts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room.aids_command import (
    Among,
    ExtendCountdown,
    GiveStar,
    PauseTimer,
    PickStudent,
    StartTimer,
    StopTimer,
)
from classroom.room.aids_event import StarsChanged, StudentPicked, TimerChanged
from classroom.room.aids_state import Timer
from classroom.room.board import new_board
from classroom.room.floor_command import LowerHand, RaiseHand
from classroom.room.ground import Ground
from classroom.room.kept import Kept
from classroom.room.lifecycle import RoomTerms
from classroom.room.moment import Moment
from classroom.room.participant import Participant, SeatState
from classroom.room.parts import Parts
from tests.support.script import Lesson

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUTOR, LIN, TOMAS, OMAR = (ParticipantId(name) for name in ("tutor", "lin", "tomas", "omar"))


class Class:
    """A tutor and some students in virtual time."""

    def __init__(self, *students: ParticipantId) -> None:
        self.ground = Ground(RoomTerms(RoomId("room"), "kfm-qtw-xyz", "Geometry", 60, 30.0))
        parts = Parts(self.ground, new_board("b", "p1"), Kept(0, 0, 0, AT))
        self.part, self.floor = parts.aids, parts.floor
        self.clock_ms = 0
        self.comes(TUTOR, "host")
        for who in students:
            self.comes(who, "student")

    @property
    def moment(self) -> Moment:
        return Moment(self.clock_ms / 1000, AT, self.clock_ms)

    def comes(self, who: ParticipantId, role: Role) -> None:
        person = Participant(who, who.title(), role, SeatState.HERE, AT)
        self.ground.participants[who] = person

    def does(self, command: Any) -> list[Any]:
        part = self.part if type(command) in self.part.effects else self.floor
        part.checks[type(command)](command, self.moment)
        return part.effects[type(command)](command, self.moment)

    def refuses(self, command: Any) -> str:
        with pytest.raises(Refused) as refused:
            self.does(command)
        return refused.value.code

    def passes(self, milliseconds: int) -> None:
        self.clock_ms += milliseconds

    def picks(self, draw: float = 0.0, among: Among = "not_picked") -> ParticipantId:
        (event,) = self.does(PickStudent(TUTOR, draw, among))
        assert isinstance(event, StudentPicked)
        return event.participant_id


def test_a_countdown_runs_is_extended_and_ends_by_itself() -> None:
    room = Class()
    assert room.does(StartTimer(TUTOR, 60)) == [TimerChanged(Timer(0, 60_000))]
    assert room.does(ExtendCountdown(TUTOR, 30)) == [TimerChanged(Timer(0, 90_000))]
    assert room.part.due_ms() == 90_000
    room.clock_ms = 89_999
    assert room.part.handle_timer(room.moment) == []
    room.clock_ms = 90_000
    assert room.part.handle_timer(room.moment) == [TimerChanged(None, is_over=True)]
    assert room.part.due_ms() is None
    assert room.refuses(ExtendCountdown(TUTOR, 30)) == "timer.none"
    assert room.does(StopTimer(TUTOR)) == []


def test_a_countdown_is_stopped_and_begun_anew() -> None:
    room = Class()
    room.does(StartTimer(TUTOR, 60))
    room.clock_ms = 5_000
    assert room.does(StartTimer(TUTOR, 10)) == [TimerChanged(Timer(5_000, 15_000))]
    assert room.does(StopTimer(TUTOR)) == [TimerChanged(None)]


def test_a_countdown_that_is_paused_ends_later() -> None:
    room = Class()
    room.does(StartTimer(TUTOR, 60))
    room.passes(20_000)
    assert room.does(PauseTimer(TUTOR, True)) == [TimerChanged(Timer(0, 60_000, 20_000))]
    room.passes(100_000)
    assert room.part.due_ms() is None
    assert room.part.handle_timer(room.moment) == []
    assert room.does(PauseTimer(TUTOR, True)) == [], "paused twice it stands where it stood"
    assert room.does(ExtendCountdown(TUTOR, 10)) == [TimerChanged(Timer(0, 70_000, 20_000))]
    assert room.does(PauseTimer(TUTOR, False)) == [TimerChanged(Timer(100_000, 170_000))]
    assert room.does(PauseTimer(TUTOR, False)) == []
    assert room.part.due_ms() == 170_000


def test_a_stopwatch_runs_up_until_it_is_stopped() -> None:
    room = Class()
    assert room.refuses(PauseTimer(TUTOR, True)) == "timer.none"
    room.does(StartTimer(TUTOR, 60))
    assert room.does(StartTimer(TUTOR, None)) == [TimerChanged(Timer(0))], "one at a time"
    assert room.part.due_ms() is None
    assert room.refuses(ExtendCountdown(TUTOR, 30)) == "timer.none"
    room.passes(5_000)
    room.does(PauseTimer(TUTOR, True))
    room.passes(60_000)
    assert room.does(PauseTimer(TUTOR, False)) == [TimerChanged(Timer(60_000))]
    assert room.does(StopTimer(TUTOR)) == [TimerChanged(None)]


def test_a_stopwatch_outlives_the_server() -> None:
    lesson = Lesson()
    tutor = lesson.person("Wu", "host")
    tutor.does(StartTimer, None)
    lesson.passes(7)
    tutor.does(PauseTimer, True)
    later = lesson.restarts()
    assert later.room.parts.aids.state.timer == Timer(0, None, 7_000)
    tutor.lesson = later
    tutor.joins()
    later.passes(3)
    (changed,) = tutor.does(PauseTimer, False)
    assert changed == TimerChanged(Timer(3_000)), "it goes on with seven seconds"


def test_only_whoever_may_ask_uses_them() -> None:
    room = Class(LIN)
    for command in (
        StartTimer(LIN, 60),
        ExtendCountdown(LIN, 60),
        PauseTimer(LIN, True),
        StopTimer(LIN),
        PickStudent(LIN, 0.0),
        GiveStar(LIN, LIN, 1),
    ):
        assert room.refuses(command) == "right.missing"


def test_nobody_is_picked_twice_before_everybody_was() -> None:
    room = Class(LIN, TOMAS, OMAR)
    assert {room.picks(0.99), room.picks(0.5), room.picks()} == {LIN, TOMAS, OMAR}
    assert room.picks(0.4) == TOMAS
    assert room.part.state.picked == (TOMAS,)


def test_anybody_is_picked_again_when_everyone_is_asked_for() -> None:
    room = Class(LIN, TOMAS)
    assert [room.picks(0.0, "everyone"), room.picks(0.0, "everyone")] == [LIN, LIN]
    assert room.part.state.picked == (LIN,)
    assert room.picks() == TOMAS, "the round goes on with those who were not"


def test_one_of_those_with_a_hand_is_picked() -> None:
    room = Class(LIN, TOMAS, OMAR)
    assert room.refuses(PickStudent(TUTOR, 0.0, "hands")) == "pick.hands"
    room.does(RaiseHand(TOMAS))
    room.does(RaiseHand(OMAR))
    assert room.picks(0.0, "hands") == TOMAS
    assert room.picks(0.9, "hands") == OMAR
    assert room.picks(0.0, "hands") == TOMAS, "those who were picked before as well"
    room.ground.participants[OMAR] = replace(room.ground.participants[OMAR], seat=SeatState.AWAY)
    assert room.picks(0.9, "hands") == TOMAS, "whoever is away is left out"
    room.does(LowerHand(TOMAS))
    assert room.refuses(PickStudent(TUTOR, 0.0, "hands")) == "pick.hands"


def test_who_is_away_is_not_picked() -> None:
    room = Class(LIN, TOMAS)
    lin = room.ground.participants[LIN]
    room.ground.participants[LIN] = replace(lin, seat=SeatState.AWAY)
    assert [room.picks(), room.picks()] == [TOMAS, TOMAS]
    del room.ground.participants[TOMAS]
    assert room.refuses(PickStudent(TUTOR, 0.0)) == "pick.nobody"


def test_stars_go_to_students_and_are_taken_back() -> None:
    room = Class(LIN)
    assert room.does(GiveStar(TUTOR, LIN, 1)) == [StarsChanged(LIN, 1)]
    assert room.does(GiveStar(TUTOR, LIN, -1)) == [StarsChanged(LIN, 0)]
    assert room.does(GiveStar(TUTOR, LIN, -1)) == []
    assert room.part.state.stars == ()
    assert room.refuses(GiveStar(TUTOR, TUTOR, 1)) == "star.student"
    assert room.refuses(GiveStar(TUTOR, OMAR, 1)) == "participant.unknown"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.builds(
                GiveStar, st.just(TUTOR), st.sampled_from([LIN, TOMAS]), st.sampled_from([1, -1])
            ),
            st.builds(
                PickStudent,
                st.just(TUTOR),
                st.floats(0, 1, exclude_max=True),
                st.sampled_from(["not_picked", "everyone"]),
            ),
            st.builds(StartTimer, st.just(TUTOR), st.none() | st.integers(5, 60)),
            st.builds(PauseTimer, st.just(TUTOR), st.booleans()),
            st.integers(0, 30_000),
        ),
        max_size=40,
    )
)
def test_stars_rounds_and_the_timer_keep_their_promises(plan: list[Any]) -> None:
    room = Class(LIN, TOMAS, OMAR)
    for command in plan:
        if isinstance(command, int):
            room.passes(command)
            room.part.handle_timer(room.moment)
        elif not isinstance(command, PauseTimer) or room.part.state.timer:
            room.does(command)
        state = room.part.state
        if (timer := state.timer) is not None:
            assert timer.started_ms <= (timer.paused_ms or room.clock_ms) <= room.clock_ms
            assert timer.due_ms is None or timer.due_ms > room.clock_ms
        assert all(1 <= count <= 99 for _, count in state.stars)
        assert len({who for who, _ in state.stars}) == len(state.stars)
        assert len(set(state.picked)) == len(state.picked) <= 3
