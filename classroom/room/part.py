"""What every part of a room is: one noun, with its own commands, state and deadlines.

The room asks each part that checks a command, then lets the one part that owns it act, then shows
every event to all parts. A part's truth is one frozen value, so nothing is ever half changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from classroom.room.event import Event
from classroom.room.moment import Moment

__all__ = ["Event", "Moment", "Part"]


class Part:
    """The base of all parts; a part fills the two tables when it is made.

    A check raises Refused and changes nothing; several parts may check one command. An effect
    cannot fail, because everything was checked; one part has the effect of a command.
    """

    checks: Mapping[type[Any], Callable[[Any, Moment], None]] = {}
    effects: Mapping[type[Any], Callable[[Any, Moment], list[Event]]] = {}

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """What an event, of any part, means here; it happens right after it."""
        return []

    def due_ms(self) -> int | None:
        """The next deadline on the room clock; None while there is none."""
        return None

    def handle_timer(self, moment: Moment) -> list[Event]:
        """Do everything that is due."""
        return []
