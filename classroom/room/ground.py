"""What all parts of a room stand on: its terms, who is in it, and what is locked."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import policy
from classroom.room.event import Event, ParticipantChanged
from classroom.room.known import KnownBy
from classroom.room.lifecycle import RoomTerms
from classroom.room.locks import Locks
from classroom.room.participant import Participant
from classroom.room.policy import Right


class Ground:
    """Invariants: whoever is in `participants` has a seat, here or away; `known` is of those, who
    came since the server began."""

    def __init__(self, terms: RoomTerms) -> None:
        self.terms = terms
        self.participants: dict[ParticipantId, Participant] = {}
        self.known: dict[ParticipantId, KnownBy] = {}
        self.locks = Locks()

    def person(self, who: ParticipantId) -> Participant:
        """Somebody who is in the room; Refused `participant.unknown`."""
        found = self.participants.get(who)
        if found is None:
            raise Refused("participant.unknown")
        return found

    def known_by(self, who: ParticipantId) -> KnownBy:
        """What somebody in the room may be known by again."""
        return self.known.get(who) or KnownBy(who)

    def must(self, by: ParticipantId, right: Right) -> None:
        """Refused, with why, when somebody may not do it now."""
        refused = policy.refusal(self.person(by), self.locks, right)
        if refused is not None:
            raise refused

    def change(self, who: Participant) -> list[Event]:
        """The participant's new truth; an event only when it is new."""
        if self.participants[who.id] == who:
            return []
        self.participants[who.id] = who
        return [ParticipantChanged(who)]

    def is_staff(self, who: ParticipantId) -> bool:
        """Whether somebody is in the room and leads the class."""
        found = self.participants.get(who)
        return found is not None and policy.is_staff(found.role)
