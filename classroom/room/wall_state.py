"""The wall of boards as a value: who has which page, how far they are, and which page is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId

Mark = Literal["none", "done", "stuck"]
TILES_MAX = 60


@dataclass(frozen=True, slots=True)
class Tile:
    """A student's page. It stays when the student leaves."""

    participant_id: ParticipantId
    page_id: str
    name: str
    mark: Mark = "none"
    marked_ms: int = 0
    """On the room's clock; 0 without a mark."""


@dataclass(frozen=True, slots=True)
class WallState:
    """Invariants: a student has one tile at most; `shown` is the page of one of them; without
    `is_on` all of it is empty."""

    is_on: bool = False
    task_page_id: str | None = None
    tiles: tuple[Tile, ...] = ()
    """In the order in which they were given."""
    shown: str | None = None
    is_named: bool = False
    is_locked: bool = False

    def tile_of(self, who: ParticipantId) -> Tile | None:
        """Somebody's tile."""
        return next((tile for tile in self.tiles if tile.participant_id == who), None)

    def tile_at(self, page_id: str) -> Tile | None:
        """The tile of a page."""
        return next((tile for tile in self.tiles if tile.page_id == page_id), None)

    @property
    def shown_name(self) -> str:
        """Whose page all look at; empty when there is none, or it is not to be known."""
        tile = self.tile_at(self.shown) if self.shown and self.is_named else None
        return tile.name if tile else ""
