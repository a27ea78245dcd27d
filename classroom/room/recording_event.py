"""What happened to the recording of a room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId
from classroom.room.audience import Private
from classroom.room.recording_state import Answers, RecordingState

Deed = Literal["asked", "begun", "paused", "resumed", "stopped", "answered", "people"]
"""`stopped` also when the server had to (its state says why); `people` when somebody came or
went, which only changes the numbers."""


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """It is asked for, runs, pauses or has ended, or the numbers of who agreed are new."""

    state: RecordingState
    deed: Deed
    by: ParticipantId | None
    """None when it is nobody's doing, and for an answer: who gave it is told to few."""
    agreed: int
    """People in the room who said yes to anything."""
    asked: int
    """People in the room."""


@dataclass(frozen=True, slots=True)
class RecordingMarked:
    """A chapter begins."""

    title: str
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class ConsentGiven(Private):
    """What somebody says now, to all kinds they answered; for them and for the staff."""

    participant_id: ParticipantId
    answers: Answers
    text: str
    at_ms: int


RecordingEvent = RecordingChanged | RecordingMarked | ConsentGiven
