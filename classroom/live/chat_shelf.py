"""Where a live room's chat is kept: written in small batches by one task, read back on demand.

A class goes on while the database does not answer; what was written meanwhile is kept later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from classroom.errors import Refused
from classroom.live.last_tries import try_last
from classroom.live.ports import ChatDrawer
from classroom.room.chat import ChatMessage
from classroom.room.chat_event import ChatChanged, ChatChangedAside, ChatPosted, ChatTold
from classroom.room.event import LogEntry
from classroom.room.participant import Participant
from classroom.store.chat import ChatPage
from whiteboard.store import StoreFailed

BATCH_S = 0.5
AGAIN_S = 2.0
CLOSE_WITHIN_S = 1.2
WAITING_MAX = 20_000
"""Messages not written yet; beyond them the oldest are lost to the history, and the log says so."""

log = structlog.get_logger("classroom.live")


class ChatShelf:
    """Invariant: `_waiting` has each message once, in its latest form, in the order of numbers."""

    def __init__(
        self, lesson_id: str, drawer: ChatDrawer, sleep: Callable[[float], Awaitable[Any]]
    ) -> None:
        self._lesson_id = lesson_id
        self._drawer = drawer
        self._sleep = sleep
        self._waiting: dict[str, ChatMessage] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_failing = False

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
        self._waiting[message.id] = message
        if len(self._waiting) > WAITING_MAX:
            del self._waiting[next(iter(self._waiting))]
            log.warning("chat.lost", lesson=self._lesson_id)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name=f"chat {self._lesson_id}")

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
        """Write what waits, within CLOSE_WITHIN_S; end the task."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        try:
            until = asyncio.get_running_loop().time() + CLOSE_WITHIN_S
            async with asyncio.timeout_at(until):
                while self._waiting:
                    await try_last(self._write, until=until)
        except (StoreFailed, TimeoutError):
            log.warning("chat.lost", lesson=self._lesson_id, messages=len(self._waiting))

    async def _run(self) -> None:
        while self._waiting:
            await self._sleep(AGAIN_S if self._is_failing else BATCH_S)
            try:
                await self._write()
                self._is_failing = False
            except StoreFailed:
                if not self._is_failing:
                    log.warning("chat.write_failed", lesson=self._lesson_id)
                self._is_failing = True

    async def _write(self) -> None:
        """All that waits now; what changed meanwhile, and what failed, waits on."""
        batch = dict(self._waiting)
        if not batch:
            return
        await self._drawer.write(self._lesson_id, list(batch.values()))
        for key, message in batch.items():
            if self._waiting.get(key) is message:
                del self._waiting[key]
