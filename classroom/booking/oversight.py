"""What a host may not have meant by their hours: told beside them, never refused. A core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from classroom.booking.diary import Diary, Hours
from classroom.booking.zone import DAY_MIN, instants

OversightKind = Literal["never", "overlap", "short", "clock"]
"""Hours that open on no day; hours that are in others already; hours in which nothing that is
offered has room; a day on which the clock makes hours longer or shorter."""
COUNT_MAX = 50


@dataclass(frozen=True, slots=True)
class Oversight:
    """`field` and `line` as in the refusal of wrong hours; `day` of those about a single day, and
    `minutes` that the clock adds to it or takes."""

    kind: OversightKind
    field: Literal["hours", "specials", "stays"]
    line: int
    day: date | None = None
    minutes: int = 0


def oversights(diary: Diary, today: date, shortest_min: int) -> list[Oversight]:
    """Of the days from today until the horizon; `shortest_min` is the shortest that is offered, 0
    when nothing is."""
    days = [today + timedelta(days=n) for n in range(diary.bounds.horizon_days + 1)]
    found = [
        *_weekly(diary, days, shortest_min),
        *_overlaps(diary.hours),
        *_specials(diary, today),
        *_clocks(diary, days),
    ]
    return found[:COUNT_MAX]


def _weekly(diary: Diary, days: list[date], shortest_min: int) -> Iterator[Oversight]:
    closed = {one.day for one in diary.specials}
    plain = [day for day in days if day not in closed and not diary.is_away(day)]
    for line, one in enumerate(diary.hours, start=1):
        mine = [day for day in plain if day.weekday() == one.weekday]
        if not any(_open_s(diary, day, one.from_min, one.to_min) for day in mine):
            yield Oversight("never", "hours", line)
        elif one.to_min - one.from_min < shortest_min:
            yield Oversight("short", "hours", line)


def _overlaps(hours: tuple[Hours, ...]) -> Iterator[Oversight]:
    """The later line is the one that adds nothing or less than it says; also over midnight and
    from the end of a week into its beginning."""
    for line, one in enumerate(hours, start=1):
        begin, end = _in_week(one)
        week = 7 * DAY_MIN
        for other in hours[: line - 1]:
            from_min, to_min = _in_week(other)
            if any(begin < to_min + at and from_min + at < end for at in (-week, 0, week)):
                yield Oversight("overlap", "hours", line)
                break


def _in_week(one: Hours) -> tuple[int, int]:
    return one.weekday * DAY_MIN + one.from_min, one.weekday * DAY_MIN + one.to_min


def _specials(diary: Diary, today: date) -> Iterator[Oversight]:
    for line, one in enumerate(diary.specials, start=1):
        if not one.hours or one.day < today:
            continue
        is_open = any(_open_s(diary, one.day, *pair) for pair in one.hours)
        if diary.is_away(one.day) or not is_open:
            yield Oversight("never", "specials", line, one.day)


def _clocks(diary: Diary, days: list[date]) -> Iterator[Oversight]:
    """Days of clock changes, when they change the hours."""
    for day in days:
        minutes = 0
        for from_min, to_min in diary.hours_on(day):
            minutes += _open_s(diary, day, from_min, to_min) // 60 - (to_min - from_min)
        if minutes:
            yield Oversight("clock", "hours", 0, day, minutes)


def _open_s(diary: Diary, day: date, from_min: int, to_min: int) -> int:
    spans = instants(diary.zone_on(day), day, from_min, to_min)
    return sum(one.to_s - one.from_s for one in spans)
