"""What can be asked at the door of a class, and about the roles of those behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.known import KnownBy

GivenRole = Literal["assistant", "student", "observer"]


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody who is not in the class wants to come in; the last two say who else they may be."""

    by: ParticipantId
    name: str
    role: Role
    account_id: str = ""
    browser: str = ""

    @property
    def known(self) -> KnownBy:
        """What they may be known by again."""
        return KnownBy(self.by, self.account_id, self.browser)


@dataclass(frozen=True, slots=True)
class StopKnocking:
    """They went away again."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class Admit:
    """Let in one who waits, or all of them."""

    by: ParticipantId
    who: ParticipantId | None


@dataclass(frozen=True, slots=True)
class TurnAway:
    by: ParticipantId
    who: ParticipantId


@dataclass(frozen=True, slots=True)
class SetLobby:
    """Let newcomers wait until somebody lets them in; off lets in all who wait."""

    by: ParticipantId
    on: bool


@dataclass(frozen=True, slots=True)
class LockClass:
    """Nobody new comes in; who was in before may come back."""

    by: ParticipantId
    on: bool


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """Out of the class until it ends, under whatever seat."""

    by: ParticipantId
    who: ParticipantId


@dataclass(frozen=True, slots=True)
class SetRole:
    by: ParticipantId
    who: ParticipantId
    role: GivenRole


DoorCommand = Knock | StopKnocking
LobbyCommand = Admit | TurnAway | SetLobby | LockClass | RemovePerson | SetRole
