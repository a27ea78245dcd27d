"""Every state with every command: allowed or refused as the tables say, and nothing in between."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.room import command
from classroom.room.board import new_board
from classroom.room.command import PART_COMMANDS, Command, PageSize
from classroom.room.kinds import SOURCES
from classroom.room.lifecycle import TRANSITIONS, Emptied, RoomState, RoomTerms, WaitOver
from classroom.room.participant import (
    SEAT_TRANSITIONS,
    TRACK_TRANSITIONS,
    SeatState,
    TrackState,
)
from classroom.room.room import Room
from tests.support.commands import SAMPLES

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WU, LI = ParticipantId("wu"), ParticipantId("li")
PARTS = set(PART_COMMANDS)
COMMANDS: tuple[type[Any], ...] = tuple(kind for kind in get_args(Command) if kind not in PARTS)
"""Of seats, tracks and the board; the others are made by `tests.support.commands`."""
TRACK_COMMANDS = (
    command.PublishTrack,
    command.PauseTrack,
    command.ResumeTrack,
    command.UnpublishTrack,
    command.SetShareMode,
    command.LoseMedia,
)
"""Every command that the table of tracks knows."""


NEEDS_MORE = {
    command.RemovePage: "page.last",
    command.RestorePage: "page.unknown",
    command.UnclearPage: "page.not_cleared",
}
"""What a board of one untouched page refuses, whoever asks."""


def make(kind: type[Any], by: ParticipantId, source: str = "screen") -> Any:
    """A command of the kind with fitting values."""
    values: dict[str, Any] = {
        "by": by,
        "name": "Wu",
        "role": "host",
        "text": "hello",
        "client_id": "c1",
        "source": source,
        "share_mode": "motion",
        "shown": True,
        "page_id": "new" if kind is command.AddPage else "p1",
        "after": None,
        "before": None,
        "paper": "grid",
        "size": PageSize(640, 480),
        "pen": "own",
        "participant_id": None,
        "file_id": "f1",
        "why": "storage",
        "who": WU,
        "kinds": ("voice",),
    }
    fields = [name for name in kind.__dataclass_fields__ if name in values]
    return kind(**{name: values[name] for name in fields})


def new_room() -> Room:
    terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", capacity=10, seat_grace_s=60)
    return Room(terms, new_board("b", "p1"), now=0, at=AT)


def room_in(state: RoomState) -> Room:
    room = new_room()
    if state is not RoomState.OPEN:
        room.apply(command.TakeSeat(WU, "Wu", "host"), now=0, at=AT)
    if state is RoomState.ENDED:
        room.apply(command.EndRoom(WU), now=0, at=AT)
    assert room.state is state
    return room


def truth(room: Room) -> tuple[Any, ...]:
    stage = (room.stage.shares, room.stage.screen_of, room.stage.board)
    return (room.state, room.seq, dict(room.participants), stage, room.chat.tail, room.board)


def outcome(room: Room, asked: Any) -> str:
    """The refusal's code, or "done"; a refused command leaves no trace."""
    before = truth(room)
    try:
        room.apply(asked, now=1, at=AT)
    except Refused as refusal:
        assert before == truth(room)
        return refusal.code
    return "done"


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("state", RoomState)
def test_the_life_of_a_room(state: RoomState, kind: type[Any]) -> None:
    room = room_in(state)
    result = outcome(room, make(kind, WU))
    if state is RoomState.ENDED:
        assert result == "room.ended"
    elif state is RoomState.OPEN:
        comes = kind in (command.TakeSeat, *command.DOOR_COMMANDS)
        assert result == ("done" if comes else "seat.not_taken")
    else:
        assert result != "room.ended"
        if result == "done" and room.participants:
            assert room.state is TRANSITIONS[state][kind]


def test_the_room_table_is_whole() -> None:
    moments = {Emptied, WaitOver}
    assert set(TRANSITIONS) == set(RoomState)
    assert set(TRANSITIONS[RoomState.LIVE]) - moments == set(get_args(Command))
    assert not TRANSITIONS[RoomState.ENDED]


