"""What can be asked of the wall of boards: one for every student, or one for every group."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.wall_state import Mark, Per


@dataclass(frozen=True, slots=True)
class OpenWall:
    """Give each of these a page. The pages are new, and their content is made already. While the
    groups are open they have their pages: then those are the wall, and no others."""

    by: ParticipantId
    task_page_id: str | None
    """The page whose paper and size they have; what lies on it was copied by the caller."""
    pages: tuple[tuple[str, str], ...]
    """Whose each is: the id of a student, or of a group."""
    per: Per = "student"


@dataclass(frozen=True, slots=True)
class GiveWallPage:
    """A page for a student who came later. Only the server asks this."""

    by: ParticipantId
    page_id: str


@dataclass(frozen=True, slots=True)
class MarkTile:
    """A student says how far they are, or their group."""

    by: ParticipantId
    mark: Mark


@dataclass(frozen=True, slots=True)
class ShowTile:
    """Everybody looks at one of the pages; None: at their own again."""

    by: ParticipantId
    page_id: str | None
    is_named: bool = False
    """Whether all may know whose it is."""


@dataclass(frozen=True, slots=True)
class LockWall:
    """Nobody but staff draws on the pages."""

    by: ParticipantId
    on: bool


@dataclass(frozen=True, slots=True)
class CloseWall:
    """The end of it. Kept pages are the class's, under their owners' names; others are removed.
    The pages of open groups stay theirs."""

    by: ParticipantId
    keep: bool


WallCommand = OpenWall | GiveWallPage | MarkTile | ShowTile | LockWall | CloseWall
