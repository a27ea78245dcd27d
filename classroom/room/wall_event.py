"""What happened to the wall of boards."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.audience import Private
from classroom.room.wall_state import Mark, Tile, WallState


@dataclass(frozen=True, slots=True)
class WallChanged:
    """It was opened or closed, locked, or another page is shown. The tiles are not for all."""

    wall: WallState


@dataclass(frozen=True, slots=True)
class WallTiles(Private):
    """Who has which page and how far they are: for the staff."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class TileMarked(Private):
    """For whoever said it, on all of their screens."""

    mark: Mark


WallEvent = WallChanged | WallTiles | TileMarked
