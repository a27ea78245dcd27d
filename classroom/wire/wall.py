"""A board for everyone, as it crosses the wire.

A `Wall` is what everybody may know; the tiles, with names and marks, are the staff's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from classroom.wire.requests import Done
from classroom.wire.values import Id

TileMark = Literal["none", "done", "stuck"]
WallPer = Literal["student", "group"]


@dataclass(frozen=True, slots=True)
class WallTile:
    """A page on the wall; its picture comes over the board's socket. One of `participant_id` and
    `group_id` is empty."""

    participant_id: str
    page_id: str
    name: str
    mark: TileMark
    marked_ms: int
    """On the room clock; 0 without a mark."""
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class Wall:
    """Which page is shown, and whose it is if that may be known. `is_borrowed`: the pages are those
    of the open groups, and stay theirs."""

    is_on: bool = False
    task_page_id: str = ""
    shown: str = ""
    shown_name: str = ""
    is_locked: bool = False
    per: WallPer = "student"
    is_borrowed: bool = False


@dataclass(frozen=True, slots=True)
class SeenWall:
    """The wall as one participant may know it: `tiles` are the staff's, `mark` is that of the board
    one works on."""

    wall: Wall = field(default_factory=Wall)
    mark: TileMark = "none"
    tiles: list[WallTile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OpenWall:
    """A page for every student who is here, or for every group, with what lies on the task page.
    Groups that are open have their pages: these are the wall then, as they are."""

    NAME: ClassVar[str] = "wall.open"
    task_page_id: Id | None = None
    per: WallPer = "student"


@dataclass(frozen=True, slots=True)
class MarkTile:
    """How far one is with one's own page, or with that of one's group."""

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
    """The pages become the class's, under their owners' names, or are removed. Those of open groups
    stay as they are."""

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
