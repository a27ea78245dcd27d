"""What can be asked of a live room: imperatives, each with whose doing it is.

`ExpireSeat` is the room's own: only its timer says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.kinds import Paper, Pen, ShareMode, Source
from classroom.room.known import KnownBy
from classroom.room.part_command import OutsideCommand, PartCommand


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """Come in, or come back; the name and the role are those of the seat token, and so is what the
    person may be known by again."""

    by: ParticipantId
    name: str
    role: Role
    account_id: str = ""
    browser: str = ""

    @property
    def known(self) -> KnownBy:
        """What they may be known by again."""
        return KnownBy(self.by, self.account_id, self.browser)


@dataclass(frozen=True, slots=True)
class LeaveSeat:
    """Go on purpose."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class LoseConnection:
    """The connection is gone; the seat is kept for a while."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class ExpireSeat:
    """Nobody came back in time."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class PublishTrack:
    by: ParticipantId
    source: Source
    is_paused: bool = False
    share_mode: ShareMode = "text"


@dataclass(frozen=True, slots=True)
class PauseTrack:
    by: ParticipantId
    source: Source


@dataclass(frozen=True, slots=True)
class ResumeTrack:
    by: ParticipantId
    source: Source


@dataclass(frozen=True, slots=True)
class UnpublishTrack:
    by: ParticipantId
    source: Source


@dataclass(frozen=True, slots=True)
class SetShareMode:
    by: ParticipantId
    share_mode: ShareMode


@dataclass(frozen=True, slots=True)
class LoseMedia:
    """All tracks are gone at once: the media side is set up anew, or its worker died."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class EndRoom:
    """End the class for everybody; `by` is None when the owner does it from outside the room."""

    by: ParticipantId | None


@dataclass(frozen=True, slots=True)
class PageSize:
    """In board units; both are None for a page without an end."""

    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """Put the board on stage, or take it off."""

    by: ParticipantId
    shown: bool


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Make it the class's page."""

    by: ParticipantId
    page_id: str


@dataclass(frozen=True, slots=True)
class AddPage:
    """`page_id` is new and made by the caller. A copy has the paper and the size of its original;
    what lies on it is copied by the caller."""

    by: ParticipantId
    page_id: str
    after: str | None
    """None puts it at the end."""
    name: str
    paper: Paper
    size: PageSize
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What is None stays as it is."""

    by: ParticipantId
    page_id: str
    name: str | None = None
    paper: Paper | None = None
    is_locked: bool | None = None
    size: PageSize | None = None


@dataclass(frozen=True, slots=True)
class MovePage:
    by: ParticipantId
    page_id: str
    before: str | None
    """None puts it at the end."""


@dataclass(frozen=True, slots=True)
class RemovePage:
    by: ParticipantId
    page_id: str


@dataclass(frozen=True, slots=True)
class RestorePage:
    """Bring back a page that was removed in this live room."""

    by: ParticipantId
    page_id: str


@dataclass(frozen=True, slots=True)
class ClearPage:
    """Begin an empty epoch of the page; the old one is kept."""

    by: ParticipantId
    page_id: str


@dataclass(frozen=True, slots=True)
class UnclearPage:
    """Begin an epoch that has the cleared and the present one; the caller has made it before."""

    by: ParticipantId
    page_id: str


@dataclass(frozen=True, slots=True)
class GivePen:
    """To one participant, or to every student (and those who come later) when it names none."""

    by: ParticipantId
    participant_id: ParticipantId | None
    pen: Pen


PageCommand = (
    TurnPage | AddPage | ChangePage | MovePage | RemovePage | RestorePage | ClearPage | UnclearPage
)
BoardCommand = ShowBoard | PageCommand | GivePen
PAGE_COMMANDS: tuple[type[PageCommand], ...] = get_args(PageCommand)
BOARD_COMMANDS: tuple[type[BoardCommand], ...] = get_args(BoardCommand)

Command = (
    TakeSeat
    | LeaveSeat
    | LoseConnection
    | ExpireSeat
    | PublishTrack
    | PauseTrack
    | ResumeTrack
    | UnpublishTrack
    | SetShareMode
    | LoseMedia
    | EndRoom
    | BoardCommand
    | PartCommand
    | OutsideCommand
)
PART_COMMANDS: tuple[type[Any], ...] = get_args(PartCommand)
"""Of the parts of a room: sent by somebody who is here, in a room that is live."""
DOOR_COMMANDS: tuple[type[Any], ...] = get_args(OutsideCommand)
"""Sent by somebody who is not in the room, also while nobody is."""
MEMBER_COMMANDS: tuple[type[Any], ...] = (
    PublishTrack,
    PauseTrack,
    ResumeTrack,
    UnpublishTrack,
    SetShareMode,
    LoseMedia,
    *BOARD_COMMANDS,
    *PART_COMMANDS,
)
"""Whatever somebody who is here may send, but for coming and going and the end of the class."""
TrackCommand = PublishTrack | PauseTrack | ResumeTrack | UnpublishTrack
