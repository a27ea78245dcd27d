"""What can be asked of the groups of a class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId

How = Literal["hand", "random", "own"]
"""Who puts the groups together: a teacher one by one, chance, or every student for themselves."""


@dataclass(frozen=True, slots=True)
class PlanGroups:
    """Begin a new plan, in the place of one that is there. Nobody moves yet."""

    by: ParticipantId
    names: tuple[str, ...]
    """A group for each."""
    how: How
    members: tuple[tuple[ParticipantId, int], ...] = ()
    """By hand: somebody, and the place of their group in `names`."""
    order: tuple[ParticipantId, ...] = ()
    """At random: everybody in a mixed order, which the caller has drawn."""


@dataclass(frozen=True, slots=True)
class MoveToGroup:
    """Put a student into a group, or into none; while the groups are open they go there now."""

    by: ParticipantId
    participant_id: ParticipantId
    group_id: str | None


@dataclass(frozen=True, slots=True)
class ChooseGroup:
    """A student's own choice."""

    by: ParticipantId
    group_id: str


@dataclass(frozen=True, slots=True)
class OpenGroups:
    """Everybody goes to their group. The pages are new, and made by the caller."""

    by: ParticipantId
    pages: tuple[tuple[str, str], ...]
    """A group's id, and the id of its page; one for each group."""
    minutes: int | None = None
    """None: until they are closed."""
    like: str | None = None
    """The page whose paper and size the groups' pages have; what lies on it is copied by the
    caller."""


@dataclass(frozen=True, slots=True)
class CloseGroups:
    """Everybody comes back: now, or after a countdown."""

    by: ParticipantId
    in_s: int


@dataclass(frozen=True, slots=True)
class ExtendGroups:
    """Later than planned; a countdown that runs is called off."""

    by: ParticipantId
    minutes: int


@dataclass(frozen=True, slots=True)
class RenameGroup:
    by: ParticipantId
    group_id: str
    name: str


@dataclass(frozen=True, slots=True)
class DiscardGroups:
    """Forget the plan."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class CallTeacher:
    """Ask a teacher to come to the group one is in."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class AnswerCall:
    """A teacher has seen to it."""

    by: ParticipantId
    group_id: str


@dataclass(frozen=True, slots=True)
class VisitGroup:
    """A teacher goes to a group, or back to the class."""

    by: ParticipantId
    group_id: str | None
    quiet: bool = False
    """To listen: the group knows of it, and neither hears nor sees the teacher."""


@dataclass(frozen=True, slots=True)
class SpeakToAll:
    """A teacher is heard and seen in every group, or no more."""

    by: ParticipantId
    on: bool


GroupsCommand = (
    PlanGroups
    | MoveToGroup
    | ChooseGroup
    | OpenGroups
    | CloseGroups
    | ExtendGroups
    | RenameGroup
    | DiscardGroups
    | CallTeacher
    | AnswerCall
    | VisitGroup
    | SpeakToAll
)
