"""The life of a live room as a table, and the terms it is made with.

Open (nobody in it) and live go back and forth; ended is for good. What a command does inside a
state is `room`; what a single seat may send is `participant`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from classroom.ids import RoomId
from classroom.room.command import (
    DOOR_COMMANDS,
    MEMBER_COMMANDS,
    EndRoom,
    ExpireSeat,
    LeaveSeat,
    LoseConnection,
    TakeSeat,
)
from classroom.room.recording_state import Policy


class RoomState(Enum):
    OPEN = "open"
    """Nobody is in; it waits a while and then ends by itself."""
    LIVE = "live"
    """Somebody has a seat."""
    ENDED = "ended"
    """Over for good; the next class at the same address is a new room."""


class Emptied:
    """Moment: the last seat was given up."""


class WaitOver:
    """Moment: nobody came for as long as an empty room is kept."""


_MEMBERS_ONLY: dict[type[Any], RoomState] = {
    command: RoomState.LIVE
    for command in (
        TakeSeat,
        LeaveSeat,
        LoseConnection,
        ExpireSeat,
        *DOOR_COMMANDS,
        *MEMBER_COMMANDS,
    )
}
TRANSITIONS: dict[RoomState, dict[type[Any], RoomState]] = {
    RoomState.OPEN: {
        TakeSeat: RoomState.LIVE,
        **dict.fromkeys(DOOR_COMMANDS, RoomState.OPEN),
        EndRoom: RoomState.ENDED,
        WaitOver: RoomState.ENDED,
    },
    RoomState.LIVE: {**_MEMBERS_ONLY, EndRoom: RoomState.ENDED, Emptied: RoomState.OPEN},
    RoomState.ENDED: {},
}


@dataclass(frozen=True, slots=True)
class RoomTerms:
    """What a live room is made with; durations in seconds."""

    room_id: RoomId
    code: str
    title: str
    capacity: int
    seat_grace_s: float
    """How long a seat is kept without a connection, and an empty room without anybody."""
    has_lobby: bool = False
    """Whether newcomers wait when the class begins."""
    lets_enrolled_in: bool = True
    """Whether enrolled people come in past the lobby; never past the lock."""
    recording_policy: Policy = "ask"
    is_encrypted: bool = False
    """From end to end: then the server cannot record it."""
    kept_days: int = 180
    """How long its recordings are kept."""
