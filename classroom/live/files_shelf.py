"""Where it is kept to whom a live room's files were sent, and where removed ones are taken away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from classroom.ids import RoomId
from classroom.live.backlog import Backlog, Shelved
from classroom.live.ports import FileDrawer
from classroom.room.event import LogEntry
from classroom.room.file_card import FileCard
from classroom.room.files_event import FileAdded, FileAddedAside, FileRemoved, FileRemovedAside
from whiteboard.store import StoreFailed

FAULTS = (StoreFailed, OSError)
"""Of the database, or of the disk the files lie on."""


class FilesShelf:
    """Writes at once. A file that waits as None is removed. What waits is bounded by the files a
    room may have."""

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
        what = Shelved(lesson_id, kind="files", many="files")
        self._backlog = Backlog[FileCard | None](what, self._write, sleep, faults=FAULTS)

    def follow(self, entries: Sequence[LogEntry]) -> None:
        """Have everything written that these say of files."""
        for entry in entries:
            match entry.event:
                case FileAdded(card) | FileAddedAside(card):
                    self.keep(card)
                case FileRemoved(card) | FileRemovedAside(card):
                    self._backlog.note(card.id, None)
                case _:
                    pass

    def keep(self, card: FileCard) -> None:
        """Have it written soon that the file belongs to this lesson, and to whom it was sent."""
        self._backlog.note(card.id, card)

    async def close(self) -> None:
        """Write what waits, in bounded time; end the task."""
        await self._backlog.close()

    async def _write(self, batch: Mapping[str, FileCard | None]) -> None:
        cards = [card for card in batch.values() if card is not None]
        gone = [file_id for file_id, card in batch.items() if card is None]
        if cards:
            await self._drawer.keep(self._lesson_id, cards)
        if gone:
            await self._drawer.remove(self._room_id, gone)
