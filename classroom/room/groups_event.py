"""What happened to the groups of a class."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.groups_state import GroupsState


@dataclass(frozen=True, slots=True)
class GroupsChanged:
    """The plan, a move, opening, closing, calls, visits or names: always the whole of it."""

    groups: GroupsState


GroupsEvent = GroupsChanged
