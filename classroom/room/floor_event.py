"""What happened on the floor and on the stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId
from classroom.room.audience import Audience, Private
from classroom.room.floor_state import AskedToSpeak, Hand, Layout, Voice
from classroom.room.locks import Locks

LoweredBecause = Literal["self", "teacher", "stage", "left"]


@dataclass(frozen=True, slots=True)
class HandRaised:
    """It is the last of the queue."""

    hand: Hand


@dataclass(frozen=True, slots=True)
class HandLowered:
    participant_id: ParticipantId
    why: LoweredBecause


@dataclass(frozen=True, slots=True)
class FloorChanged:
    """Locks, spotlight, focus, the layout or who is followed in it are new."""

    locks: Locks
    spotlight: ParticipantId | None
    is_focus: bool
    layout: Layout | None = None
    leader: ParticipantId | None = None


@dataclass(frozen=True, slots=True)
class SpeakingAsked(Private):
    """For whoever is asked, and for the staff."""

    asked: AskedToSpeak
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class SpeakingDeclined(Private):
    """For whoever was asked, and for the staff."""

    participant_id: ParticipantId
    source: Voice


def with_staff(who: ParticipantId) -> Audience:
    """One person, and everybody who leads the class."""
    return Audience(frozenset({who}), staff=True)


FloorEvent = HandRaised | HandLowered | FloorChanged | SpeakingAsked | SpeakingDeclined
