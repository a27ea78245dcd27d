"""What live rooms need of the house: clocks, seats, rooms and boards looked up, media workers.

The composition root gives the real ones; tests have twins in memory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from classroom.ids import ParticipantId, RoomId
from classroom.live.board_port import BoardDrawer
from classroom.live.media_port import Json, MediaPort
from classroom.live.recording_port import MakeRecorder, Recorder, RecordingDrawer
from classroom.live.talk_port import ChatDrawer, FileDrawer, FileKeeper, Shelf
from classroom.people.seat import SeatClaims
from classroom.room.board import BoardState
from classroom.room.chat import ChatMessage
from classroom.room.file_card import FileCard
from classroom.room.kept import Kept
from classroom.room.record import KeptLesson, LessonLine, Span
from classroom.store.rooms import RoomRow

__all__ = [
    "BoardDrawer",
    "ChatDrawer",
    "Clocks",
    "FileDrawer",
    "FileKeeper",
    "Json",
    "LessonDrawer",
    "MakeRecorder",
    "MediaPort",
    "Recorder",
    "RecordingDrawer",
    "SeatDoor",
    "Shelf",
    "Stored",
    "Tell",
]

Tell = Callable[[ParticipantId, Any], None]
"""Sends a notice to one participant; never waits."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Monotonic seconds, and aware UTC."""

    monotonic: Callable[[], float]
    utc_now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class SeatDoor:
    """Where seats and rooms are looked up."""

    verify: Callable[[str], SeatClaims]
    """The claims of a token, or Refused `seat.forged`, `seat.expired`."""
    find_room: Callable[[RoomId], Awaitable[RoomRow | None]]
    enrolled_seat: Callable[[SeatClaims], Awaitable[SeatClaims | None]]
    """An enrolled person's seat with the name and the role they have now; None when they were
    removed meanwhile, or got a new link."""


@dataclass(frozen=True, slots=True)
class LessonDrawer:
    """Where lessons are kept. Everything may raise `whiteboard.store.StoreFailed`."""

    open: Callable[[RoomId, str, datetime], Awaitable[KeptLesson]]
    """The room's lesson that was broken off lately, else a new one with this title."""
    write: Callable[[str, Sequence[LessonLine], Kept, datetime], Awaitable[None]]
    """Lines and the state after them, together; a line written twice stays."""
    spans: Callable[[str, Sequence[Span]], Awaitable[None]]
    end: Callable[[str, datetime], Awaitable[None]]
    """It is over and is never gone on with."""
    chat: ChatDrawer
    files: FileDrawer


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of a room that opens: its board, None when there never was one, its lesson."""

    board: BoardState | None
    lesson: KeptLesson
    chat: tuple[ChatMessage, ...] = ()
    """The newest messages of a lesson that goes on."""
    files: tuple[FileCard, ...] = ()
    """Its files."""
