"""The door of a class, as it crosses the wire: lobby, lock, removing, roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from classroom.wire.requests import Done
from classroom.wire.values import Id, Role

GivenRole = Literal["assistant", "student", "observer"]


@dataclass(frozen=True, slots=True)
class Door:
    """Whether newcomers wait, and whether nobody new comes in at all."""

    lobby: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    participant_id: str
    name: str
    role: Role
    since_ms: int
    """On the room clock."""
    enrolled: bool = False


@dataclass(frozen=True, slots=True)
class Lobby:
    """Who stands in front of the door, in the order in which they came."""

    waiting: list[WaitingPerson] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SetLobby:
    """Off lets in everybody who waits."""

    NAME: ClassVar[str] = "lobby.set"
    on: bool


@dataclass(frozen=True, slots=True)
class Admit:
    """One who waits; None lets in all of them."""

    NAME: ClassVar[str] = "lobby.admit"
    participant_id: Id | None


@dataclass(frozen=True, slots=True)
class TurnAway:
    """They may knock again after a minute."""

    NAME: ClassVar[str] = "lobby.turn_away"
    participant_id: Id


@dataclass(frozen=True, slots=True)
class LockClass:
    NAME: ClassVar[str] = "room.lock"
    on: bool


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """Out of the class, until it ends."""

    NAME: ClassVar[str] = "room.remove"
    participant_id: Id


@dataclass(frozen=True, slots=True)
class SetRole:
    NAME: ClassVar[str] = "room.set_role"
    participant_id: Id
    role: GivenRole


@dataclass(frozen=True, slots=True)
class LobbyAdmitted:
    """To somebody who waits: ask to join again."""

    NAME: ClassVar[str] = "lobby.admitted"


@dataclass(frozen=True, slots=True)
class LobbyTurnedAway:
    """To somebody who waits: they are not let in."""

    NAME: ClassVar[str] = "lobby.turned_away"


@dataclass(frozen=True, slots=True)
class SeatRemoved:
    """To somebody who was removed; this socket is about to be closed."""

    NAME: ClassVar[str] = "seat.removed"


@dataclass(frozen=True, slots=True)
class DoorChanged:
    door: Door
    type: Literal["door_changed"] = "door_changed"


@dataclass(frozen=True, slots=True)
class LobbyChanged:
    """To staff alone."""

    lobby: Lobby
    type: Literal["lobby_changed"] = "lobby_changed"


REQUESTS: dict[type[Any], type[Any]] = {
    SetLobby: Done,
    Admit: Done,
    TurnAway: Done,
    LockClass: Done,
    RemovePerson: Done,
    SetRole: Done,
}
NOTICES: tuple[type[Any], ...] = (LobbyAdmitted, LobbyTurnedAway, SeatRemoved)
