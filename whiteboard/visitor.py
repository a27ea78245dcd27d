"""Visitor: who sits at the other end of one board connection, as the room told the board."""

from __future__ import annotations

from dataclasses import dataclass

from whiteboard.ids import AuthorId
from whiteboard.pen import Pen


@dataclass(frozen=True, slots=True)
class Visitor:
    """One connection's person. `author` outlives connections, `participant_id` is one presence.

    `pen` is the right at joining; later changes come through `Board.set_pen`. `is_staff` says whose
    pen a locked page does not take away.
    """

    participant_id: str
    name: str
    author: AuthorId
    pen: Pen
    is_staff: bool = False
