"""When a repeated entry of a calendar begins: RRULE, RDATE and EXDATE of RFC 5545. A core.

Rules are unrolled by the wall of the entry's own zone: nine o'clock every Monday stays so. A wall
time that a zone leaves out is read with the offset before the gap, as the RFC says.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

from classroom.booking.feed_fault import Unread

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for the beginning of time in a way that is going away
    from dateutil.rrule import rrule, rrulestr

INSTANCES_MAX = 5_000
STEPS_MAX = 100_000
"""Beginnings a rule is followed over, from its first one: a rule of every second ends nowhere."""

When = date | datetime
Instant = Callable[[datetime], int]
"""Seconds since 1970 of a wall time of the entry."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entry's first beginning and what it adds and leaves out. `rules` are RRULEs as read."""

    first: When
    rules: Sequence[Any]
    added: Sequence[When]
    left_out: Sequence[When]


def beginnings(pattern: Pattern, instant: Instant, from_s: int, to_s: int) -> list[datetime]:
    """Wall times of all beginnings of [from_s, to_s), in order and each once.

    Unread `many` beyond 5,000 of them, `endless` when a rule does not get there. ValueError: a rule
    that is none.
    """
    first = wall_of(pattern.first)
    left_out = {key_of(one, instant) for one in pattern.left_out}
    days_out = {one for one in pattern.left_out if not isinstance(one, datetime)}
    found: dict[int, datetime] = {}
    every: list[Iterable[datetime]] = [[first], map(wall_of_zone(pattern.first), pattern.added)]
    every += [_unrolled(rule, pattern.first, instant, to_s) for rule in pattern.rules]
    for one in (one for some in every for one in some):
        at_s = instant(one)
        if not from_s <= at_s < to_s or at_s in left_out or one.date() in days_out:
            continue
        found[at_s] = one
        if len(found) > INSTANCES_MAX:
            raise Unread("many")
    return [found[at_s] for at_s in sorted(found)]


def wall_of(when: When) -> datetime:
    """What its wall shows; midnight of a day."""
    if isinstance(when, datetime):
        return when.replace(tzinfo=None)
    return datetime.combine(when, time())


def wall_of_zone(first: When) -> Callable[[When], datetime]:
    """The same for a time that may be written in another zone than the entry's first one."""
    zone: tzinfo | None = first.tzinfo if isinstance(first, datetime) else None

    def wall(when: When) -> datetime:
        if zone is not None and isinstance(when, datetime) and when.tzinfo is not None:
            return when.astimezone(zone).replace(tzinfo=None)
        return wall_of(when)

    return wall


def key_of(when: When, instant: Instant) -> int:
    """The instant that a time means beside others of its entry."""
    if isinstance(when, datetime) and when.tzinfo is not None:
        return int(when.timestamp())
    return instant(wall_of(when))


def _unrolled(rule: Any, first: When, instant: Instant, to_s: int) -> Iterator[datetime]:
    """Until before `to_s`, or what the rule itself says."""
    until = _until(rule, instant)
    steps = 0
    for one in islice(_rule(rule, wall_of(first)), STEPS_MAX + 1):
        steps += 1
        at_s = instant(one)
        if at_s >= to_s or (until is not None and at_s > until):
            return
        yield one
    if steps > STEPS_MAX:
        raise Unread("endless")


def _rule(rule: Any, first: datetime) -> rrule:
    """Without UNTIL, which may be in another zone: that is asked for by instants."""
    kept = {name: rule[name] for name in rule if name.upper() != "UNTIL"}
    if any(int(one) < 1 for one in rule.get("INTERVAL", [])):
        raise ValueError("a rule that goes nowhere")
    made = rrulestr(type(rule)(kept).to_ical().decode(), dtstart=first)
    if not isinstance(made, rrule):
        raise ValueError("several rules in one")
    return made


def _until(rule: Any, instant: Instant) -> int | None:
    given = rule.get("UNTIL")
    last = given[0] if isinstance(given, list) and given else given
    if not isinstance(last, date):
        return None
    if not isinstance(last, datetime):
        return instant(datetime.combine(last, time()) + timedelta(days=1)) - 1
    return key_of(last, instant)
