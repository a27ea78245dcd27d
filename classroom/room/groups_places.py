"""What groups do to the rest of a room: where people are, and the pages they work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, Protocol

from classroom.ids import ParticipantId
from classroom.room.event import Event
from classroom.room.ground import Ground
from classroom.room.groups_state import Group, GroupsState
from classroom.room.kinds import Pen, Source

SCREENS: tuple[Source, ...] = ("screen", "screen_audio")


class Senders(Protocol):
    """What groups need of the tracks."""

    def silence(
        self,
        who: ParticipantId,
        sources: Sequence[Source],
        *,
        by: ParticipantId | None,
        why: Literal["group"],
    ) -> list[Event]:
        """End what somebody sends."""
        ...


class Pages(Protocol):
    """What groups need of the board."""

    @property
    def owners(self) -> list[Callable[[str], Mapping[ParticipantId, Pen]]]:
        """Those who say who works on a reserved page."""
        ...

    def check_reserved(self, page_ids: Sequence[str], like: str | None) -> None:
        """Refused when these pages cannot be added."""
        ...

    def reserve_all(self, pages: Sequence[tuple[str, str, str]], like: str | None) -> list[Event]:
        """Pages for those they belong to: an id, a name and whose it is of each."""
        ...

    def release(self, page_ids: Sequence[str], names: Mapping[str, str]) -> list[Event]:
        """The pages are the class's, under these names."""
        ...


class GroupPlaces:
    """The hands of the groups: it decides nothing."""

    def __init__(self, ground: Ground, tracks: Senders, board: Pages) -> None:
        self._ground = ground
        self._tracks = tracks
        self._board = board

    def put_all(self, state: GroupsState) -> list[Event]:
        """Everybody to where the state has them."""
        groups = dict(state.members) if state.is_open else {}
        groups |= {visit.participant_id: visit.group_id for visit in state.visits}
        people = list(self._ground.participants)
        return [event for who in people for event in self.put(who, groups.get(who, ""))]

    def put(self, who: ParticipantId, place: str) -> list[Event]:
        """Somebody to a place. Screens are shared in the whole class only."""
        present = self._ground.participants[who]
        if present.place == place:
            return []
        events = self._ground.change(replace(present, place=place))
        if place:
            events += self._tracks.silence(who, SCREENS, by=None, why="group")
        return events

    def check_pages(self, page_ids: Sequence[str], like: str | None) -> None:
        """Refused when the board has no room for the pages, or not the one they are like."""
        self._board.check_reserved(page_ids, like)

    def add_pages(self, groups: Sequence[Group], like: str | None) -> list[Event]:
        """A page for each group."""
        pages = [(group.page_id, group.name, group.id) for group in groups]
        return self._board.reserve_all(pages, like)

    def release_pages(self, groups: Sequence[Group]) -> list[Event]:
        """Make them pages of the class, named after the groups."""
        names = {group.page_id: group.name for group in groups}
        return self._board.release(list(names), names)
