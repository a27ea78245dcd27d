"""The groups of a class as a value: the plan, who is where, who calls, and when it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.groups_command import How

GROUPS_MIN, GROUPS_MAX = 2, 20
GROUP_NAME_MAX = 40

Phase = Literal["none", "planned", "open", "closing"]
"""Closing is open with a countdown that everybody sees."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    page_id: str = ""
    """Its page of the board, while the groups are open."""


@dataclass(frozen=True, slots=True)
class Call:
    """A group waits for a teacher."""

    group_id: str
    by: ParticipantId
    at_ms: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A teacher is in a group."""

    participant_id: ParticipantId
    group_id: str
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class GroupsState:
    """Invariants: nobody is in two groups; every membership, call and visit names a group that is
    there; a group has a page exactly while the groups are open; nobody calls, visits or speaks to
    all while they are not."""

    phase: Phase = "none"
    how: How = "hand"
    groups: tuple[Group, ...] = ()
    members: tuple[tuple[ParticipantId, str], ...] = ()
    """Students and the id of their group, also of those whose connection is lost."""
    ends_ms: int | None = None
    calls: tuple[Call, ...] = ()
    """The one that waits longest first; at most one of a group."""
    visits: tuple[Visit, ...] = ()
    loud: tuple[ParticipantId, ...] = ()
    """Teachers who speak to all groups."""
    made: int = 0
    """Groups there ever were in this class: an id is never used for a second group, so nobody
    reads what another group wrote."""

    @property
    def is_open(self) -> bool:
        """Whether people are in their groups."""
        return self.phase in ("open", "closing")

    def group(self, group_id: str) -> Group:
        """The group; Refused `group.unknown`."""
        for group in self.groups:
            if group.id == group_id:
                return group
        raise Refused("group.unknown")

    def group_of(self, who: ParticipantId) -> str:
        """The group a student is put into; "" for none."""
        return next((group_id for one, group_id in self.members if one == who), "")

    def place_of(self, who: ParticipantId) -> str:
        """Where somebody is: a group's id, or "" for the class."""
        visit = self.visit_of(who)
        if visit is not None:
            return visit.group_id
        return self.group_of(who) if self.is_open else ""

    def visit_of(self, who: ParticipantId) -> Visit | None:
        """Where a teacher is, when it is not the class."""
        return next((visit for visit in self.visits if visit.participant_id == who), None)


def clean_group_name(text: str) -> str:
    """One line without blank ends. Refused `group.name`: empty, or longer than 40 characters."""
    name = " ".join(_CONTROLS.sub(" ", text).split())
    if not 0 < len(name) <= GROUP_NAME_MAX:
        raise Refused("group.name", {"max": GROUP_NAME_MAX})
    return name


def dealt(
    order: Sequence[ParticipantId], groups: Sequence[Group]
) -> tuple[tuple[ParticipantId, str], ...]:
    """Everybody into a group by turns: the sizes differ by one at most."""
    return tuple((who, groups[turn % len(groups)].id) for turn, who in enumerate(order))


def places_free(size: int, people: int, groups: int) -> int:
    """How many more may choose a group of `size`: it may have one more than an even share of all
    `people` would give it."""
    return max(0, -(-people // groups) + 1 - size)


# The same state with a little less in it


def without_member(state: GroupsState, who: ParticipantId) -> GroupsState:
    """Put into no group."""
    members = tuple(member for member in state.members if member[0] != who)
    return replace(state, members=members)


def without_teacher(state: GroupsState, who: ParticipantId) -> GroupsState:
    """Visiting no group, and speaking to nobody but those who are at the same place."""
    visits = tuple(visit for visit in state.visits if visit.participant_id != who)
    loud = tuple(one for one in state.loud if one != who)
    return replace(state, visits=visits, loud=loud)


def without_call(state: GroupsState, group_id: str) -> GroupsState:
    """A group waits no more."""
    calls = tuple(call for call in state.calls if call.group_id != group_id)
    return replace(state, calls=calls)
