"""The first free time that fits what somebody waits for."""

from __future__ import annotations

from datetime import datetime

from classroom.booking.slot import free_starts
from classroom.booking.waiting import first_fitting
from classroom.booking.zone import DAY_S, at_wall
from classroom.store.host_times import times_of
from classroom.store.waitlist import WaitRow


async def fitting(entry: WaitRow, at: datetime) -> int | None:
    """Its beginning, in seconds since 1970; None when there is none."""
    if not entry.offer.is_on or entry.host.removed_at is not None:
        return None
    diary, now_s, wish = entry.host.hours(), int(at.timestamp()), entry.wish
    # A day around it: the host may be in another zone on these days.
    from_s = at_wall(diary.zone, wish.from_day, 0) - DAY_S
    to_s = at_wall(diary.zone, wish.to_day, 0) + 2 * DAY_S
    if to_s <= now_s:
        return None
    times = await times_of(entry.host, max(from_s, now_s), to_s)
    free = free_starts(
        diary,
        entry.offer.lengths(),
        busy=times.busy,
        taken=times.taken,
        now_s=now_s,
        from_s=max(from_s, now_s),
        to_s=to_s,
    )
    return first_fitting(diary, free, (wish.from_day, wish.to_day), (wish.from_min, wish.to_min))
