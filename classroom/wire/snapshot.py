"""What somebody hears who comes in: who they are here, and the whole truth of the room."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.wire.values import (
    Board,
    ChatMessage,
    KeptMedia,
    MediaWelcome,
    Participant,
    Refusal,
    Rights,
    Stage,
)


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """The whole truth of a live room at event number `seq`, as one participant may know it.

    Times that end in `_ms` are of the room clock, which shows `clock_ms` now.
    """

    seq: int
    clock_ms: int
    lesson_id: str
    room_id: str
    code: str
    title: str
    started_at: str
    participants: list[Participant]
    chat: list[ChatMessage]
    stage: Stage
    board: Board


@dataclass(frozen=True, slots=True)
class Welcome:
    protocol: int
    self_id: str
    rights: Rights
    room: RoomSnapshot
    media: MediaWelcome | None
    kept_media: KeptMedia | None = None
    media_error: Refusal | None = None
    """Why `media` is None although capabilities were given (the worker is being restarted)."""
