"""A countdown, a fair pick and stars as scripts."""

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
from classroom.room.aids import AidsPart
from classroom.room.aids_command import (
    ExtendCountdown,
    GiveStar,
    PickStudent,
    StartCountdown,
    StopCountdown,
)
from classroom.room.aids_event import CountdownChanged, StarsChanged, StudentPicked
from classroom.room.aids_state import AidsState, Countdown
from classroom.room.ground import Ground
from classroom.room.lifecycle import RoomTerms
from classroom.room.moment import Moment
from classroom.room.participant import Participant, SeatState

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUTOR, LIN, TOMAS, OMAR = (ParticipantId(name) for name in ("tutor", "lin", "tomas", "omar"))


class Class:
    """A tutor and some students in virtual time."""

    def __init__(self, *students: ParticipantId) -> None:
        self.ground = Ground(RoomTerms(RoomId("room"), "kfm-qtw-xyz", "Geometry", 60, 30.0))
        self.part = AidsPart(self.ground, AidsState())
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
        self.part.checks[type(command)](command, self.moment)
        return self.part.effects[type(command)](command, self.moment)

    def refuses(self, command: Any) -> str:
        with pytest.raises(Refused) as refused:
            self.does(command)
        return refused.value.code

    def picks(self, draw: float = 0.0) -> ParticipantId:
        (event,) = self.does(PickStudent(TUTOR, draw))
        assert isinstance(event, StudentPicked)
        return event.participant_id


def test_a_countdown_runs_is_extended_and_ends_by_itself() -> None:
    room = Class()
    assert room.does(StartCountdown(TUTOR, 60)) == [CountdownChanged(Countdown(0, 60_000))]
    assert room.does(ExtendCountdown(TUTOR, 30)) == [CountdownChanged(Countdown(0, 90_000))]
    assert room.part.due_ms() == 90_000
    room.clock_ms = 89_999
    assert room.part.handle_timer(room.moment) == []
    room.clock_ms = 90_000
    assert room.part.handle_timer(room.moment) == [CountdownChanged(None, is_over=True)]
    assert room.part.due_ms() is None
    assert room.refuses(ExtendCountdown(TUTOR, 30)) == "timer.none"
    assert room.does(StopCountdown(TUTOR)) == []


def test_a_countdown_is_stopped_and_begun_anew() -> None:
    room = Class()
    room.does(StartCountdown(TUTOR, 60))
    room.clock_ms = 5_000
    assert room.does(StartCountdown(TUTOR, 10)) == [CountdownChanged(Countdown(5_000, 15_000))]
    assert room.does(StopCountdown(TUTOR)) == [CountdownChanged(None)]


def test_only_whoever_may_ask_uses_them() -> None:
    room = Class(LIN)
    for command in (
        StartCountdown(LIN, 60),
        ExtendCountdown(LIN, 60),
        StopCountdown(LIN),
        PickStudent(LIN, 0.0),
        GiveStar(LIN, LIN, 1),
    ):
        assert room.refuses(command) == "right.missing"


def test_nobody_is_picked_twice_before_everybody_was() -> None:
    room = Class(LIN, TOMAS, OMAR)
    assert {room.picks(0.99), room.picks(0.5), room.picks()} == {LIN, TOMAS, OMAR}
    assert room.picks(0.4) == TOMAS
    assert room.part.state.picked == (TOMAS,)


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
            st.builds(PickStudent, st.just(TUTOR), st.floats(0, 1, exclude_max=True)),
        ),
        max_size=40,
    )
)
def test_stars_are_never_below_none_and_rounds_are_fair(plan: list[Any]) -> None:
    room = Class(LIN, TOMAS, OMAR)
    for command in plan:
        room.does(command)
        state = room.part.state
        assert all(1 <= count <= 99 for _, count in state.stars)
        assert len({who for who, _ in state.stars}) == len(state.stars)
        assert len(set(state.picked)) == len(state.picked) <= 3
