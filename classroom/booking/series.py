"""Appointments that are made together: the same hour of the wall, every day, week or fortnight.

A core. The hour stays when the clocks change; a day that has not got it begins after the gap.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from classroom.booking.zone import at_wall, wall
from classroom.errors import Refused

Every = Literal["day", "week", "2 weeks"]
COUNT_MAX = 52
_DAYS: dict[Every, int] = {"day": 1, "week": 7, "2 weeks": 14}


def starts_of(
    zone: str, first_s: int, every: Every, *, count: int = 0, until: date | None = None
) -> list[int]:
    """The beginnings, the first included, by the wall of a zone: so many, or up to a day.

    Refused `body.malformed` for none, or more than 52.
    """
    shown = wall(zone, first_s)
    starts: list[int] = []
    day = shown.day
    while (until is None or day <= until) and (not count or len(starts) < count):
        if len(starts) == COUNT_MAX or (until is None and not count):
            raise Refused("body.malformed", {"field": "count"})
        starts.append(first_s if not starts else at_wall(zone, day, shown.minute))
        day += timedelta(days=_DAYS[every])
    if not starts:
        raise Refused("body.malformed", {"field": "until"})
    return starts
