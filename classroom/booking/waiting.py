"""Which free time fits a wish of the waiting list. A core."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from classroom.booking.diary import Diary, day_at
from classroom.booking.slot import Free
from classroom.booking.zone import wall


def first_fitting(
    diary: Diary, free: Iterable[Free], days: tuple[date, date], minutes: tuple[int, int]
) -> int | None:
    """The first start on one of the host's days, both included, that the host's wall shows in
    [from, to) minutes after midnight; None when there is none."""
    for one in free:
        day = day_at(diary, one.start_s)
        minute = wall(diary.zone_on(day), one.start_s).minute
        if days[0] <= day <= days[1] and minutes[0] <= minute < minutes[1]:
            return one.start_s
    return None
