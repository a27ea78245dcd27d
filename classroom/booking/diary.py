"""When a person can be booked: weekly hours, other hours of single days, holidays, travel. A core.

Hours belong to the day on which they begin, and mean the zone the host is in on that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from classroom.booking.zone import DAY_MIN, read_zone, wall
from classroom.errors import Refused

HOURS_MAX = 100
SPECIALS_MAX = 400
AWAY_MAX = 100
STAYS_MAX = 50
WHY_MAX = 120
NOTICE_MAX_MIN = 60 * DAY_MIN
HORIZON_MAX_DAYS = 400
DAILY_MAX = 100
STEP_MAX_MIN = 240
GRID_MIN = 5
"""Every time of an appointment stands on a grid of five minutes."""

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Hours:
    """On every such weekday, 0 is Monday. Minutes since midnight; `to_min` is up to 2880, as hours
    may go on into the next day."""

    weekday: int
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True)
class Special:
    """Other hours of one day instead of the weekly ones; none: closed."""

    day: date
    hours: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Away:
    """Holidays, both days included: nothing is open on them."""

    from_day: date
    to_day: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A journey, both days included: hours of these days mean this zone."""

    from_day: date
    to_day: date
    zone: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """How soon, how far ahead and how often a host may be booked. `daily_max` 0: no bound."""

    notice_min: int = 720
    horizon_days: int = 60
    daily_max: int = 0
    step_min: int = 15


@dataclass(frozen=True, slots=True)
class Diary:
    """When a host can be booked."""

    zone: str = "UTC"
    hours: tuple[Hours, ...] = ()
    specials: tuple[Special, ...] = ()
    away: tuple[Away, ...] = ()
    stays: tuple[Stay, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)

    def zone_on(self, day: date) -> str:
        """The zone the host is in on a day."""
        for stay in self.stays:
            if stay.from_day <= day <= stay.to_day:
                return stay.zone
        return self.zone

    def is_away(self, day: date) -> bool:
        """Whether a day is one of a holiday."""
        return any(one.from_day <= day <= one.to_day for one in self.away)

    def hours_on(self, day: date, hours: Iterable[Hours] | None = None) -> list[tuple[int, int]]:
        """The hours that begin on a day; `hours`: an offer's own instead of the weekly ones."""
        if self.is_away(day):
            return []
        for special in self.specials:
            if special.day == day:
                return list(special.hours)
        weekly = self.hours if hours is None else hours
        return [(one.from_min, one.to_min) for one in weekly if one.weekday == day.weekday()]


def day_at(diary: Diary, at_s: int) -> date:
    """The host's calendar day of an instant, by the zone the host is in on that day. While the host
    flies an instant may be in two days, or in none: then the first, or that of the home zone."""
    home = wall(diary.zone, at_s).day
    if not diary.stays:
        return home
    for day in (home + timedelta(days=n) for n in (-1, 0, 1)):
        if wall(diary.zone_on(day), at_s).day == day:
            return day
    return home


def _wrong(name: str, line: int = 0) -> Refused:
    """`field` is a part of the hours, `line` which of them, from 1; 0: the part itself."""
    return Refused("hours.wrong", {"field": name, "line": line})


def _number(value: object, least: int, most: int, of: int = 1) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    if not least <= value <= most or value % of:
        raise ValueError
    return value


def _day(value: object) -> date:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError
    day = date.fromisoformat(value)
    if not 2000 <= day.year <= 2200:
        raise ValueError
    return day


def _pair(from_: object, to: object) -> tuple[int, int]:
    from_min = _number(from_, 0, DAY_MIN - GRID_MIN, GRID_MIN)
    to_min = _number(to, GRID_MIN, 2 * DAY_MIN, GRID_MIN)
    if not 0 < to_min - from_min <= DAY_MIN:
        raise ValueError
    return from_min, to_min


def read_hours(one: Mapping[str, Any]) -> Hours:
    """Weekly hours as a host wrote them; ValueError, TypeError or KeyError says they are none."""
    return Hours(_number(one["weekday"], 0, 6), *_pair(one["from_min"], one["to_min"]))


