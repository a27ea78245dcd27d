"""The floor of a class, as it crosses the wire: hands, the stage, muting, locks, spotlight,
focus and layout.

Who is on stage stands with the participant (`on_stage`). Times are those of the room clock, in ms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from classroom.wire.requests import Done
from classroom.wire.values import Id

Voice = Literal["microphone", "camera"]
View = Literal["focus", "gallery", "side"]
LoweredBecause = Literal["self", "teacher", "stage", "left"]


@dataclass(frozen=True, slots=True)
class Locks:
    """What students may not do; True is locked. Staff is never locked out."""

    microphones: bool = False
    cameras: bool = False
    shares: bool = False
    chat: bool = False
    whispers: bool = True
    files: bool = False
    hands: bool = False
    reactions: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A choice for everybody: each takes it over once, and may then choose another."""

    view: View
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Floor:
    """What holds for everybody; `spotlight` is large for whoever chose nobody themselves."""

    locks: Locks = field(default_factory=Locks)
    spotlight: str | None = None
    focus: bool = False
    layout: Layout | None = None
    leader: str | None = None
    """Whose layout everybody follows; that client tells each change of its own."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand; its place in the list of hands is its place in the queue."""

    participant_id: str
    raised_ms: int


@dataclass(frozen=True, slots=True)
class AskedToSpeak:
    """Somebody was asked to turn something on; it stands for a minute, or until they answer."""

    participant_id: str
    source: Voice
    at_ms: int


@dataclass(frozen=True, slots=True)
class RaiseHand:
    NAME: ClassVar[str] = "hand.raise"


@dataclass(frozen=True, slots=True)
class LowerHand:
    """One's own without more; somebody's, or all."""

    NAME: ClassVar[str] = "hand.lower"
    participant_id: Id | None = None
    all: bool = False


@dataclass(frozen=True, slots=True)
class BringOnStage:
    """A student, with what the locks take from the others. They are asked to speak."""

    NAME: ClassVar[str] = "stage.bring"
    participant_id: Id
    microphone: bool
    camera: bool
    share: bool
    pen: bool


@dataclass(frozen=True, slots=True)
class LeaveStage:
    """Oneself without more, or somebody."""

    NAME: ClassVar[str] = "stage.leave"
    participant_id: Id | None = None


@dataclass(frozen=True, slots=True)
class Mute:
    """One person, or with null all students."""

    NAME: ClassVar[str] = "floor.mute"
    participant_id: Id | None
    source: Voice


@dataclass(frozen=True, slots=True)
class AskToSpeak:
    """Nobody is turned on by somebody else: they are asked."""

    NAME: ClassVar[str] = "floor.ask"
    participant_id: Id
    source: Voice


@dataclass(frozen=True, slots=True)
class DeclineToSpeak:
    NAME: ClassVar[str] = "floor.decline"
    source: Voice


@dataclass(frozen=True, slots=True)
class SetLocks:
    """What is null stays as it is."""

    NAME: ClassVar[str] = "floor.set_locks"
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
    NAME: ClassVar[str] = "floor.spotlight"
    participant_id: Id | None


@dataclass(frozen=True, slots=True)
class SetFocus:
    """Students see the staff, those on stage and themselves; the staff sees all."""

    NAME: ClassVar[str] = "floor.focus"
    on: bool


@dataclass(frozen=True, slots=True)
class SetLayout:
    """For everybody, or with null for nobody. With `leads` one is followed from now on, and tells
    each change of one's own layout by this."""

    NAME: ClassVar[str] = "floor.layout"
    view: View | None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class HandRaised:
    """It is the last of the queue."""

    hand: Hand
    type: Literal["hand_raised"] = "hand_raised"


@dataclass(frozen=True, slots=True)
class HandLowered:
    participant_id: str
    why: LoweredBecause
    type: Literal["hand_lowered"] = "hand_lowered"


@dataclass(frozen=True, slots=True)
class FloorChanged:
    floor: Floor
    type: Literal["floor_changed"] = "floor_changed"


@dataclass(frozen=True, slots=True)
class SpeakingAsked:
    """For whoever is asked, and for the staff."""

    asked: AskedToSpeak
    by: str
    type: Literal["speaking_asked"] = "speaking_asked"


@dataclass(frozen=True, slots=True)
class SpeakingDeclined:
    """For whoever was asked, and for the staff."""

    participant_id: str
    source: Voice
    type: Literal["speaking_declined"] = "speaking_declined"


FloorEvent = HandRaised | HandLowered | FloorChanged
FloorAside = SpeakingAsked | SpeakingDeclined

REQUESTS: dict[type[Any], type[Any]] = dict.fromkeys(
    (
        RaiseHand,
        LowerHand,
        BringOnStage,
        LeaveStage,
        Mute,
        AskToSpeak,
        DeclineToSpeak,
        SetLocks,
        SetSpotlight,
        SetFocus,
        SetLayout,
    ),
    Done,
)
