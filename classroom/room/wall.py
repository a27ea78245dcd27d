"""The wall of boards: every student works on a page of their own, and the staff sees all of them.

Decides who has which page and with which pen, which of them everybody looks at and whether its
owner is named, and what becomes of the pages at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.audience import STAFF, Audience
from classroom.room.ground import Ground
from classroom.room.kinds import Pen
from classroom.room.part import Event, Moment, Part
from classroom.room.reserve import Reservations
from classroom.room.wall_command import (
    CloseWall,
    GiveWallPage,
    LockWall,
    MarkTile,
    OpenWall,
    ShowTile,
)
from classroom.room.wall_event import TileMarked, WallChanged, WallTiles
from classroom.room.wall_state import TILES_MAX, Tile, WallState


class Pages(Protocol):
    """The board's pages, as far as the wall reserves some of them."""

    reservations: Reservations

    def check_reserved(self, page_ids: Sequence[str], like: str | None) -> None: ...

    def reserve_all(
        self, pages: Sequence[tuple[str, str, str]], like: str | None
    ) -> list[Event]: ...

    def release(self, page_ids: Sequence[str], names: Mapping[str, str]) -> list[Event]: ...

    def drop(self, page_ids: Sequence[str]) -> list[Event]: ...


class WallPart(Part):
    """`state` is its truth. A tile's page belongs to its own id, which is never used twice: so an
    old page never becomes that of a later wall."""

    def __init__(self, ground: Ground, board: Pages, state: WallState) -> None:
        self.state = state
        self._ground = ground
        self._board = board
        board.reservations.owners.append(self._owners)
        board.reservations.shown = lambda: (self.state.shown, self.state.is_named)
        self.checks = {
            OpenWall: self._check_open,
            GiveWallPage: self._check_give,
            MarkTile: self._check_mark,
            ShowTile: self._check_show,
            LockWall: self._check_order,
            CloseWall: self._check_order,
        }
        self.effects = {
            OpenWall: self._open,
            GiveWallPage: self._give,
            MarkTile: self._mark,
            ShowTile: lambda command, moment: self._change(
                shown=command.page_id, is_named=command.page_id is not None and command.is_named
            ),
            LockWall: lambda command, moment: self._change(is_locked=command.on),
            CloseWall: self._close,
        }

    def wants_page(self, who: ParticipantId) -> bool:
        """Whether somebody is a student who came after the pages were given."""
        person = self._ground.participants.get(who)
        is_late = self.state.is_on and self.state.tile_of(who) is None
        has_space = len(self.state.tiles) < TILES_MAX
        return is_late and has_space and person is not None and person.role == "student"

    # Checks

    def _check_open(self, command: OpenWall, moment: Moment) -> None:
        self._ground.must(command.by, "may_group")
        if self.state.is_on:
            raise Refused("wall.exists")
        if len(command.pages) > TILES_MAX:
            raise Refused("wall.limit", {"max": TILES_MAX})
        self._board.check_reserved([page for _, page in command.pages], command.task_page_id)

    def _check_give(self, command: GiveWallPage, moment: Moment) -> None:
        self._ground.person(command.by)
        if not self.wants_page(command.by):
            raise Refused("wall.closed")
        self._board.check_reserved([command.page_id], None)

    def _check_mark(self, command: MarkTile, moment: Moment) -> None:
        self._ground.person(command.by)
        if self.state.tile_of(command.by) is None:
            raise Refused("wall.closed")

    def _check_show(self, command: ShowTile, moment: Moment) -> None:
        self._check_order(command, moment)
        if command.page_id is not None and self.state.tile_at(command.page_id) is None:
            raise Refused("page.unknown")

    def _check_order(self, command: ShowTile | LockWall | CloseWall, moment: Moment) -> None:
        self._ground.must(command.by, "may_group")
        if not self.state.is_on:
            raise Refused("wall.closed")

    # Effects

    def _open(self, command: OpenWall, moment: Moment) -> list[Event]:
        people = self._ground.participants
        tiles = tuple(
            Tile(who, page_id, people[who].name) for who, page_id in command.pages if who in people
        )
        self.state = WallState(is_on=True, task_page_id=command.task_page_id, tiles=tiles)
        return [*self._reserve(tiles), WallChanged(self.state), self._tiles()]

    def _give(self, command: GiveWallPage, moment: Moment) -> list[Event]:
        name = self._ground.participants[command.by].name
        tile = Tile(command.by, command.page_id, name)
        self.state = replace(self.state, tiles=(*self.state.tiles, tile))
        return [*self._reserve((tile,)), self._tiles()]

    def _mark(self, command: MarkTile, moment: Moment) -> list[Event]:
        marked_ms = 0 if command.mark == "none" else moment.clock_ms
        tiles = tuple(
            replace(tile, mark=command.mark, marked_ms=marked_ms)
            if tile.participant_id == command.by and tile.mark != command.mark
            else tile
            for tile in self.state.tiles
        )
        if tiles == self.state.tiles:
            return []
        self.state = replace(self.state, tiles=tiles)
        own = Audience(frozenset({command.by}))
        return [self._tiles(), TileMarked(command.mark, audience=own)]

    def _close(self, command: CloseWall, moment: Moment) -> list[Event]:
        tiles = self.state.tiles
        self.state = WallState()
        pages = [tile.page_id for tile in tiles]
        events = (
            self._board.release(pages, {tile.page_id: tile.name for tile in tiles})
            if command.keep
            else self._board.drop(pages)
        )
        return [*events, WallChanged(self.state), self._tiles()]

    # Small steps

    def _reserve(self, tiles: tuple[Tile, ...]) -> list[Event]:
        pages = [(tile.page_id, tile.name, tile.page_id) for tile in tiles]
        return self._board.reserve_all(pages, self.state.task_page_id)

    def _change(self, **changed: Any) -> list[Event]:
        state = replace(self.state, **changed)
        if state == self.state:
            return []
        self.state = state
        return [WallChanged(state)]

    def _tiles(self) -> WallTiles:
        return WallTiles(self.state.tiles, audience=STAFF)

    def _owners(self, belongs_to: str) -> Mapping[ParticipantId, Pen]:
        """Its student, while they are one: with a pen unless all pages are locked."""
        tile = self.state.tile_at(belongs_to)
        person = self._ground.participants.get(tile.participant_id) if tile else None
        if person is None or person.role != "student":
            return {}
        return {person.id: "none" if self.state.is_locked else "own"}
