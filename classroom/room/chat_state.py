"""What of the chat must survive a restart beside its messages, which the store keeps."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.known import KnownBy


@dataclass(frozen=True, slots=True)
class ChatState:
    count: int = 0
    """Messages written in this lesson; the next one is `m<count + 1>`."""
    silent: tuple[KnownBy, ...] = ()
    """Whoever was muted, also after they left; the one muted last at the end."""
