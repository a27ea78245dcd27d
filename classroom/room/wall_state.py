"""The wall of boards as a value: who has which page, how far they are, and which page is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId

Mark = Literal["none", "done", "stuck"]
Per = Literal["student", "group"]
"""Who shares a board."""
TILES_MAX = 60


@dataclass(frozen=True, slots=True)
class Tile:
    """The page of a student, or of a group. It stays when they leave."""

    participant_id: ParticipantId
    """Empty for a group's."""
    page_id: str
    name: str
    mark: Mark = "none"
    marked_ms: int = 0
    """On the room's clock; 0 without a mark."""
    group_id: str = ""
    """Empty for a student's."""


@dataclass(frozen=True, slots=True)
class WallState:
    """Invariants: a student, or a group, has one tile at most; `shown` is the page of one of them;
    without `is_on` all of it is empty."""

    is_on: bool = False
    task_page_id: str | None = None
    tiles: tuple[Tile, ...] = ()
    """In the order in which they were given."""
    shown: str | None = None
    is_named: bool = False
    is_locked: bool = False
    per: Per = "student"
    is_borrowed: bool = False
    """The pages are those of the open groups, and stay theirs."""

    def tile_of(self, who: ParticipantId) -> Tile | None:
        """The tile of a student's own."""
        return next((tile for tile in self.tiles if tile.participant_id == who), None)

    def tile_of_group(self, group_id: str) -> Tile | None:
        """The tile of a group; None also for no group."""
        return next((tile for tile in self.tiles if group_id and tile.group_id == group_id), None)

    def tile_at(self, page_id: str) -> Tile | None:
        """The tile of a page."""
        return next((tile for tile in self.tiles if tile.page_id == page_id), None)

    @property
    def shown_name(self) -> str:
        """Whose page all look at; empty when there is none, or it is not to be known."""
        tile = self.tile_at(self.shown) if self.shown and self.is_named else None
        return tile.name if tile else ""
