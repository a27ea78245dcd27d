"""Where a class in a test keeps its files: in memory, and broken when a test says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from classroom.ids import RoomId
from classroom.live.ports import FileDrawer
from classroom.room.file_card import FileCard
from whiteboard.store import StoreFailed


@dataclass
class FilesTwin:
    """Cards by lesson and id, and the ids of what was removed, in their order."""

    rows: dict[str, dict[str, FileCard]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    is_broken: bool = False

    @property
    def drawer(self) -> FileDrawer:
        """What the live rooms are given."""
        return FileDrawer(self.load, self.keep, self.remove)

    async def load(self, lesson_id: str) -> tuple[FileCard, ...]:
        self._check()
        return tuple(self.rows.get(lesson_id, {}).values())

    async def keep(self, lesson_id: str, cards: Sequence[FileCard]) -> None:
        self._check()
        self.rows.setdefault(lesson_id, {}).update({card.id: card for card in cards})

    async def remove(self, room_id: RoomId, file_ids: Sequence[str]) -> None:
        self._check()
        self.removed += file_ids
        for rows in self.rows.values():
            for file_id in file_ids:
                rows.pop(file_id, None)

    def _check(self) -> None:
        if self.is_broken:
            raise StoreFailed("told to fail")
