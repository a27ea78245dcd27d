"""Whom an event is for, when it is not for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.participant import Participant
from classroom.room.policy import is_staff


@dataclass(frozen=True, slots=True)
class Audience:
    """Some people by name, the staff, or both. Who is not in the room hears nothing."""

    people: frozenset[ParticipantId] = frozenset()
    staff: bool = False

    def hears(self, who: Participant) -> bool:
        """Whether it is for somebody, in the role they have now."""
        return who.id in self.people or (self.staff and is_staff(who.role))


STAFF = Audience(staff=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """An event for its audience alone. It takes no number that all count, so who does not hear it
    cannot even know that there was something."""

    audience: Audience
