"""Times on the room clock, in milliseconds: joined, cut to others, summed up. A core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """From one moment on until before another."""

    from_ms: int
    to_ms: int

    @property
    def length_ms(self) -> int:
        """How long it is."""
        return self.to_ms - self.from_ms


def joined(times: Iterable[Time]) -> tuple[Time, ...]:
    """The same moments as times that neither touch nor overlap, in order."""
    whole: list[Time] = []
    for time in sorted(one for one in times if one.length_ms > 0):
        if whole and time.from_ms <= whole[-1].to_ms:
            whole[-1] = Time(whole[-1].from_ms, max(whole[-1].to_ms, time.to_ms))
        else:
            whole.append(time)
    return tuple(whole)


def within(times: Iterable[Time], bounds: Iterable[Time]) -> tuple[Time, ...]:
    """What of the times lies in the bounds, joined."""
    limits = joined(bounds)
    return joined(
        Time(max(time.from_ms, limit.from_ms), min(time.to_ms, limit.to_ms))
        for time in times
        for limit in limits
    )


def total_ms(times: Iterable[Time]) -> int:
    """How long they are together; they must not overlap."""
    return sum(time.length_ms for time in times)


def clock_at(clock_ms: int, at: datetime, until: datetime) -> int:
    """What the room clock shows at `until`, when it showed `clock_ms` at `at`.

    It goes by the server's clock, not by the calendar's, which may be set.
    """
    return clock_ms + max(0, (until - at) // timedelta(milliseconds=1))
