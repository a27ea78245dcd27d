"""What a client asks about the board; what is drawn goes another way (`/ws/board`).

All but the ticket need the right `may_lead_board`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from classroom.wire.values import Id, Paper, Pen


@dataclass(frozen=True, slots=True)
class TakeBoardTicket:
    """For one connection to the board; it is worth something for some seconds, once."""

    NAME: ClassVar[str] = "board.ticket"


@dataclass(frozen=True, slots=True)
class BoardTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """Put the board on stage, or give the stage back to what was there before."""

    NAME: ClassVar[str] = "board.show"
    shown: bool


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Make it the page the class looks at."""

    NAME: ClassVar[str] = "board.turn"
    page_id: Id


@dataclass(frozen=True, slots=True)
class AddPage:
    """A new page behind `after`, or at the end; without width and height it has no end.

    With `copy_of` it has the paper, the size and everything on it from that page.
    """

    NAME: ClassVar[str] = "board.add_page"
    width: int | None
    height: int | None
    paper: Paper = "dots"
    name: Annotated[str, Field(max_length=1000)] = ""
    after: Id | None = None
    copy_of: Id | None = None


@dataclass(frozen=True, slots=True)
class PageAdded:
    page_id: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What is left out or null stays as it is; `is_infinite` true takes the end away, and width
    and height together give one."""

    NAME: ClassVar[str] = "board.change_page"
    page_id: Id
    name: Annotated[str, Field(max_length=1000)] | None = None
    paper: Paper | None = None
    is_locked: bool | None = None
    width: int | None = None
    height: int | None = None
    is_infinite: bool | None = None


@dataclass(frozen=True, slots=True)
class MovePage:
    """Before another page, or to the end."""

    NAME: ClassVar[str] = "board.move_page"
    page_id: Id
    before: Id | None = None


@dataclass(frozen=True, slots=True)
class RemovePage:
    NAME: ClassVar[str] = "board.remove_page"
    page_id: Id


@dataclass(frozen=True, slots=True)
class RestorePage:
    """Bring back a page that was removed since the class began, at its old place."""

    NAME: ClassVar[str] = "board.restore_page"
    page_id: Id


@dataclass(frozen=True, slots=True)
class ClearPage:
    NAME: ClassVar[str] = "board.clear_page"
    page_id: Id


@dataclass(frozen=True, slots=True)
class UnclearPage:
    """Bring back what was cleared last, beside what was drawn since."""

    NAME: ClassVar[str] = "board.unclear_page"
    page_id: Id


@dataclass(frozen=True, slots=True)
class GivePen:
    """To one student; or, with null, to all of them and to those who come later."""

    NAME: ClassVar[str] = "board.give_pen"
    pen: Pen
    participant_id: Id | None
