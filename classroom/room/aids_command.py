"""What can be asked of a lesson's aids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId

Among = Literal["not_picked", "everyone", "hands"]
"""Who can be picked: nobody twice in a round, anybody, or those who raise a hand."""


@dataclass(frozen=True, slots=True)
class StartTimer:
    """A countdown, or without seconds a stopwatch. There is one at a time: it begins anew."""

    by: ParticipantId
    seconds: int | None


@dataclass(frozen=True, slots=True)
class ExtendCountdown:
    by: ParticipantId
    seconds: int


@dataclass(frozen=True, slots=True)
class PauseTimer:
    """Or, when not `on`, go on with what it showed."""

    by: ParticipantId
    on: bool


@dataclass(frozen=True, slots=True)
class StopTimer:
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class PickStudent:
    """A student who is here. `draw` is chance, 0 <= draw < 1."""

    by: ParticipantId
    draw: float
    among: Among = "not_picked"


@dataclass(frozen=True, slots=True)
class GiveStar:
    """`count` is 1, or -1 to take one back."""

    by: ParticipantId
    participant_id: ParticipantId
    count: int


AidsCommand = StartTimer | ExtendCountdown | PauseTimer | StopTimer | PickStudent | GiveStar
