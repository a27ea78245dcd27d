"""The door of a class as a value: who waits, was let in, may not come back, has a new role."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.people.role import Role

WAITING_MAX = 200
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


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody who was removed, by all that they might be known by; what is empty is unknown."""

    participant_id: ParticipantId
    account_id: str = ""
    browser: str = ""

    def covers(self, who: ParticipantId, account_id: str, browser: str) -> bool:
        """Whether that is the same person, as far as anybody can tell."""
        return (
            who == self.participant_id
            or (bool(account_id) and account_id == self.account_id)
            or (bool(browser) and browser == self.browser)
        )


@dataclass(frozen=True, slots=True)
class LobbyState:
    """`turned_away` names until when, on the room clock, somebody may not knock again."""

    is_on: bool = False
    is_locked: bool = False
    waiting: tuple[Waiting, ...] = ()
    """In the order in which they came."""
    admitted: tuple[ParticipantId, ...] = ()
    """Everybody who was let in, or in the class."""
    turned_away: tuple[tuple[ParticipantId, int], ...] = ()
    removed: tuple[Ban, ...] = ()
    roles: tuple[tuple[ParticipantId, Role], ...] = ()
    """Roles that were given in the class; they win over what a seat says."""
