"""Where a class in a test finds decks, and keeps those that were put away: in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from classroom.ids import AccountId, RoomId
from classroom.live.board_port import DeckDrawer
from classroom.room.page import BoardPage, KeptPlacement, Placement
from classroom.store.deck_placing import PlacedLeaf, StoredDeck
from courseware.deck import Leaf
from whiteboard.store import StoreFailed


@dataclass
class DecksTwin:
    """`decks` are those that may be placed, by id; `away` what was put away, the last one first."""

    decks: dict[str, StoredDeck] = field(default_factory=dict)
    away: list[KeptPlacement] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)
    is_broken: bool = False

    @property
    def drawer(self) -> DeckDrawer:
        """What the live rooms are given."""
        return DeckDrawer(self._find, self._placed, self._keep, self._kept, self._take)

    def add(
        self, deck_id: str, *leaves: tuple[int, int], state: str = "ready", version: str = "print"
    ) -> None:
        """A deck with these slides and steps, or another version of it."""
        placed = tuple(
            PlacedLeaf(Leaf(slide, step, 1280, 960), f"/slides/{version}/{deck_id}-{slide}-{step}")
            for slide, step in leaves
        )
        deck = StoredDeck(deck_id, version, "Roots", "pdf", state, placed)  # type: ignore[arg-type]
        self.decks[deck_id] = deck

    def add_film(self, deck_id: str, *, kind: str = "film", state: str = "ready") -> None:
        """A deck that plays, or an activity."""
        address = f"/films/{deck_id}"
        deck = StoredDeck(deck_id, "print", "Cells", kind, state, (), address)  # type: ignore[arg-type]
        self.decks[deck_id] = deck

    async def _find(
        self, room_id: RoomId, account_id: AccountId | None, deck_id: str
    ) -> StoredDeck | None:
        self._look()
        return self.decks.get(deck_id)

    async def _placed(self, deck_id: str, room_id: RoomId, at: datetime) -> None:
        self.placed.append(deck_id)

    async def _keep(
        self, room_id: RoomId, placement: Placement, pages: Sequence[BoardPage], at: datetime
    ) -> None:
        self._look()
        others = [one for one in self.away if one.placement.id != placement.id]
        self.away = [KeptPlacement(placement, tuple(pages), at), *others]

    async def _kept(self, room_id: RoomId, deck_id: str) -> list[KeptPlacement]:
        self._look()
        return [one for one in self.away if one.placement.deck_id == deck_id]

    async def _take(self, room_id: RoomId, placement_id: str) -> KeptPlacement | None:
        return next((one for one in self.away if one.placement.id == placement_id), None)

    def _look(self) -> None:
        if self.is_broken:
            raise StoreFailed("told to fail")