@pytest.mark.parametrize("kind", PART_COMMANDS)
def test_a_command_of_a_part_is_sent_from_within_a_live_room(kind: type[Any]) -> None:
    absent, away = room_in(RoomState.LIVE), room_in(RoomState.LIVE)
    absent.apply(command.TakeSeat(LI, "Li", "host"), now=0, at=AT)
    absent.apply(command.LeaveSeat(WU), now=0, at=AT)
    away.apply(command.LoseConnection(WU), now=0, at=AT)
    sample = SAMPLES[kind]
    assert outcome(room_in(RoomState.OPEN), sample) == "seat.not_taken"
    assert outcome(room_in(RoomState.ENDED), sample) == "room.ended"
    assert outcome(absent, sample) == "seat.not_taken"
    assert outcome(away, sample) == "seat.away"
    assert SEAT_TRANSITIONS[SeatState.HERE][kind] is SeatState.HERE
    assert TRANSITIONS[RoomState.LIVE][kind] is RoomState.LIVE


def test_every_command_has_its_effect_in_one_part() -> None:
    parts = new_room().parts.all
    effects = [kind for part in parts for kind in part.effects]
    assert sorted(map(repr, effects)) == sorted(map(repr, {*get_args(Command)} - {command.EndRoom}))
    assert set(SAMPLES) == PARTS
    assert all(type(sample) is kind for kind, sample in SAMPLES.items())


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("seat", SeatState)
def test_what_a_seat_may_send(seat: SeatState, kind: type[Any]) -> None:
    room = new_room()
    room.apply(command.TakeSeat(LI, "Li", "host"), now=0, at=AT)
    if seat is not SeatState.ABSENT:
        room.apply(command.TakeSeat(WU, "Wu", "host"), now=0, at=AT)
        room.apply(command.PublishTrack(WU, "screen"), now=0, at=AT)
    if seat is SeatState.AWAY:
        room.apply(command.LoseConnection(WU), now=0, at=AT)
    result = outcome(room, make(kind, WU))
    if kind not in SEAT_TRANSITIONS[seat]:
        assert result == ("seat.not_taken" if seat is SeatState.ABSENT else "seat.away")
        return
    assert result in ("done", "producer.exists", *NEEDS_MORE.values())
    assert result == NEEDS_MORE.get(kind, result)
    now = room.participants.get(WU)
    expected = SEAT_TRANSITIONS[seat][kind]
    if room.state is not RoomState.ENDED:
        assert (now.seat if now else SeatState.ABSENT) is expected


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", TRACK_COMMANDS)
@pytest.mark.parametrize("track", TrackState)
def test_what_a_track_may_become(track: TrackState, kind: type[Any], source: Any) -> None:
    if kind is command.SetShareMode and source != "screen":
        return  # it names no source: it is about the screen
    room = room_in(RoomState.LIVE)
    if track is not TrackState.OFF:
        muted = track is TrackState.MUTED
        room.apply(command.PublishTrack(WU, source, is_paused=muted), now=0, at=AT)
    result = outcome(room, make(kind, WU, source))
    if kind in TRACK_TRANSITIONS[track]:
        assert result == "done"
        assert room.participants[WU].tracks.of(source) is TRACK_TRANSITIONS[track][kind]
    else:
        opens = kind is command.PublishTrack
        assert result == ("producer.exists" if opens else "producer.unknown")


def test_the_table_of_tracks_is_whole() -> None:
    assert set(TRACK_TRANSITIONS) == set(TrackState)
    assert {kind for row in TRACK_TRANSITIONS.values() for kind in row} == set(TRACK_COMMANDS)


@pytest.mark.parametrize("kind", [command.TakeSeat, command.LoseConnection])
def test_the_table_of_seats_is_what_moves_them(
    kind: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = room_in(RoomState.LIVE)
    other = SeatState.HERE if kind is command.LoseConnection else SeatState.AWAY
    monkeypatch.setitem(SEAT_TRANSITIONS[SeatState.HERE], kind, other)
    room.apply(make(kind, WU), now=1, at=AT)
    assert room.participants[WU].seat is other


@pytest.mark.parametrize("kind", [command.LoseMedia, command.SetShareMode])
def test_the_table_of_tracks_is_what_moves_them(
    kind: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = room_in(RoomState.LIVE)
    room.apply(command.PublishTrack(WU, "screen"), now=0, at=AT)
    monkeypatch.setitem(TRACK_TRANSITIONS[TrackState.LIVE], kind, TrackState.MUTED)
    room.apply(make(kind, WU), now=1, at=AT)
    assert room.participants[WU].tracks.screen is TrackState.MUTED
