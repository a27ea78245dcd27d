"""The groups of a room in the form they cross the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import groups_event
from classroom.room.groups_state import GroupsState
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import groups


def groups_form(state: GroupsState) -> groups.Groups:
    """What everybody may know of it: all but the groups' pages. One may be shown without a name."""
    return groups.Groups(
        phase=state.phase,
        how=state.how,
        groups=[groups.Group(group.id, group.name) for group in state.groups],
        members=[groups.GroupMember(who, group_id) for who, group_id in state.members],
        ends_ms=state.ends_ms,
        calls=[groups.GroupCall(call.group_id, call.by, call.at_ms) for call in state.calls],
        visits=[
            groups.GroupVisit(visit.participant_id, visit.group_id, visit.is_quiet)
            for visit in state.visits
        ],
        loud=list(state.loud),
    )


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    groups_event.GroupsChanged: lambda event: groups.GroupsChanged(groups_form(event.groups)),
}


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The groups' field of a snapshot; it is the same for everybody."""
    return {"groups": groups_form(room.parts.groups.state)}
