"""What can be asked of the floor: hands, the stage, muting, locks, spotlight, focus
and layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId
from classroom.room.floor_state import View, Voice
from classroom.room.locks import Grant

FaceReaction = Literal["like", "love", "clap", "laugh", "wow", "party"]


@dataclass(frozen=True, slots=True)
class RaiseHand:
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class LowerHand:
    """One's own without more, somebody's, or everybody's."""

    by: ParticipantId
    participant_id: ParticipantId | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class BringOnStage:
    """A student, with what the locks take from the others; again to change the grant."""

    by: ParticipantId
    participant_id: ParticipantId
    grant: Grant


@dataclass(frozen=True, slots=True)
class LeaveStage:
    """Oneself without more, or somebody."""

    by: ParticipantId
    participant_id: ParticipantId | None = None


@dataclass(frozen=True, slots=True)
class Mute:
    """One person, or all students. They may turn it on again, unless it is locked."""

    by: ParticipantId
    participant_id: ParticipantId | None
    source: Voice


@dataclass(frozen=True, slots=True)
class AskToSpeak:
    """Nobody's microphone or camera is ever turned on by somebody else: they are asked."""

    by: ParticipantId
    participant_id: ParticipantId
    source: Voice


@dataclass(frozen=True, slots=True)
class DeclineToSpeak:
    by: ParticipantId
    source: Voice


@dataclass(frozen=True, slots=True)
class SetLocks:
    """True locks, False unlocks, None leaves it as it is."""

    by: ParticipantId
    microphones: bool | None = None
    cameras: bool | None = None
    shares: bool | None = None
    chat: bool | None = None
    whispers: bool | None = None
    files: bool | None = None
    hands: bool | None = None
    reactions: bool | None = None


@dataclass(frozen=True, slots=True)
class SetSpotlight:
    by: ParticipantId
    participant_id: ParticipantId | None


@dataclass(frozen=True, slots=True)
class SetFocus:
    by: ParticipantId
    on: bool


@dataclass(frozen=True, slots=True)
class SetLayout:
    """A layout for everybody, or None for nobody. Who leads is followed from then on."""

    by: ParticipantId
    view: View | None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class React:
    """Shown over a face for a moment. Nothing of it stays, so no event tells of it."""

    by: ParticipantId
    reaction: FaceReaction


FloorCommand = (
    RaiseHand
    | LowerHand
    | BringOnStage
    | LeaveStage
    | Mute
    | AskToSpeak
    | DeclineToSpeak
    | SetLocks
    | SetSpotlight
    | SetFocus
    | SetLayout
    | React
)
