"""Appointments whose hour on the wall is no more what it was, as a government changed its clocks.
A core.

Clients have the moment in their calendars, so the moment stays. The host is told, and moves those
whose hour should stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classroom.booking.zone import wall


@dataclass(frozen=True, slots=True)
class Meant:
    """An appointment, and what a wall in its zone showed when it was made: 2027-03-29T09:00."""

    id: str
    from_s: int
    to_s: int
    zone: str
    wall: str


@dataclass(frozen=True, slots=True)
class Drift:
    """One of them, and what the wall shows now."""

    meant: Meant
    wall: str


def wall_text(zone: str, at_s: int) -> str:
    """What a wall shows, as it is kept: 2027-03-29T09:00."""
    shown = wall(zone, at_s)
    hour, minute = divmod(shown.minute, 60)
    return f"{shown.day.isoformat()}T{hour:02}:{minute:02}"


def drifted(appointments: Iterable[Meant]) -> list[Drift]:
    """Those that begin at another hour than they were made for, in order."""
    found = [Drift(one, wall_text(one.zone, one.from_s)) for one in appointments]
    moved = [one for one in found if one.wall != one.meant.wall]
    return sorted(moved, key=lambda one: (one.meant.from_s, one.meant.id))
