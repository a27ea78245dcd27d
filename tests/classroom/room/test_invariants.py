"""No sequence of commands breaks a promise of the room."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import ROLES
from classroom.room import command
from classroom.room.command import SOURCES
from classroom.room.event import (
    LogEntry,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
    RoomEnded,
    StageChanged,
)
from classroom.room.lifecycle import RoomState, RoomTerms
from classroom.room.participant import Participant, TrackState
from classroom.room.policy import RIGHT_TO_PUBLISH, is_staff, may
from classroom.room.room import Room

AT = datetime(2026, 3, 1, tzinfo=UTC)
CAPACITY = 3
CODES = {
    "room.ended",
    "room.full",
    "seat.not_taken",
    "seat.away",
    "right.missing",
    "chat.empty",
    "stage.taken",
    "producer.exists",
    "producer.unknown",
}

people = st.sampled_from([ParticipantId(name) for name in "abcde"])
sources = st.sampled_from(SOURCES)
modes = st.sampled_from(["text", "motion"])
commands = st.one_of(
    st.builds(command.TakeSeat, people, st.sampled_from(["A", "B"]), st.sampled_from(ROLES)),
    st.builds(command.LeaveSeat, people),
    st.builds(command.LoseConnection, people),
    st.builds(command.ExpireSeat, people),
    st.builds(command.PostChat, people, st.sampled_from(["", "hi"]), st.sampled_from(["1", "2"])),
    st.builds(command.PublishTrack, people, sources, st.booleans(), modes),
    st.builds(command.PauseTrack, people, sources),
    st.builds(command.ResumeTrack, people, sources),
    st.builds(command.UnpublishTrack, people, sources),
    st.builds(command.SetShareMode, people, modes),
    st.builds(command.LoseMedia, people),
)
ends = st.builds(command.EndRoom, st.one_of(st.none(), people))
steps = st.one_of(commands, commands, commands, commands, ends, st.floats(0, 90))


class Listener:
    """A client that only hears events; it must end up with the room's own truth."""

    def __init__(self) -> None:
        self.seq = 0
        self.people: dict[str, Participant] = {}
        self.screen_of: str | None = None
        self.is_over = False

    def hear(self, entry: LogEntry) -> None:
        assert entry.seq == self.seq + 1, "numbers grow by one"
        assert not self.is_over, "nothing is told after the end"
        self.seq = entry.seq
        match entry.event:
            case ParticipantJoined(who):
                assert who.id not in self.people
                self.people[who.id] = who
                assert is_staff(who.role) or len(self.people) <= CAPACITY
            case ParticipantChanged(who):
                assert self.people[who.id] != who, "a change changes something"
                self.people[who.id] = who
            case ParticipantLeft(participant_id, _):
                del self.people[participant_id]
            case StageChanged(screen_of):
                assert screen_of != self.screen_of
                self.screen_of = screen_of
            case RoomEnded():
                self.is_over = True
            case _:
                pass


def check(room: Room, listener: Listener) -> None:
    people: dict[Any, Participant] = room.participants
    assert listener.seq == room.seq
    assert listener.people == people
    assert listener.screen_of == room.stage.screen_of
    if room.state is not RoomState.ENDED:
        assert (room.state is RoomState.LIVE) == bool(people)
    sharing = {who.id for who in people.values() if who.tracks.screen is not TrackState.OFF}
    assert {share.participant_id for share in room.stage.shares} == sharing
    assert len(room.stage.shares) == len(sharing), "one share each"
    assert (room.stage.screen_of is None) == (not sharing)
    if room.stage.screen_of is not None:
        assert room.stage.screen_of in sharing
        staff = any(is_staff(people[ParticipantId(who)].role) for who in sharing)
        assert is_staff(people[room.stage.screen_of].role) == staff, "staff comes first"
    for who in people.values():
        for source in SOURCES:
            allowed = may(who.role, RIGHT_TO_PUBLISH[source])
            assert allowed or who.tracks.of(source) is TrackState.OFF


@settings(max_examples=200, deadline=None)
@given(st.lists(steps, max_size=60))
def test_every_sequence_keeps_the_promises(script: list[Any]) -> None:
    room = Room(RoomTerms(RoomId("r"), "c", "t", CAPACITY, 60.0), now=0.0, at=AT)
    listener = Listener()
    seen: set[str] = set()
    now = 0.0
    for step in script:
        try:
            if isinstance(step, float):
                now += step
                entries = room.handle_timer(now=now, at=AT)
                due = room.next_timer()
                assert due is None or due > now, "a timer that fired is gone"
            else:
                entries = room.apply(step, now=now, at=AT)
        except Refused as refusal:
            seen.add(refusal.code)
            entries = []
        for entry in entries:
            listener.hear(entry)
        check(room, listener)
    assert seen <= CODES
