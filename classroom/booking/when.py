"""A time as people read it: in their own zone, which is named, and in another where that differs.

A core: times are seconds since 1970, zones IANA names. English and Chinese.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from classroom.booking.zone import offset_at, wall
from classroom.booking.zone_words import CHINESE, NOW_CALLED

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_CHINESE_DAYS = "一二三四五六日"


def is_chinese(locale: str) -> bool:
    """Whether somebody of this locale is written to in Chinese; all others in English."""
    return locale.lower().startswith("zh")


def say_when(from_s: int, to_s: int, zone: str, locale: str, *, other: str = "") -> str:
    """A time with its day and zone; behind it the same in `other`, where the clocks differ there.

    "Monday, 29 March 2027, 03:00–03:45 (New York, UTC-4); in Berlin 09:00–09:45"
    """
    said = f"{say_day(from_s, zone, locale)}{_between(locale)}{_span(from_s, to_s, zone)}"
    place = _place(zone, from_s, locale)
    if offset_at(zone, to_s) != offset_at(zone, from_s):  # the clock changes meanwhile
        place += f"{'，之后' if is_chinese(locale) else ', then'} {say_offset(zone, to_s)}"
    said += _bracketed(place, locale)
    if not other or offset_at(other, from_s) == offset_at(zone, from_s):
        return said
    there = _span(from_s, to_s, other)
    if wall(other, from_s).day != wall(zone, from_s).day:
        there = f"{say_day(from_s, other, locale)}{_between(locale)}{there}"
    if is_chinese(locale):
        return f"{said}；{city(other, locale)} 为 {there}"
    return f"{said}; in {city(other, locale)} {there}"


def say_day(at_s: int, zone: str, locale: str) -> str:
    """Monday, 29 March 2027; 2027年3月29日 星期一."""
    day = wall(zone, at_s).day
    if is_chinese(locale):
        return f"{day.year}年{day.month}月{day.day}日 星期{_CHINESE_DAYS[day.weekday()]}"
    return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_start(at_s: int, zone: str, locale: str) -> str:
    """One moment, with its zone: Monday, 29 March 2027, 03:00 (New York, UTC-4)."""
    said = f"{say_day(at_s, zone, locale)}{_between(locale)}{_clock(at_s, zone)}"
    return said + _bracketed(_place(zone, at_s, locale), locale)


def say_offset(zone: str, at_s: int) -> str:
    """How far the zone is from UTC then: UTC+5:30, UTC-4, UTC."""
    minutes = offset_at(zone, at_s) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def city(zone: str, locale: str) -> str:
    """The name in a zone that people know, in their language where we have it: New York or 纽约 of
    America/New_York."""
    last = zone.rpartition("/")[2]
    last = NOW_CALLED.get(last, last)
    return (is_chinese(locale) and CHINESE.get(last)) or last.replace("_", " ")


def _place(zone: str, at_s: int, locale: str) -> str:
    comma = "，" if is_chinese(locale) else ", "
    return f"{city(zone, locale)}{comma}{say_offset(zone, at_s)}"


def _bracketed(place: str, locale: str) -> str:
    return f"（{place}）" if is_chinese(locale) else f" ({place})"


def _between(locale: str) -> str:
    return " " if is_chinese(locale) else ", "


def _span(from_s: int, to_s: int, zone: str) -> str:
    return f"{_clock(from_s, zone)}–{_clock(to_s, zone)}"


def _clock(at_s: int, zone: str) -> str:
    shown = datetime.fromtimestamp(at_s, UTC) + timedelta(seconds=offset_at(zone, at_s))
    return f"{shown.hour:02}:{shown.minute:02}"
