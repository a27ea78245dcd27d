"""Shapes of hours in requests and answers. Days are 2027-03-29, minutes count from midnight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field

from classroom.booking.diary import (
    AWAY_MAX,
    HOURS_MAX,
    SPECIALS_MAX,
    STAYS_MAX,
    Diary,
    read_diary,
    write_diary,
)
from classroom.booking.oversight import Oversight
from classroom.http.body import Body

Line = dict[str, Any]


class DiaryBody(Body):
    """A host's hours. `hours` `{weekday, from_min, to_min}`, `specials` `{day, hours: [[from_min,
    to_min]]}`, `away` `{from_day, to_day, why}`, `stays` `{from_day, to_day, zone}`, `bounds`
    `{notice_min, horizon_days, daily_max, step_min}`."""

    zone: str = Field(max_length=64)
    hours: list[Line] = Field(default_factory=list, max_length=HOURS_MAX)
    specials: list[Line] = Field(default_factory=list, max_length=SPECIALS_MAX)
    away: list[Line] = Field(default_factory=list, max_length=AWAY_MAX)
    stays: list[Line] = Field(default_factory=list, max_length=STAYS_MAX)
    bounds: dict[str, int] = Field(default_factory=dict, max_length=8)

    def read(self) -> Diary:
        """What it says; Refused `hours.wrong`."""
        return read_diary(self.model_dump())


class PreviewBody(Body):
    """Hours that are not kept yet, and the times that would result from `from_at` until before
    `to_at`, for an offer; `offer_id` empty: for half an hour."""

    diary: DiaryBody
    offer_id: str = Field(default="", max_length=64)
    from_at: str = Field(max_length=32)
    to_at: str = Field(max_length=32)


@dataclass(frozen=True, slots=True)
class WeeklyTold:
    """Open on every such weekday; 0 is Monday, `to_min` over 1440 is the next day."""

    weekday: int
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True)
class SpecialTold:
    """Other hours of one day; none: closed."""

    day: str
    hours: list[list[int]]


@dataclass(frozen=True, slots=True)
class AwayTold:
    """Days on which nothing is open."""

    from_day: str
    to_day: str
    why: str


@dataclass(frozen=True, slots=True)
class StayTold:
    """Days on which the hours mean another zone."""

    from_day: str
    to_day: str
    zone: str


@dataclass(frozen=True, slots=True)
class BoundsTold:
    """How soon, how far ahead, how many a day (0: no bound), and on which grid."""

    notice_min: int
    horizon_days: int
    daily_max: int
    step_min: int


@dataclass(frozen=True, slots=True)
class DiaryTold:
    """A host's hours."""

    zone: str
    hours: list[WeeklyTold]
    specials: list[SpecialTold]
    away: list[AwayTold]
    stays: list[StayTold]
    bounds: BoundsTold


@dataclass(frozen=True, slots=True)
class OversightTold:
    """What may not be meant: `never`, `overlap`, `short` or `clock`; of which line of which part.
    `day` and `minutes` where it is about a day whose clock changes."""

    kind: str
    field: str
    line: int
    day: str
    minutes: int


@dataclass(frozen=True, slots=True)
class HoursTold:
    """Hours, and what may not be meant by them."""

    now: str
    diary: DiaryTold
    problems: list[OversightTold]


@dataclass(frozen=True, slots=True)
class StartTold:
    """A start that the hours have. `why` it cannot be booked: `early`, `far`, `taken`, `busy`,
    `pause`, `full` or `cap`; empty when it can. `calendar` is the one that takes a busy one."""

    at: str
    left: int
    why: str
    calendar: str


@dataclass(frozen=True, slots=True)
class PreviewTold:
    """What would result; `zone` is the home zone of the hours."""

    now: str
    zone: str
    starts: list[StartTold]
    problems: list[OversightTold]


def diary_told(diary: Diary) -> DiaryTold:
    """As it is told; the same that is asked for."""
    written = write_diary(diary)
    return DiaryTold(
        zone=written["zone"],
        hours=[WeeklyTold(**one) for one in written["hours"]],
        specials=[SpecialTold(**one) for one in written["specials"]],
        away=[AwayTold(**one) for one in written["away"]],
        stays=[StayTold(**one) for one in written["stays"]],
        bounds=BoundsTold(**written["bounds"]),
    )


def oversight_told(one: Oversight) -> OversightTold:
    """With the day as text, empty for none."""
    day = "" if one.day is None else one.day.isoformat()
    return OversightTold(one.kind, one.field, one.line, day, one.minutes)
