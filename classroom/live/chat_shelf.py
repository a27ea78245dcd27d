"""Where a live room's chat is kept: written in small batches, read back on demand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog

from classroom.errors import Refused
from classroom.live.backlog import Backlog, Shelved
from classroom.live.ports import ChatDrawer
from classroom.room.chat import ChatMessage
from classroom.room.chat_event import ChatChanged, ChatChangedAside, ChatPosted, ChatTold
from classroom.room.event import LogEntry
from classroom.room.participant import Participant
from classroom.store.chat import ChatPage
from whiteboard.store import StoreFailed

BATCH_S = 0.5
WAITING_MAX = 20_000
"""Messages not written yet; beyond them the oldest are lost to the history, and the log says so."""

log = structlog.get_logger("classroom.live")


class ChatShelf:
    """What waits is in the order of numbers."""

    def __init__(
        self, lesson_id: str, drawer: ChatDrawer, sleep: Callable[[float], Awaitable[Any]]
    ) -> None:
        self._lesson_id = lesson_id
        self._drawer = drawer
        what = Shelved(lesson_id, kind="chat", many="messages")
        self._backlog = Backlog[ChatMessage](what, self._write, sleep, batch_s=BATCH_S)
        self._waiting = self._backlog.waiting

    def follow(self, entries: Sequence[LogEntry]) -> None:
        """Have everything written that these say of the chat."""
        for entry in entries:
            match entry.event:
                case ChatPosted(message) | ChatTold(message):
                    self.keep(message)
                case ChatChanged(message) | ChatChangedAside(message):
                    self.keep(message)
                case _:
                    pass

    def keep(self, message: ChatMessage) -> None:
        """Have it written soon, or its new form."""
        self._backlog.note(message.id, message)
        if len(self._waiting) > WAITING_MAX:
            del self._waiting[next(iter(self._waiting))]
            log.warning("chat.lost", lesson=self._lesson_id)

    async def find(self, message_id: str) -> ChatMessage | None:
        """A message that is not in the room's memory any more. Refused `server.busy`."""
        waiting = self._waiting.get(message_id)
        if waiting is not None:
            return waiting
        try:
            return await self._drawer.find(self._lesson_id, message_id)
        except StoreFailed as error:
            raise Refused("server.busy") from error

    async def before(self, viewer: Participant, before: str, limit: int) -> ChatPage:
        """A page of the history. Refused `server.busy`."""
        try:
            page = await self._drawer.before(self._lesson_id, viewer, before, limit)
        except StoreFailed as error:
            raise Refused("server.busy") from error
        present = tuple(self._waiting.get(one.id, one) for one in page.messages)
        return ChatPage(present, page.has_more)

    async def close(self) -> None:
        """Write what waits, in bounded time; end the task."""
        await self._backlog.close()

    async def _write(self, batch: Mapping[str, ChatMessage]) -> None:
        await self._drawer.write(self._lesson_id, list(batch.values()))
