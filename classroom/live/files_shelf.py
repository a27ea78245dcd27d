"""Where it is kept to whom a live room's files were sent, and where removed ones are taken away.

One task writes at once, and tries again as long as the database does not answer: a class goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from classroom.ids import RoomId
from classroom.live.last_tries import try_last
from classroom.live.ports import FileDrawer
from classroom.room.event import LogEntry
from classroom.room.file_card import FileCard
from classroom.room.files_event import FileAdded, FileAddedAside, FileRemoved, FileRemovedAside
from whiteboard.store import StoreFailed

AGAIN_S = 2.0
CLOSE_WITHIN_S = 1.2

log = structlog.get_logger("classroom.live")


class FilesShelf:
    """Invariant: `_waiting` has each file once, in its latest form; None for one that is removed.

    It is bounded by the files a room may have.
    """

    def __init__(
        self,
        room_id: RoomId,
        lesson_id: str,
        drawer: FileDrawer,
        sleep: Callable[[float], Awaitable[Any]],
    ) -> None:
        self._room_id = room_id
        self._lesson_id = lesson_id
        self._drawer = drawer
        self._sleep = sleep
        self._waiting: dict[str, FileCard | None] = {}
        self._task: asyncio.Task[None] | None = None

    def follow(self, entries: Sequence[LogEntry]) -> None:
        """Have everything written that these say of files."""
        for entry in entries:
            match entry.event:
                case FileAdded(card) | FileAddedAside(card):
                    self.keep(card)
                case FileRemoved(card) | FileRemovedAside(card):
                    self._note(card.id, None)
                case _:
                    pass

    def keep(self, card: FileCard) -> None:
        """Have it written soon that the file belongs to this lesson, and to whom it was sent."""
        self._note(card.id, card)

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
        except (StoreFailed, OSError, TimeoutError):
            log.warning("files.lost", lesson=self._lesson_id, files=len(self._waiting))

    def _note(self, file_id: str, card: FileCard | None) -> None:
        self._waiting[file_id] = card
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name=f"files {self._lesson_id}")

    async def _run(self) -> None:
        is_failing = False
        while self._waiting:
            try:
                await self._write()
                is_failing = False
            except (StoreFailed, OSError):  # the database, or the disk the files lie on
                if not is_failing:
                    log.warning("files.write_failed", lesson=self._lesson_id)
                is_failing = True
                await self._sleep(AGAIN_S)

    async def _write(self) -> None:
        """All that waits now; what changed meanwhile, and what failed, waits on."""
        batch = dict(self._waiting)
        cards = [card for card in batch.values() if card is not None]
        gone = [file_id for file_id, card in batch.items() if card is None]
        if cards:
            await self._drawer.keep(self._lesson_id, cards)
        if gone:
            await self._drawer.remove(self._room_id, gone)
        for file_id, card in batch.items():
            if self._waiting.get(file_id, ...) is card:
                del self._waiting[file_id]
