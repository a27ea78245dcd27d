"""What live rooms need of the house for what people say and send: where it is kept.

The composition root gives the real ones; tests have twins in memory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from classroom.ids import RoomId
from classroom.room.chat import ChatMessage
from classroom.room.file_card import FileCard
from classroom.room.participant import Participant
from classroom.store.chat import ChatPage


@dataclass(frozen=True, slots=True)
class ChatDrawer:
    """Where chats of lessons are kept, by lesson id. Everything may raise StoreFailed."""

    load: Callable[[str], Awaitable[tuple[ChatMessage, ...]]]
    """The newest messages, oldest first, without a gap."""
    write: Callable[[str, Sequence[ChatMessage]], Awaitable[None]]
    """Keeps the present form of each."""
    find: Callable[[str, str], Awaitable[ChatMessage | None]]
    before: Callable[[str, Participant, str, int], Awaitable[ChatPage]]
    """What a viewer may read from before a message, at most so many."""


class Shelf(Protocol):
    """Where a live room's chat is kept, as far as requests ask it. Both refuse `server.busy`."""

    async def find(self, message_id: str) -> ChatMessage | None:
        """A message that is not in the room's memory any more."""
        ...

    async def before(self, viewer: Participant, before: str, limit: int) -> ChatPage:
        """What a viewer may read from before a message."""
        ...


class FileKeeper(Protocol):
    """Where it is kept what files a live room has."""

    def keep(self, card: FileCard) -> None:
        """Soon; never waits."""
        ...


@dataclass(frozen=True, slots=True)
class FileDrawer:
    """Where it is kept what files a lesson has. Everything may raise StoreFailed, or OSError."""

    load: Callable[[str], Awaitable[tuple[FileCard, ...]]]
    """Those of a lesson by its id, in the order in which they were sent."""
    keep: Callable[[str, Sequence[FileCard]], Awaitable[None]]
    """That they belong to the lesson, and to whom they were sent."""
    remove: Callable[[RoomId, Sequence[str]], Awaitable[None]]
    """From the disk, too."""
