"""What is given back when an appointment does not happen. A core.

The rule is the offer's or the organisation's: steps of hours before the beginning, each with the
percentage that comes back for whoever cancels no later. A step of 24 hours with 100 and one of 12
with 50: all until the day before, half until twelve hours before, then nothing. Whoever is on the
host's side gives everything back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from classroom.booking.money import share
from classroom.errors import Refused

HOURS_MAX = 60 * 24
STEPS_MAX = 5
HOUR_S = 3600

Why = Literal["client", "host", "missed_by_client", "missed_by_host", "lapsed"]
"""Who it was: the client cancelled, the host did (or somebody for them), one of them did not come,
or the time in which it could be paid has ended."""
Missed = Literal["charged", "free"]
"""What an organisation does when a client does not come."""


@dataclass(frozen=True, slots=True)
class Step:
    """Who cancels at least so many hours before gets so many percent back."""

    hours: int
    percent: int


DEFAULT: tuple[Step, ...] = (Step(24, 100),)


def read_rule(body: object) -> tuple[Step, ...]:
    """The steps, the earliest first; Refused `payment.rule`. An empty list gives nothing back."""
    if not isinstance(body, Sequence) or isinstance(body, str) or len(body) > STEPS_MAX:
        raise Refused("payment.rule")
    steps = sorted((_step(one) for one in body), key=lambda one: -one.hours)
    hours = {one.hours for one in steps}
    rising = any(late.percent > early.percent for early, late in pairwise(steps))
    if len(hours) != len(steps) or rising:
        raise Refused("payment.rule")
    return tuple(steps)


def write_rule(rule: Sequence[Step]) -> list[dict[str, int]]:
    """As JSON."""
    return [{"hours": one.hours, "percent": one.percent} for one in rule]


def percent_back(
    rule: Sequence[Step], why: Why, *, before_s: int, missed: Missed = "charged"
) -> int:
    """How many percent come back, `before_s` seconds before the beginning (negative: after it)."""
    if why in ("host", "missed_by_host", "lapsed"):
        return 100
    if why == "missed_by_client":
        return 0 if missed == "charged" else 100
    fitting = [one.percent for one in rule if before_s >= one.hours * HOUR_S]
    return max(fitting, default=0)


def back(kept: int, percent: int) -> int:
    """What of the amount that was kept comes back."""
    return min(kept, share(kept, percent))


def until_s(rule: Sequence[Step], from_s: int, now_s: int) -> int | None:
    """Until when as much comes back as now; None when nothing does."""
    fitting = [one for one in rule if from_s - now_s >= one.hours * HOUR_S and one.percent]
    if not fitting:
        return None
    most = max(one.percent for one in fitting)
    return from_s - min(one.hours for one in fitting if one.percent == most) * HOUR_S


def _step(one: object) -> Step:
    if not isinstance(one, Mapping) or set(one) != {"hours", "percent"}:
        raise Refused("payment.rule")
    hours, percent = one["hours"], one["percent"]
    if not _is_whole(hours, HOURS_MAX) or not _is_whole(percent, 100):
        raise Refused("payment.rule")
    return Step(hours, percent)


def _is_whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
