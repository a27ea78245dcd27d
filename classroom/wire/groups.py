"""The groups of a class, as they cross the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.requests import Done
from classroom.wire.values import Id

GROUPS_MIN = 2
GROUPS_MAX = 20
GROUP_NAME_MAX = 40
GROUP_MEMBERS_MAX = 500
GROUP_MINUTES_MAX = 120
GROUP_COUNTDOWN_MAX = 60

GroupPhase = Literal["none", "planned", "open", "closing"]
"""Closing is open with a countdown that everybody sees."""
GroupHow = Literal["hand", "random", "own"]
GroupName = Annotated[str, Field(min_length=1, max_length=GROUP_NAME_MAX)]
Minutes = Annotated[int, Field(ge=1, le=GROUP_MINUTES_MAX)]


@dataclass(frozen=True, slots=True)
class Group:
    """Which page is its own only its members and staff are told, by the reserved pages."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupMember:
    participant_id: str
    group_id: str


@dataclass(frozen=True, slots=True)
class GroupCall:
    """A group waits for a teacher since `at_ms`."""

    group_id: str
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class GroupVisit:
    """A teacher is there; quiet ones are neither heard nor seen."""

    participant_id: str
    group_id: str
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """All there is to know of the groups. Where somebody is now stands in `Participant.group`."""

    phase: GroupPhase = "none"
    how: GroupHow = "hand"
    groups: list[Group] = field(default_factory=list)
    members: list[GroupMember] = field(default_factory=list)
    ends_ms: int | None = None
    """On the room clock; null without an end."""
    calls: list[GroupCall] = field(default_factory=list)
    visits: list[GroupVisit] = field(default_factory=list)
    loud: list[str] = field(default_factory=list)
    """Teachers whom every group hears and sees."""


@dataclass(frozen=True, slots=True)
class PlannedMember:
    """Somebody, and the place of their group in the plan's names, from 0."""

    participant_id: Id
    group: Annotated[int, Field(ge=0, lt=GROUPS_MAX)]


@dataclass(frozen=True, slots=True)
class PlanGroups:
    """A group for each name. At random the server deals; members are looked at by hand only."""

    NAME: ClassVar[str] = "group.plan"
    names: Annotated[list[GroupName], Field(max_length=GROUPS_MAX)]
    how: GroupHow
    members: Annotated[list[PlannedMember], Field(max_length=GROUP_MEMBERS_MAX)]


@dataclass(frozen=True, slots=True)
class MoveToGroup:
    """Null: into none."""

    NAME: ClassVar[str] = "group.move"
    participant_id: Id
    group_id: Id | None


@dataclass(frozen=True, slots=True)
class ChooseGroup:
    """A student's own choice."""

    NAME: ClassVar[str] = "group.choose"
    group_id: Id


@dataclass(frozen=True, slots=True)
class OpenGroups:
    """Without minutes they are open until somebody closes them. The task page is copied for each
    group; without one the pages are empty."""

    NAME: ClassVar[str] = "group.open"
    minutes: Minutes | None
    task_page_id: Id | None = None


@dataclass(frozen=True, slots=True)
class CloseGroups:
    """After a countdown; 0 is now."""

    NAME: ClassVar[str] = "group.close"
    in_s: Annotated[int, Field(ge=0, le=GROUP_COUNTDOWN_MAX)]


@dataclass(frozen=True, slots=True)
class ExtendGroups:
    """Later by some minutes; a countdown is called off."""

    NAME: ClassVar[str] = "group.extend"
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class RenameGroup:
    NAME: ClassVar[str] = "group.rename"
    group_id: Id
    name: GroupName


@dataclass(frozen=True, slots=True)
class DiscardGroups:
    """Forget the plan."""

    NAME: ClassVar[str] = "group.discard"


@dataclass(frozen=True, slots=True)
class CallTeacher:
    """To the group one is in."""

    NAME: ClassVar[str] = "group.call"


@dataclass(frozen=True, slots=True)
class AnswerCall:
    NAME: ClassVar[str] = "group.answer_call"
    group_id: Id


@dataclass(frozen=True, slots=True)
class VisitGroup:
    """Null: back to the class. Quiet: neither heard nor seen there."""

    NAME: ClassVar[str] = "group.visit"
    group_id: Id | None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class SpeakToAll:
    """Be heard and seen in every group, or no more."""

    NAME: ClassVar[str] = "group.speak"
    on: bool


@dataclass(frozen=True, slots=True)
class GroupsChanged:
    groups: Groups
    type: Literal["groups_changed"] = "groups_changed"


GroupsEvent = GroupsChanged

REQUESTS: dict[type[Any], type[Any]] = dict.fromkeys(
    (
        PlanGroups,
        MoveToGroup,
        ChooseGroup,
        OpenGroups,
        CloseGroups,
        ExtendGroups,
        RenameGroup,
        DiscardGroups,
        CallTeacher,
        AnswerCall,
        VisitGroup,
        SpeakToAll,
    ),
    Done,
)
