"""The wall of boards: every student or group works on a page of its own, the staff sees them all.

Decides who has which page and with which pen, which of them everybody looks at and whether its
owner is named, and what becomes of the pages at the end. The groups' pages are lent to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.audience import STAFF, Audience
from classroom.room.ground import Ground
from classroom.room.groups_event import GroupsChanged
from classroom.room.groups_state import GroupsState
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
    old page never becomes that of a later wall. One that is lent belongs to its group."""

    def __init__(
        self,
        ground: Ground,
        board: Pages,
        state: WallState,
        groups: Callable[[], GroupsState] = GroupsState,
    ) -> None:
        self.state = state
        self._ground = ground
        self._board = board
        self._groups = groups
        self._members = groups().members
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
        is_each = self.state.is_on and self.state.per == "student"
        is_late = is_each and self.state.tile_of(who) is None
        has_space = len(self.state.tiles) < TILES_MAX
        return is_late and has_space and person is not None and person.role == "student"

    def tile_of(self, who: ParticipantId) -> Tile | None:
        """The board somebody works on: their own, or that of their group."""
        if self.state.per == "student":
            return self.state.tile_of(who)
        return self.state.tile_of_group(self._groups().group_of(who))

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Groups get other names and members; when they close, they take their pages along."""
        if self.state.per == "student" or not isinstance(event, GroupsChanged):
            return []
        if self.state.is_borrowed and not self._groups().is_open:
            return self._become(WallState())
        return [*self._tell_moved(), *self._rename()]

    # Checks

    def _check_open(self, command: OpenWall, moment: Moment) -> None:
        self._ground.must(command.by, "may_group")
        if self.state.is_on:
            raise Refused("wall.exists")
        if len(command.pages) > TILES_MAX:
            raise Refused("wall.limit", {"max": TILES_MAX})
        if command.per == "group":
            self._check_groups(command)
        self._board.check_reserved([page for _, page in command.pages], command.task_page_id)

    def _check_groups(self, command: OpenWall) -> None:
        groups = self._groups()
        if not groups.groups:
            raise Refused("wall.groups")
        planned = {group.id for group in groups.groups}
        if not groups.is_open and planned != {group_id for group_id, _ in command.pages}:
            raise Refused("group.unknown")

    def _check_give(self, command: GiveWallPage, moment: Moment) -> None:
        self._ground.person(command.by)
        if not self.wants_page(command.by):
            raise Refused("wall.closed")
        self._board.check_reserved([command.page_id], None)

    def _check_mark(self, command: MarkTile, moment: Moment) -> None:
        self._ground.person(command.by)
        if self.tile_of(command.by) is None:
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
        groups = self._groups()
        state = WallState(is_on=True, task_page_id=command.task_page_id, per=command.per)
        if command.per == "student":
            state = replace(state, tiles=self._of_students(command.pages))
        elif groups.is_open:
            lent = tuple(_of_group(one.id, one.page_id, one.name) for one in groups.groups)
            return self._become(replace(state, tiles=lent, is_borrowed=True, task_page_id=None))
        else:
            names = {group.id: group.name for group in groups.groups}
            made = tuple(_of_group(one, page, names[one]) for one, page in command.pages)
            state = replace(state, tiles=made)
        events = self._become(state)
        return [*self._reserve(state.tiles), *events]

    def _of_students(self, pages: Iterable[tuple[str, str]]) -> tuple[Tile, ...]:
        people = self._ground.participants
        given = ((ParticipantId(who), page_id) for who, page_id in pages)
        return tuple(Tile(who, page, people[who].name) for who, page in given if who in people)

    def _give(self, command: GiveWallPage, moment: Moment) -> list[Event]:
        name = self._ground.participants[command.by].name
        tile = Tile(command.by, command.page_id, name)
        self.state = replace(self.state, tiles=(*self.state.tiles, tile))
        return [*self._reserve((tile,)), self._tiles()]

    def _mark(self, command: MarkTile, moment: Moment) -> list[Event]:
        own = self.tile_of(command.by)
        if own is None or own.mark == command.mark:
            return []
        marked_ms = 0 if command.mark == "none" else moment.clock_ms
        marked = replace(own, mark=command.mark, marked_ms=marked_ms)
        tiles = tuple(marked if tile == own else tile for tile in self.state.tiles)
        self.state = replace(self.state, tiles=tiles)
        theirs = Audience(frozenset(self._people_of(marked)))
        return [self._tiles(), TileMarked(command.mark, audience=theirs)]

    def _close(self, command: CloseWall, moment: Moment) -> list[Event]:
        before = self.state
        events = self._become(WallState())
        if before.is_borrowed:
            return events
        pages = [tile.page_id for tile in before.tiles]
        if not command.keep:
            return [*self._board.drop(pages), *events]
        names = {tile.page_id: tile.name for tile in before.tiles}
        return [*self._board.release(pages, names), *events]

    # What follows from the groups

    def _rename(self) -> list[Event]:
        names = {group.id: group.name for group in self._groups().groups}
        tiles = tuple(
            replace(tile, name=names.get(tile.group_id, tile.name)) for tile in self.state.tiles
        )
        if tiles == self.state.tiles:
            return []
        return self._become(replace(self.state, tiles=tiles))

    def _tell_moved(self) -> list[Event]:
        """Who has another board now hears how far its people are."""
        before, now = dict(self._members), dict(self._groups().members)
        self._members = self._groups().members
        events: list[Event] = []
        for who in sorted(set(before) | set(now)):
            if before.get(who) != now.get(who):
                tile = self.tile_of(who)
                mark = tile.mark if tile else "none"
                events.append(TileMarked(mark, audience=Audience(frozenset({who}))))
        return events

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

    def _become(self, state: WallState) -> list[Event]:
        """Another wall, or other names on it."""
        self.state = state
        self._members = self._groups().members
        return [WallChanged(state), self._tiles()]

    def _tiles(self) -> WallTiles:
        return WallTiles(self.state.tiles, audience=STAFF)

    def _owners(self, belongs_to: str) -> Mapping[ParticipantId, Pen]:
        """Its students, while they are: with a pen unless all pages are locked."""
        lent = self.state.tile_of_group(belongs_to) if self.state.is_borrowed else None
        tile = self.state.tile_at(belongs_to) or lent
        pen: Pen = "none" if self.state.is_locked else "own"
        return dict.fromkeys(self._people_of(tile), pen) if tile else {}

    def _people_of(self, tile: Tile) -> list[ParticipantId]:
        """The students in the room who work on a board."""
        groups, people = self._groups(), self._ground.participants.values()
        if tile.group_id:
            at_it = (who for who in people if groups.group_of(who.id) == tile.group_id)
        else:
            at_it = (who for who in people if who.id == tile.participant_id)
        return [who.id for who in at_it if who.role == "student"]


def _of_group(group_id: str, page_id: str, name: str) -> Tile:
    return Tile(ParticipantId(""), page_id, name, group_id=group_id)