def _special(one: Mapping[str, Any]) -> Special:
    pairs = one["hours"]
    if not isinstance(pairs, list) or len(pairs) > 20:
        raise ValueError
    return Special(_day(one["day"]), tuple(_pair(from_, to) for from_, to in pairs))


def _away(one: Mapping[str, Any]) -> Away:
    why = one.get("why", "")
    if not isinstance(why, str) or len(why) > WHY_MAX:
        raise ValueError
    return Away(*_days(one), " ".join(why.split()))


def _stay(one: Mapping[str, Any]) -> Stay:
    return Stay(*_days(one), read_zone(one["zone"]))


def _days(one: Mapping[str, Any]) -> tuple[date, date]:
    from_day, to_day = _day(one["from_day"]), _day(one["to_day"])
    if to_day < from_day or (to_day - from_day).days > 400:
        raise ValueError
    return from_day, to_day


def read_lines(
    name: str, given: object, read: Callable[[Mapping[str, Any]], One], most: int
) -> tuple[One, ...]:
    """A list of a part of the hours; refused `hours.wrong` with the part's name and the line."""
    if not isinstance(given, list) or len(given) > most:
        raise _wrong(name)
    found: list[One] = []
    for number, one in enumerate(given, start=1):
        try:
            found.append(read(one))
        except (ValueError, TypeError, KeyError, AttributeError, Refused):
            raise _wrong(name, number) from None
    return tuple(found)


_BOUNDS: Mapping[str, tuple[int, int, int]] = {
    "notice_min": (0, NOTICE_MAX_MIN, 1),
    "horizon_days": (1, HORIZON_MAX_DAYS, 1),
    "daily_max": (0, DAILY_MAX, 1),
    "step_min": (GRID_MIN, STEP_MAX_MIN, GRID_MIN),
}


def _bounds(given: object) -> Bounds:
    if not isinstance(given, dict):
        raise _wrong("bounds")
    read: dict[str, int] = {}
    for name, (least, most, of) in _BOUNDS.items():
        if name in given:
            try:
                read[name] = _number(given[name], least, most, of)
            except ValueError:
                raise _wrong(name) from None
    return Bounds(**read)


def read_diary(body: object) -> Diary:
    """A diary as `write_diary` writes it; parts that are not there are empty.

    Refused `hours.wrong` with `field` (zone, hours, specials, away, stays, notice_min,
    horizon_days, daily_max, step_min) and `line`. Two journeys may not share a day, and a day has
    other hours once: nothing would say which is meant.
    """
    if not isinstance(body, dict):
        raise _wrong("hours")
    try:
        zone = read_zone(body.get("zone", "UTC"))
    except Refused:
        raise _wrong("zone") from None
    specials = read_lines("specials", body.get("specials", []), _special, SPECIALS_MAX)
    stays = read_lines("stays", body.get("stays", []), _stay, STAYS_MAX)
    for number, one in enumerate(specials, start=1):
        if any(other.day == one.day for other in specials[: number - 1]):
            raise _wrong("specials", number)
    for number, stay in enumerate(stays, start=1):
        earlier = stays[: number - 1]
        if any(a.from_day <= stay.to_day and stay.from_day <= a.to_day for a in earlier):
            raise _wrong("stays", number)
    return Diary(
        zone,
        read_lines("hours", body.get("hours", []), read_hours, HOURS_MAX),
        specials,
        read_lines("away", body.get("away", []), _away, AWAY_MAX),
        stays,
        _bounds(body.get("bounds", {})),
    )


def write_diary(diary: Diary) -> dict[str, Any]:
    """The diary as JSON: days as 2027-03-29, hours as minutes since midnight."""
    return {
        "zone": diary.zone,
        "hours": [asdict(one) for one in diary.hours],
        "specials": [
            {"day": one.day.isoformat(), "hours": [list(pair) for pair in one.hours]}
            for one in diary.specials
        ],
        "away": [
            {"from_day": one.from_day.isoformat(), "to_day": one.to_day.isoformat(), "why": one.why}
            for one in diary.away
        ],
        "stays": [
            {
                "from_day": one.from_day.isoformat(),
                "to_day": one.to_day.isoformat(),
                "zone": one.zone,
            }
            for one in diary.stays
        ],
        "bounds": asdict(diary.bounds),
    }
