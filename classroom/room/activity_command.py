"""What can be asked for an activity; `page_id` is the class's page, on which it stands."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId


@dataclass(frozen=True, slots=True)
class SetActivityValue:
    """Keep a value for everybody; "null" takes it away."""

    by: ParticipantId
    page_id: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class SendActivityEvent:
    """Tell something that is not kept: staff to everybody, a student to the staff."""

    by: ParticipantId
    page_id: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ResetActivity:
    """Take all values away."""

    by: ParticipantId
    page_id: str


ActivityCommand = SetActivityValue | SendActivityEvent | ResetActivity
