"""What can be asked of the ink on a shared screen."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.ink_state import Look


@dataclass(frozen=True, slots=True)
class BeginInk:
    """Draw on the share that is on the stage. `page_id` is new; nothing happens when the share has
    ink already."""

    by: ParticipantId
    page_id: str
    look: Look = "stay"


@dataclass(frozen=True, slots=True)
class SetInk:
    """What is None stays as it is."""

    by: ParticipantId
    look: Look | None = None
    is_open: bool | None = None


@dataclass(frozen=True, slots=True)
class ClearInk:
    """Begin an empty epoch of the page; the old one is kept."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class UnclearInk:
    """Bring back what was cleared, with what was drawn since; the caller has made it before."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class FreezeInk:
    """Make a page of the board of a picture of the share. `page_id` is new, and what was drawn on
    the share was copied there by the caller."""

    by: ParticipantId
    page_id: str
    name: str
    backdrop: str
    height: int
    """Board units; the page is as wide as the ink, which is 1280."""


InkCommand = BeginInk | SetInk | ClearInk | UnclearInk | FreezeInk
