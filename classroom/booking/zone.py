"""Wall time and instants: what a clock on a wall of a zone shows, and when. A core.

A zone's time is cut into pieces of one offset each. Hours of a day are every instant at which the
wall shows them, found piece by piece: so an hour that is left out in spring, one that comes twice
in autumn and hours over midnight need no case of their own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from classroom.booking.span import Span, joined
from classroom.errors import Refused

LATEST_S = 7_258_118_400
"""2200 in UTC; near the ends of the calendar some zones have no day."""
DAY_S = 86_400
DAY_MIN = 1440
_FIRST_DAY = date(1970, 1, 1)
_CHUNK_S = 366 * DAY_S
_LOOK_S = DAY_S // 2
"""No zone changes its offset and changes it back within half a day."""
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
"""Names that browsers do not know, or that mean another zone on each machine."""


class Piece(NamedTuple):
    """Time of one offset: wall = instant + `offset_s`."""

    from_s: int
    to_s: int
    offset_s: int


class Wall(NamedTuple):
    """What a wall shows: minutes since midnight of a day. `is_second`: of an hour that comes twice,
    the second time."""

    day: date
    minute: int
    offset_s: int
    is_second: bool


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_PLACES)


def read_zone(name: object) -> str:
    """A zone's name as IANA writes it, old names too; anything else is refused `booking.zone`."""
    if not isinstance(name, str) or name not in _known():
        raise Refused("booking.zone")
    return name


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The rules of a zone that was read before."""
    return ZoneInfo(read_zone(name))


def offset_at(zone: str, at_s: int) -> int:
    """Seconds that the wall is ahead of UTC at an instant."""
    offset = datetime.fromtimestamp(at_s, zone_of(zone)).utcoffset()
    assert offset is not None  # aware
    return offset // timedelta(seconds=1)


def _change(zone: str, before_s: int, after_s: int) -> int:
    """The first second of the new offset, between two instants whose offsets differ."""
    old = offset_at(zone, before_s)
    while after_s - before_s > 1:
        middle = (before_s + after_s) // 2
        if offset_at(zone, middle) == old:
            before_s = middle
        else:
            after_s = middle
    return after_s


@lru_cache(maxsize=8192)
def _chunk(zone: str, number: int) -> tuple[Piece, ...]:
    """The pieces of about a year, found by looking twice a day and halving."""
    begin, end = number * _CHUNK_S, (number + 1) * _CHUNK_S
    found: list[Piece] = []
    at, offset = begin, offset_at(zone, begin)
    while at < end:
        after = min(at + _LOOK_S, end)
        if offset_at(zone, after) != offset:
            change = _change(zone, at, after)
            found.append(Piece(begin, change, offset))
            begin, offset = change, offset_at(zone, change)
        at = after
    found.append(Piece(begin, end, offset))
    return tuple(one for one in found if one.from_s < one.to_s)


@lru_cache(maxsize=8192)
def pieces(zone: str, from_s: int, to_s: int) -> tuple[Piece, ...]:
    """[from_s, to_s) of a zone as pieces of one offset, in order."""
    found: list[Piece] = []
    for number in range(from_s // _CHUNK_S, (to_s - 1) // _CHUNK_S + 1):
        for one in _chunk(zone, number):
            piece = Piece(max(one.from_s, from_s), min(one.to_s, to_s), one.offset_s)
            if piece.from_s >= piece.to_s:
                continue
            if found and found[-1].offset_s == piece.offset_s:
                found[-1] = Piece(found[-1].from_s, piece.to_s, piece.offset_s)
            else:
                found.append(piece)
    return tuple(found)


def _wall_s(day: date) -> int:
    """A day's midnight on a wall, counted as if the wall were in UTC."""
    return (day - _FIRST_DAY).days * DAY_S


def _around(zone: str, wall_s: int) -> tuple[Piece, ...]:
    return pieces(zone, wall_s - DAY_S, wall_s + 4 * DAY_S)


@lru_cache(maxsize=65_536)
def instants(zone: str, day: date, from_min: int, to_min: int) -> tuple[Span, ...]:
    """Every instant at which the wall shows from `from_min` until before `to_min` of a day.

    Minutes count from the day's midnight on the wall, at most 2880: hours may go on into the next
    day. None for hours that a zone leaves out, two or a longer one for those it has twice.
    """
    midnight = _wall_s(day)
    from_s, to_s = midnight + from_min * 60, midnight + to_min * 60
    return joined(
        (max(one.from_s, from_s - one.offset_s), min(one.to_s, to_s - one.offset_s))
        for one in _around(zone, midnight)
    )


def wall(zone: str, at_s: int) -> Wall:
    """What a wall in a zone shows at an instant."""
    shown = datetime.fromtimestamp(at_s, zone_of(zone))
    offset = shown.utcoffset()
    assert offset is not None  # aware
    minute = shown.hour * 60 + shown.minute
    return Wall(shown.date(), minute, offset // timedelta(seconds=1), shown.fold == 1)


def at_wall(zone: str, day: date, minute: int) -> int:
    """The instant at which a wall shows a minute of a day, for series that keep their hour.

    Of an hour that comes twice the first; of one that is left out the first instant after it.
    """
    midnight = _wall_s(day)
    shown = midnight + minute * 60
    for one in _around(zone, midnight):
        at_s = shown - one.offset_s
        if at_s < one.to_s:
            return max(at_s, one.from_s)
    raise AssertionError("a wall's time lies within a day of its instant")


def iso_s(at_s: int) -> str:
    """An instant as the interface writes it: 2027-03-29T07:00:00Z."""
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_iso_s(text: str) -> int | None:
    """The whole seconds of an instant as the interface writes it; None for anything else, and for
    what no appointment can be at: before 1970, from 2200 on."""
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            return None
        at_s = at.timestamp()
    except (ValueError, OverflowError):
        return None
    return int(at_s) if at_s == int(at_s) and 0 <= at_s < LATEST_S else None
