"""A board for everyone, as it crosses the wire.

A `Wall` is what everybody may know; the tiles, with names and marks, are the staff's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from classroom.wire.requests import Done
from classroom.wire.values import Id

TileMark = Literal["none", "done", "stuck"]


@dataclass(frozen=True, slots=True)
class WallTile:
    """A student's page on the wall; its picture comes over the board's socket."""

    participant_id: str
    page_id: str
    name: str
    mark: TileMark
    marked_ms: int
    """On the room clock; 0 without a mark."""


@dataclass(frozen=True, slots=True)
class Wall:
    """Which page is shown, and whose it is if that may be known."""

    is_on: bool = False
    task_page_id: str = ""
    shown: str = ""
    shown_name: str = ""
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class SeenWall:
    """The wall as one participant may know it: `tiles` are the staff's, `mark` is one's own."""

    wall: Wall = field(default_factory=Wall)
    mark: TileMark = "none"
    tiles: list[WallTile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OpenWall:
    """A page for every student who is here, with what lies on the task page."""

    NAME: ClassVar[str] = "wall.open"
    task_page_id: Id | None = None


@dataclass(frozen=True, slots=True)
class MarkTile:
    """How far one is with one's own page."""

    NAME: ClassVar[str] = "wall.mark"
    mark: TileMark


@dataclass(frozen=True, slots=True)
class ShowTile:
    """Let everybody look at a page; null ends it."""

    NAME: ClassVar[str] = "wall.show"
    page_id: Id | None
    named: bool = False


@dataclass(frozen=True, slots=True)
class LockWall:
    """Only staff draws on the pages, or their students again."""

    NAME: ClassVar[str] = "wall.lock"
    on: bool


@dataclass(frozen=True, slots=True)
class CloseWall:
    """The pages become the class's, under the students' names, or are removed."""

    NAME: ClassVar[str] = "wall.close"
    keep: bool


@dataclass(frozen=True, slots=True)
class WallChanged:
    wall: Wall
    type: Literal["wall_changed"] = "wall_changed"


@dataclass(frozen=True, slots=True)
class WallTiles:
    tiles: list[WallTile]
    type: Literal["wall_tiles"] = "wall_tiles"


@dataclass(frozen=True, slots=True)
class TileMarked:
    mark: TileMark
    type: Literal["tile_marked"] = "tile_marked"


WallEvent = WallChanged
WallAside = WallTiles | TileMarked

REQUESTS: dict[type[Any], type[Any]] = {
    OpenWall: Done,
    MarkTile: Done,
    ShowTile: Done,
    LockWall: Done,
    CloseWall: Done,
}
