"""Where a class in a test keeps its boards: in memory, and broken when a test says so."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from classroom.ids import RoomId
from classroom.live.ports import BoardDrawer
from classroom.room.board import BoardState
from tests.support.deck_drawer import DecksTwin
from whiteboard.store import MemoryBoardStore, StoreFailed


@dataclass
class DrawerTwin:
    """Page lists by room, and a store of pages. `slow_s` is how long a load or a save takes."""

    lists: dict[str, BoardState] = field(default_factory=dict)
    store: MemoryBoardStore = field(default_factory=MemoryBoardStore)
    decks: DecksTwin = field(default_factory=DecksTwin)
    is_broken: bool = False
    slow_s: float = 0.0
    loads: int = 0
    saves: int = 0

    @property
    def drawer(self) -> BoardDrawer:
        """What the live rooms are given."""
        return BoardDrawer(self.store, self.load, self.save, self.decks.drawer)

    async def load(self, room_id: RoomId) -> BoardState | None:
        self.loads += 1
        await asyncio.sleep(self.slow_s)
        return self.lists.get(room_id)

    async def save(self, room_id: RoomId, board: BoardState) -> None:
        await asyncio.sleep(self.slow_s)
        if self.is_broken:
            raise StoreFailed("told to fail")
        self.saves += 1
        self.lists[room_id] = board
