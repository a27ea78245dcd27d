"""What can be asked of a lesson's aids."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId


@dataclass(frozen=True, slots=True)
class StartCountdown:
    """A running one begins anew."""

    by: ParticipantId
    seconds: int


@dataclass(frozen=True, slots=True)
class ExtendCountdown:
    by: ParticipantId
    seconds: int


@dataclass(frozen=True, slots=True)
class StopCountdown:
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class PickStudent:
    """Somebody who is here and was not picked in this round. `draw` is chance, 0 <= draw < 1."""

    by: ParticipantId
    draw: float


@dataclass(frozen=True, slots=True)
class GiveStar:
    """`count` is 1, or -1 to take one back."""

    by: ParticipantId
    participant_id: ParticipantId
    count: int


AidsCommand = StartCountdown | ExtendCountdown | StopCountdown | PickStudent | GiveStar
