"""Which starts of an appointment are free, and why others are not. A core.

A start is free when it stands on the grid of its day's hours, the appointment lies in open time,
the appointment with its pauses meets nothing that takes the host's time, and the host's bounds
allow it. `refusal` asks the same rules about one start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from classroom.booking.diary import Diary, Hours, day_at
from classroom.booking.span import Span, Spans, joined, without
from classroom.booking.zone import DAY_MIN, DAY_S, instants
from classroom.errors import Refused

Why = Literal["closed", "early", "far", "busy", "taken", "pause", "full", "cap"]
CODES: Mapping[Why, str] = {
    "closed": "booking.closed",
    "early": "booking.early",
    "far": "booking.far",
    "busy": "booking.taken",
    "taken": "booking.taken",
    "pause": "booking.taken",
    "full": "booking.full",
    "cap": "booking.cap",
}
"""What a client is told: not whether it is a person, a pause or another calendar that is in the
way."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """What of an offer decides when it can begin. `hours`: its own instead of the weekly ones."""

    minutes: int
    before_min: int = 0
    after_min: int = 0
    seats: int = 1
    offer_id: str = ""
    hours: tuple[Hours, ...] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An appointment that stands: with its pauses. `offer_id`, `start_s`, `left`: which lesson of a
    group begins there and how many seats are free. `day`: the host's calendar day (`day_at`) if it
    counts for the daily bound, as talks and groups do; None for classes and blocks."""

    from_s: int
    to_s: int
    offer_id: str = ""
    start_s: int = 0
    left: int = 0
    day: date | None = None


class Free(NamedTuple):
    """A start that can be booked, and by how many."""

    start_s: int
    left: int


class Judged(NamedTuple):
    """A start that the hours offer; `why` it is gone, None when it is free."""

    start_s: int
    left: int
    why: Why | None


def _days(from_s: int, to_s: int) -> Iterator[date]:
    """Days whose hours may meet [from_s, to_s) in any zone: they may last two days."""
    day = datetime.fromtimestamp(from_s, UTC).date() - timedelta(days=3)
    last = datetime.fromtimestamp(to_s, UTC).date() + timedelta(days=1)
    while day <= last:
        yield day
        day += timedelta(days=1)


