"""What of a room outlives a restart of the server: plain values that can be written as JSON.

Sockets and tracks do not: everybody comes back, and sends anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from classroom.ids import ParticipantId
from classroom.room.aids_state import AidsState
from classroom.room.ask_state import AskState
from classroom.room.chat_state import ChatState
from classroom.room.floor_state import FloorState, StagedState
from classroom.room.groups_state import GroupsState
from classroom.room.kept_person import KeptPerson
from classroom.room.kinds import Pen
from classroom.room.lobby_state import LobbyState
from classroom.room.played_state import PlayedState
from classroom.room.recording_state import RecordingState
from classroom.room.wall_state import WallState

__all__ = ["Kept", "KeptPerson"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A room at one moment. One field a part, whose type has a default for an older record."""

    seq: int
    line: int
    clock_ms: int
    started_at: datetime
    people: tuple[KeptPerson, ...] = ()
    everyone: Pen = "none"
    given: tuple[tuple[ParticipantId, Pen], ...] = ()
    floor: FloorState = field(default_factory=FloorState)
    groups: GroupsState = field(default_factory=GroupsState)
    staged: StagedState = field(default_factory=StagedState)
    chat: ChatState = field(default_factory=ChatState)
    ask: AskState = field(default_factory=AskState)
    aids: AidsState = field(default_factory=AidsState)
    wall: WallState = field(default_factory=WallState)
    lobby: LobbyState = field(default_factory=LobbyState)
    played: PlayedState = field(default_factory=PlayedState)
    recording: RecordingState = field(default_factory=RecordingState)
