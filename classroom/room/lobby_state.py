"""The door of a class as a value: who waits, was let in, may not come back, has a new role."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.known import KnownBy

WAITING_MAX = 200
WAITING_OF_ONE_MAX = 5
"""With the same account, or from the same browser."""
REMOVED_MAX = 500
"""Of more, the one removed first may come back."""
ADMITTED_MAX = 1000
"""Of more, the one let in first is asked about again; a class has at most 500 people at once."""
ROLES_MAX = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who stands in front of the door."""

    participant_id: ParticipantId
    name: str
    role: Role
    at_ms: int
    known: KnownBy


@dataclass(frozen=True, slots=True)
class LobbyState:
    """`refused` says until when, on the room clock, somebody may not knock again."""

    is_on: bool = False
    is_locked: bool = False
    waiting: tuple[Waiting, ...] = ()
    """In the order in which they came."""
    admitted: tuple[ParticipantId, ...] = ()
    """Everybody who was let in, or in the class."""
    refused: tuple[tuple[KnownBy, int], ...] = ()
    removed: tuple[KnownBy, ...] = ()
    roles: tuple[tuple[ParticipantId, Role], ...] = ()
    """Roles that were given in the class; they win over what a seat says."""

    def is_removed(self, who: ParticipantId, account_id: str, browser: str) -> bool:
        """Whether somebody was removed who may be the same person."""
        known = KnownBy(who, account_id, browser)
        return any(ban.covers(known) for ban in self.removed)

    def refused_until_ms(self, known: KnownBy) -> int:
        """Until when somebody may not knock; 0 when they always might."""
        return max((until for who, until in self.refused if who.covers(known)), default=0)

    def waiting_like(self, known: KnownBy) -> int:
        """How many wait who came with the same account, or from the same browser."""
        return sum(one.known.shares(known) for one in self.waiting)
