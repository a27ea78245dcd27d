"""What happened to the ink on a shared screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId
from classroom.room.ink_state import InkState

InkDeed = Literal["begun", "set", "cleared", "uncleared", "frozen", "ended"]


@dataclass(frozen=True, slots=True)
class InkChanged:
    """By somebody; or it ended with the share."""

    ink: InkState
    deed: InkDeed
    by: ParticipantId | None = None
    page_id: str = ""
    """The page of the board that was made, when it was frozen."""


InkEvent = InkChanged
