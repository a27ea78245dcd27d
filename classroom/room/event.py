"""What happened in a live room; each event is one line of its log.

What everybody hears is numbered without a gap; an event for some people is `audience.Private`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from classroom.ids import ParticipantId
from classroom.room.audience import Audience, Private
from classroom.room.board import BoardState
from classroom.room.part_event import PartEvent
from classroom.room.participant import LeaveReason, Participant


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    participant: Participant


@dataclass(frozen=True, slots=True)
class ParticipantChanged:
    """Seat, tracks, pen, name or role are new."""

    participant: Participant


@dataclass(frozen=True, slots=True)
class ParticipantLeft:
    participant_id: ParticipantId
    reason: LeaveReason


@dataclass(frozen=True, slots=True)
class StageChanged:
    """What the room looks at; the board lies over the screen that is given back after it."""

    screen_of: ParticipantId | None
    board: bool = False


@dataclass(frozen=True, slots=True)
class BoardChanged:
    """Pages, the class's page, who presents or what everyone may draw are new."""

    board: BoardState


@dataclass(frozen=True, slots=True)
class ReservedChanged(Private):
    """Only reserved pages are new. Nobody is told: each hears by a notice which pages are there for
    them, and the class's list, which may be long, is what it was."""

    board: BoardState
    audience: Audience = field(default=Audience(), kw_only=True)


@dataclass(frozen=True, slots=True)
class PageTurned:
    """Only the class's page and who presents are new; `seen` are pages it had not been on."""

    board: BoardState
    seen: tuple[str, ...]
    """Page ids."""


@dataclass(frozen=True, slots=True)
class RoomEnded:
    """The last line of a log. `by` is None when it was ended from outside."""

    by: ParticipantId | None


Event = (
    ParticipantJoined
    | ParticipantChanged
    | ParticipantLeft
    | StageChanged
    | BoardChanged
    | PageTurned
    | ReservedChanged
    | RoomEnded
    | PartEvent
)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """`seq` counts what everybody hears; an event for some has the number of the one before it.
    `line` counts all."""

    seq: int
    event: Event
    line: int = 0
    clock_ms: int = 0
    at: datetime | None = None

    @property
    def audience(self) -> Audience | None:
        """Whom it is for; None when it is for everybody."""
        return self.event.audience if isinstance(self.event, Private) else None
