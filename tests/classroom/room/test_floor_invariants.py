"""Whatever anybody does in whatever order: the queue is in order, and what is locked is silent."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import command, floor_command
from classroom.room.locks import Grant
from classroom.room.participant import TrackState
from classroom.room.policy import RIGHT_TO_PUBLISH, refusal
from tests.support.script import Lesson

PEOPLE = {"wu": "host", "an": "assistant", "li": "student", "mo": "student", "bo": "observer"}
who = st.sampled_from([ParticipantId(name) for name in PEOPLE])
source = st.sampled_from(["microphone", "camera", "screen"])
voice = st.sampled_from(["microphone", "camera"])
flag = st.booleans()
lock = st.none() | flag
view = st.sampled_from(["focus", "gallery", "side", None])
role = st.sampled_from(["assistant", "student", "observer"])
asked = st.one_of(
    st.builds(command.TakeSeat, who, st.just("Somebody"), role),
    st.builds(command.LeaveSeat, who),
    st.builds(command.LoseConnection, who),
    st.builds(command.PublishTrack, who, source, flag),
    st.builds(command.ResumeTrack, who, source),
    st.builds(command.GivePen, who, st.none() | who, st.sampled_from(["none", "own", "all"])),
    st.builds(floor_command.RaiseHand, who),
    st.builds(floor_command.LowerHand, who, st.none() | who, flag),
    st.builds(floor_command.BringOnStage, who, who, st.builds(Grant, flag, flag, flag, flag)),
    st.builds(floor_command.LeaveStage, who, st.none() | who),
    st.builds(floor_command.Mute, who, st.none() | who, voice),
    st.builds(floor_command.AskToSpeak, who, who, voice),
    st.builds(floor_command.DeclineToSpeak, who, voice),
    st.builds(floor_command.SetLocks, who, lock, lock, lock, lock, lock, lock, lock, lock),
    st.builds(floor_command.React, who, st.just("clap")),
    st.builds(floor_command.SetSpotlight, who, st.none() | who),
    st.builds(floor_command.SetFocus, who, flag),
    st.builds(floor_command.SetLayout, who, view, flag),
    st.builds(command.ShowBoard, who, flag),
)
step = st.tuples(asked, st.sampled_from([0.0, 1.0, 40.0]))


def check_promises(lesson: Lesson) -> None:
    room = lesson.room
    floor, staged = room.parts.floor.state, room.parts.on_stage.state
    assert room.ground.locks == floor.locks
    up = [hand.participant_id for hand in floor.hands]
    assert len(up) == len(set(up))
    assert all(room.participants[one].role == "student" for one in up)
    times = [hand.raised_ms for hand in floor.hands]
    assert times == sorted(times)
    assert floor.spotlight is None or floor.spotlight in room.participants
    assert floor.leader is None or room.ground.is_staff(floor.leader)
    if floor.layout is not None:
        assert floor.layout.is_staged == (room.stage.board or room.stage.screen_of is not None)
    pairs = [(one.participant_id, one.source) for one in staged.asked]
    assert len(pairs) == len(set(pairs))
    for person, wanted in pairs:
        assert room.participants[person].tracks.of(wanted) is not TrackState.LIVE
    assert all(room.participants[one].grant is not None for one in staged.lent)
    for person in room.participants.values():
        assert person.grant is None or person.role == "student"
        for sent, right in RIGHT_TO_PUBLISH.items():
            if person.tracks.of(sent) is TrackState.LIVE:
                assert refusal(person, floor.locks, right) is None, (person, sent)


@settings(max_examples=100, deadline=None)
@given(st.lists(step, min_size=15, max_size=40))
def test_no_order_of_commands_breaks_the_floor(steps: list[tuple[Any, float]]) -> None:
    lesson = Lesson()
    for name, begins in PEOPLE.items():
        lesson.do(command.TakeSeat(ParticipantId(name), name, begins))  # type: ignore[arg-type]
    for one, seconds in steps:
        with suppress(Refused):
            lesson.do(one)
        lesson.passes(seconds)
        check_promises(lesson)
        if lesson.room.is_over:
            return
