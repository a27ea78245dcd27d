"""What happened at the door: to everybody whether it is open, to the staff who waits."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.audience import Private
from classroom.room.lobby_state import Waiting


@dataclass(frozen=True, slots=True)
class DoorChanged:
    """Newcomers wait or not; the class is locked or not."""

    has_lobby: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class LobbyChanged(Private):
    """Everybody who waits now."""

    waiting: tuple[Waiting, ...]


LobbyEvent = DoorChanged | LobbyChanged
