"""The floor of a lesson as values: locks, hands in their order, spotlight, focus, layout, who was
asked.

Who is on stage stands with the person (`Participant.grant`), because it changes what they may do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from classroom.ids import ParticipantId
from classroom.room.kinds import Pen
from classroom.room.locks import Locks

Voice = Literal["microphone", "camera"]
"""What somebody can be muted in, and asked to turn on."""
View = Literal["focus", "gallery", "side"]
"""How faces and what lies on the stage are laid out."""
STAGE_PEN: Pen = "own"
"""What the stage lends to somebody who could draw nothing before."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand; its time is that of the room clock, in ms."""

    participant_id: ParticipantId
    raised_ms: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everybody's layout, as one of the staff chose it; each may still choose another."""

    view: View
    by: ParticipantId
    at_ms: int
    """When; who has taken it over already is not moved again by the same choice."""
    is_staged: bool
    """Whether a screen or the board was on the stage. Faces alone are laid out for themselves."""


@dataclass(frozen=True, slots=True)
class FloorState:
    """Invariant: nobody has two hands in the queue, and it is in the order of raising."""

    locks: Locks = field(default_factory=Locks)
    hands: tuple[Hand, ...] = ()
    spotlight: ParticipantId | None = None
    """Large for everybody who chose nobody themselves."""
    is_focus: bool = False
    """Students see the staff, those on stage and themselves."""
    layout: Layout | None = None
    leader: ParticipantId | None = None
    """The one of the staff whose own layout everybody follows."""

    def hand_of(self, who: ParticipantId) -> Hand | None:
        """Somebody's raised hand."""
        return next((hand for hand in self.hands if hand.participant_id == who), None)

    def without_hand(self, who: ParticipantId) -> FloorState:
        """The same with one hand less; those behind it move up."""
        return replace(self, hands=tuple(one for one in self.hands if one.participant_id != who))


@dataclass(frozen=True, slots=True)
class AskedToSpeak:
    """Somebody was asked to turn a microphone or a camera on, and has not yet."""

    participant_id: ParticipantId
    source: Voice
    at_ms: int


@dataclass(frozen=True, slots=True)
class StagedState:
    """What goes with being on stage. Invariant: nobody is asked twice for one source."""

    asked: tuple[AskedToSpeak, ...] = ()
    lent: tuple[ParticipantId, ...] = ()
    """Those who could draw nothing before, and may for as long as they are on stage."""

    def asked_for(self, who: ParticipantId, source: Voice) -> AskedToSpeak | None:
        """What somebody was asked for and has not answered."""
        return next(
            (one for one in self.asked if (one.participant_id, one.source) == (who, source)), None
        )

    def without(self, who: ParticipantId) -> StagedState:
        """The same with nothing of somebody."""
        return StagedState(
            tuple(one for one in self.asked if one.participant_id != who),
            tuple(one for one in self.lent if one != who),
        )