class _Open:
    """The open time around a window, and the starts in it."""

    def __init__(
        self, diary: Diary, hours: tuple[Hours, ...] | None, from_s: int, to_s: int
    ) -> None:
        days: list[tuple[Span, ...]] = []
        away: list[Span] = []
        for day in _days(from_s, to_s):
            zone = diary.zone_on(day)
            if diary.is_away(day):
                away += instants(zone, day, 0, DAY_MIN)
            pairs = diary.hours_on(day, hours)
            days.append(joined(one for pair in pairs for one in instants(zone, day, *pair)))
        self.days = days
        self.step_s = diary.bounds.step_min * 60
        self.spans = Spans(without((one for day in days for one in day), away))

    def starts(self, from_s: int, to_s: int) -> list[int]:
        """Of the grid that each open span of a day counts from its own beginning."""
        found: set[int] = set()
        for span in (one for day in self.days for one in day):
            skipped = max(0, -(-(from_s - span.from_s) // self.step_s))
            first = span.from_s + skipped * self.step_s
            found.update(range(first, min(span.to_s, to_s), self.step_s))
        return sorted(found)

    def has_start(self, start_s: int) -> bool:
        """Whether a start stands on the grid."""
        return bool(self.starts(start_s, start_s + 1))


class _Sight:
    """What stands in the way of one offer."""

    def __init__(
        self,
        diary: Diary,
        offer: Lengths,
        busy: Sequence[tuple[int, int]],
        taken: Sequence[Taken],
        now_s: int,
    ) -> None:
        self.diary = diary
        self.offer = offer
        self.busy = Spans(busy)
        self.taken = Spans((one.from_s, one.to_s) for one in taken)
        self.per_day = Counter(one.day for one in taken if one.day is not None)
        self.groups = {
            one.start_s: one
            for one in taken
            if offer.offer_id and one.offer_id == offer.offer_id and (offer.seats > 1 or one.left)
        }
        self.first_s = now_s + diary.bounds.notice_min * 60
        self.last_s = now_s + diary.bounds.horizon_days * DAY_S

    def why(self, opened: _Open, start_s: int) -> Why | None:
        """Why a start of the grid cannot be booked, the first reason of the order of the codes."""
        end_s = start_s + self.offer.minutes * 60
        group = self.groups.get(start_s)
        if group is None and not opened.spans.hold(start_s, end_s):
            return "closed"
        if start_s < self.first_s:
            return "early"
        if start_s > self.last_s:
            return "far"
        if group is not None:
            return None if group.left > 0 else "full"
        return self._way(start_s, end_s) or self._cap(start_s)

    def _way(self, start_s: int, end_s: int) -> Why | None:
        if self.taken.meet(start_s, end_s):
            return "taken"
        if self.busy.meet(start_s, end_s):
            return "busy"
        begin, end = start_s - self.offer.before_min * 60, end_s + self.offer.after_min * 60
        return "pause" if self.taken.meet(begin, end) or self.busy.meet(begin, end) else None

    def _cap(self, start_s: int) -> Why | None:
        most = self.diary.bounds.daily_max
        if not most or self.per_day[day_at(self.diary, start_s)] < most:
            return None
        return "cap"


def open_spans(
    diary: Diary, from_s: int, to_s: int, hours: tuple[Hours, ...] | None = None
) -> tuple[Span, ...]:
    """The time of [from_s, to_s) in which the host takes appointments at all."""
    opened = _Open(diary, hours, from_s, to_s)
    return tuple(
        Span(max(one.from_s, from_s), min(one.to_s, to_s)) for one in opened.spans.met(from_s, to_s)
    )


def judged_starts(
    diary: Diary,
    offer: Lengths,
    *,
    busy: Sequence[tuple[int, int]],
    taken: Sequence[Taken],
    now_s: int,
    from_s: int,
    to_s: int,
) -> list[Judged]:
    """Every start of [from_s, to_s) at which the hours have room for the offer, and every lesson of
    a group, with why it is gone. `taken` has to hold the whole days of the window for the daily
    bound, and `busy` and `taken` what the pauses reach."""
    sight = _Sight(diary, offer, busy, taken, now_s)
    opened = _Open(diary, offer.hours, from_s, to_s + offer.minutes * 60)
    starts = {one for one in sight.groups if from_s <= one < to_s}
    starts.update(opened.starts(from_s, to_s))
    found: list[Judged] = []
    for start_s in sorted(starts):
        why = sight.why(opened, start_s)
        if why != "closed":
            group = sight.groups.get(start_s)
            found.append(Judged(start_s, offer.seats if group is None else group.left, why))
    return found


def free_starts(
    diary: Diary,
    offer: Lengths,
    *,
    busy: Sequence[tuple[int, int]],
    taken: Sequence[Taken],
    now_s: int,
    from_s: int,
    to_s: int,
) -> list[Free]:
    """The starts of [from_s, to_s) that can be booked now, in order. For `busy` and `taken` as
    `judged_starts`."""
    first_s = max(from_s, now_s + diary.bounds.notice_min * 60)
    after_s = min(to_s, now_s + diary.bounds.horizon_days * DAY_S + 1)
    if first_s >= after_s:
        return []
    judged = judged_starts(
        diary, offer, busy=busy, taken=taken, now_s=now_s, from_s=first_s, to_s=after_s
    )
    return [Free(one.start_s, one.left) for one in judged if one.why is None]


def refusal(
    diary: Diary,
    offer: Lengths,
    *,
    busy: Sequence[tuple[int, int]],
    taken: Sequence[Taken],
    start_s: int,
    now_s: int,
) -> Refused | None:
    """Why a start cannot be booked, by code: booking.closed, early, far, taken, full or cap, the
    first of this order; None when `free_starts` would offer it."""
    sight = _Sight(diary, offer, busy, taken, now_s)
    opened = _Open(diary, offer.hours, start_s, start_s + offer.minutes * 60)
    is_start = start_s in sight.groups or opened.has_start(start_s)
    why = sight.why(opened, start_s) if is_start else "closed"
    return None if why is None else Refused(CODES[why])
