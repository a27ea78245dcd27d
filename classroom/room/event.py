"""What happened in a live room; each event is one line of its log, numbered without a gap."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.chat import ChatMessage
from classroom.room.participant import LeaveReason, Participant


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    participant: Participant


@dataclass(frozen=True, slots=True)
class ParticipantChanged:
    """Seat, tracks, name or role are new."""

    participant: Participant


@dataclass(frozen=True, slots=True)
class ParticipantLeft:
    participant_id: ParticipantId
    reason: LeaveReason


@dataclass(frozen=True, slots=True)
class ChatPosted:
    message: ChatMessage


@dataclass(frozen=True, slots=True)
class StageChanged:
    screen_of: ParticipantId | None


@dataclass(frozen=True, slots=True)
class RoomEnded:
    """The last line of a log. `by` is None when it was ended from outside."""

    by: ParticipantId | None


Event = (
    ParticipantJoined | ParticipantChanged | ParticipantLeft | ChatPosted | StageChanged | RoomEnded
)


@dataclass(frozen=True, slots=True)
class LogEntry:
    seq: int
    event: Event
