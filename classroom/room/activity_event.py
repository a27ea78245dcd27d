"""What happened in an activity."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.audience import Private


@dataclass(frozen=True, slots=True)
class ActivityChanged:
    """A value is new; "null" is none. `by` is None when a new version took it away."""

    page_id: str
    key: str
    value: str
    by: ParticipantId | None


@dataclass(frozen=True, slots=True)
class ActivitySaid:
    """By staff, to everybody."""

    page_id: str
    name: str
    value: str
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class ActivityTold(Private):
    """By a student, to the staff."""

    page_id: str
    name: str
    value: str
    by: ParticipantId


ActivityEvent = ActivityChanged | ActivitySaid | ActivityTold
