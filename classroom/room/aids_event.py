"""What happened to a lesson's aids."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.aids_state import Timer


@dataclass(frozen=True, slots=True)
class TimerChanged:
    """None when it was stopped, or when its time is over."""

    timer: Timer | None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class StudentPicked:
    participant_id: ParticipantId


@dataclass(frozen=True, slots=True)
class StarsChanged:
    """How many somebody has now."""

    participant_id: ParticipantId
    stars: int


AidsEvent = TimerChanged | StudentPicked | StarsChanged
