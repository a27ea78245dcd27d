"""A participant of a live room: its seat, what it sends, and the tables of both.

A seat is absent, here or away (its connection is gone, its place is kept). A track is off, muted or
live. Which role may do what is in `policy`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, Literal

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.command import (
    DOOR_COMMANDS,
    MEMBER_COMMANDS,
    Command,
    EndRoom,
    ExpireSeat,
    LeaveSeat,
    LoseConnection,
    LoseMedia,
    PauseTrack,
    PublishTrack,
    ResumeTrack,
    SetShareMode,
    TakeSeat,
    UnpublishTrack,
)
from classroom.room.kinds import Pen, ShareMode, Source
from classroom.room.locks import Grant

LeaveReason = Literal["left", "lost", "removed"]


class SeatState(Enum):
    ABSENT = "absent"
    HERE = "here"
    AWAY = "away"


class TrackState(Enum):
    OFF = "off"
    MUTED = "muted"
    LIVE = "live"


SEAT_TRANSITIONS: dict[SeatState, dict[type[Command], SeatState]] = {
    SeatState.ABSENT: {
        TakeSeat: SeatState.HERE,
        **dict.fromkeys(DOOR_COMMANDS, SeatState.ABSENT),
    },
    SeatState.HERE: {
        TakeSeat: SeatState.HERE,
        LeaveSeat: SeatState.ABSENT,
        LoseConnection: SeatState.AWAY,
        EndRoom: SeatState.HERE,
        **dict.fromkeys(MEMBER_COMMANDS, SeatState.HERE),
    },
    SeatState.AWAY: {
        TakeSeat: SeatState.HERE,
        LeaveSeat: SeatState.ABSENT,
        ExpireSeat: SeatState.ABSENT,
        UnpublishTrack: SeatState.AWAY,
        LoseMedia: SeatState.AWAY,
    },
}
"""What somebody may send from which seat. A person who is away can only come back or go; the
server itself may still take their tracks away."""

TRACK_TRANSITIONS: dict[TrackState, dict[type[Command], TrackState]] = {
    TrackState.OFF: {PublishTrack: TrackState.LIVE, LoseMedia: TrackState.OFF},
    TrackState.MUTED: {
        PauseTrack: TrackState.MUTED,
        ResumeTrack: TrackState.LIVE,
        UnpublishTrack: TrackState.OFF,
        SetShareMode: TrackState.MUTED,
        LoseMedia: TrackState.OFF,
    },
    TrackState.LIVE: {
        PauseTrack: TrackState.MUTED,
        ResumeTrack: TrackState.LIVE,
        UnpublishTrack: TrackState.OFF,
        SetShareMode: TrackState.LIVE,
        LoseMedia: TrackState.OFF,
    },
}


@dataclass(frozen=True, slots=True)
class Tracks:
    """What a participant sends. `screen_mode` has a meaning only while the screen is not off."""

    microphone: TrackState = TrackState.OFF
    camera: TrackState = TrackState.OFF
    screen: TrackState = TrackState.OFF
    screen_audio: TrackState = TrackState.OFF
    screen_mode: ShareMode = "text"

    def of(self, source: Source) -> TrackState:
        """The state of one source."""
        state: TrackState = getattr(self, source)
        return state

    def after(self, command: type[Any], source: Source) -> Tracks:
        """The same with one source in the state that the table gives it after the command."""
        changed: dict[str, Any] = {source: TRACK_TRANSITIONS[self.of(source)][command]}
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class Participant:
    """One presence of a person in a live room. Never ABSENT: that is not being in the room."""

    id: ParticipantId
    name: str
    role: Role
    seat: SeatState
    joined_at: datetime
    tracks: Tracks = Tracks()
    pen: Pen = "none"
    grant: Grant | None = None
    """On stage, with what the locks take from others; None when not on stage."""
    place: str = ""
    """The group somebody is in; "" is the whole class."""
    is_chat_muted: bool = False
