"""What takes a host's time in a window: appointments that stand, and busy times of calendars.

Read by columns and not as objects: a month of a busy host is a thousand rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from classroom.booking.diary import Diary, day_at
from classroom.booking.slot import Taken
from classroom.booking.span import Span
from classroom.store.booking_rows import HostRow
from classroom.store.feeds import busy_of
from classroom.store.statement import ask

AROUND_S = 3 * 24 * 3600
"""Looked at before and after a window: pauses, and the whole days of the daily bound."""
LONGEST_S = 8 * 24 * 3600
"""No appointment takes longer, pauses included."""
_COUNTED = ("talk", "group")
_COLUMNS = (
    *("id", "kind", "offer_id", "from_s", "busy_from_s", "busy_to_s"),
    *("seats", "taken", "state"),
)
_in_order = itemgetter(*_COLUMNS)
# What was held before its end has its time still.
_STANDING = f"""
    SELECT {", ".join(_COLUMNS)} FROM appointments
    WHERE host_id = $1 AND busy_from_s < $2 AND busy_from_s > $3 AND busy_to_s > $4
    AND state IN ('open', 'over')"""


@dataclass(frozen=True, slots=True)
class HostTimes:
    """`busy` are spans of calendars, `taken` our own appointments."""

    diary: Diary
    busy: tuple[Span, ...]
    taken: tuple[Taken, ...]


async def times_of(host: HostRow, from_s: int, to_s: int, *, but: str = "") -> HostTimes:
    """Around a window; `but` is an appointment that is about to move and does not count."""
    diary = host.hours()
    begin, end = from_s - AROUND_S, to_s + AROUND_S
    rows = await ask(_STANDING, host.id, end, begin - LONGEST_S, begin)
    taken = tuple(
        _taken(diary, kind, offer_id, times, seats - count if state == "open" else 0)
        for id_, kind, offer_id, *times, seats, count, state in map(_in_order, rows)
        if id_ != but
    )
    return HostTimes(diary, await busy_of(host.id, begin, end), taken)


def _taken(diary: Diary, kind: str, offer_id: str | None, times: Sequence[int], left: int) -> Taken:
    start_s, from_s, to_s = times
    day = day_at(diary, start_s) if kind in _COUNTED and diary.bounds.daily_max else None
    if kind != "group":
        return Taken(from_s, to_s, day=day)
    return Taken(from_s, to_s, offer_id or "", start_s, left, day)
