"""What a calendar takes of somebody's time: bytes of iCalendar in, merged spans out. A core.

Whatever it cannot read whole it refuses by name: an entry that was overlooked would be a time that
is offered twice. Only single entries that say nothing of a time are left out, and counted.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from classroom.booking.feed_fault import Unread
from classroom.booking.feed_window import Reading
from classroom.booking.recurrence import Pattern, When, beginnings, key_of, wall_of
from classroom.booking.span import Span, joined
from classroom.booking.zone import read_zone
from classroom.errors import Refused

EVENTS_MAX = 20_000
SPANS_MAX = 50_000
LONGEST = timedelta(days=400)
"""An entry that is longer is cut: it would block for ever."""

_NEEDED = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE"})
"""Without these nobody knows when an entry is. Others that are wrong are counted."""


@dataclass(frozen=True, slots=True)
class FeedRead:
    """`spans` are merged. `problems`: `broken` entries without a time, times of an unknown `zone`
    that were read in the host's, moves of a whole `range`, each with how often."""

    spans: tuple[Span, ...]
    name: str
    events: int
    problems: tuple[str, ...]


def read_feed(raw: bytes, reading: Reading) -> FeedRead:
    """The busy times of [from_s, to_s); Unread `page`, `broken`, `many` or `endless`."""
    calendars = _parsed(raw)
    spans: list[tuple[int, int]] = []
    problems: Counter[str] = Counter()
    events = 0
    for calendar in calendars:
        reader = _Reader(calendar, reading, problems)
        for span in reader.spans():
            spans.append(span)
            if len(spans) > 4 * SPANS_MAX:
                raise Unread("many")
        events += reader.events
    whole = joined(spans)
    if len(whole) > SPANS_MAX:
        raise Unread("many")
    named = [str(one.get("X-WR-CALNAME", "")) for one in calendars]
    said = tuple(f"{word}:{count}" for word, count in sorted(problems.items()))
    return FeedRead(whole, " ".join(next(filter(None, named), "").split())[:120], events, said)


def _parsed(raw: bytes) -> list[Any]:
    text = _text(raw)
    lines = [line.strip().upper() for line in text.split("\n")]
    begun, ended = lines.count("BEGIN:VCALENDAR"), lines.count("END:VCALENDAR")
    if not begun and "<" in text[:1000] and "html" in text[:2000].lower():
        raise Unread("page")
    if not begun or begun != ended or [one for one in lines if one][-1] != "END:VCALENDAR":
        raise Unread("broken")
    if lines.count("BEGIN:VEVENT") + lines.count("BEGIN:VFREEBUSY") > EVENTS_MAX:
        raise Unread("many")
    try:
        found = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise Unread("broken") from error
    if len(found) != begun:
        raise Unread("broken")
    return list(found)


def _text(raw: bytes) -> str:
    """UTF-8 as it must be; UTF-16 where it says so; else a sign for each byte, as names may be
    spelled wrongly but times are not."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


class _Reader:
    """One calendar of a file."""

    def __init__(self, calendar: Any, reading: Reading, problems: Counter[str]) -> None:
        self._calendar = calendar
        self._reading = reading
        self._problems = problems
        self._host = ZoneInfo(reading.zone)
        self._zone = self._host
        with contextlib.suppress(Refused):  # it names none: days are the host's
            self._zone = ZoneInfo(read_zone(str(calendar.get("X-WR-TIMEZONE", "")).strip()))
        self.events = 0

    def spans(self) -> Iterator[tuple[int, int]]:
        """Of all entries that take time; not in order."""
        series: dict[str, list[Any]] = defaultdict(list)
        for number, event in enumerate(self._calendar.walk("VEVENT")):
            self.events += 1
            uid = str(event.get("UID", "")) or f"{number}"
            if not (self._reading.own and uid.endswith(self._reading.own)):
                series[uid].append(event)
        for events in series.values():
            yield from self._series(events)
        for entry in self._calendar.walk("VFREEBUSY"):
            self.events += 1
            yield from self._free_busy(entry)

    def _series(self, events: list[Any]) -> Iterator[tuple[int, int]]:
        """Entries of one UID: those that were moved or cancelled singly stand in for theirs."""
        moved: set[int] = set()
        for event in events:
            given = self._one(event, "RECURRENCE-ID")
            if given is not None:
                moved.add(key_of(given, self._instant_of(given)))
                if event["RECURRENCE-ID"].params.get("RANGE"):
                    self._problems["range"] += 1
        for event in events:
            if not self._takes_time(event):
                continue
            try:
                yield from self._event(event, moved)
            except (ValueError, OverflowError, TypeError, AttributeError):
                self._problems["broken"] += 1

    def _takes_time(self, event: Any) -> bool:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            return False
        if self._reading.is_holidays:
            return True
        is_free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
        return not is_free and str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() != "FREE"

    def _event(self, event: Any, moved: set[int]) -> Iterator[tuple[int, int]]:
        wrong = {name for name, _ in event.errors}
        if wrong & _NEEDED:
            raise ValueError("a time that is none")
        if wrong:
            self._problems["broken"] += 1
        first = self._must(event, "DTSTART")
        instant = self._instant_of(first)
        lasts = self._length(event, first)
        if lasts <= timedelta(0):
            return
        seconds = int(lasts.total_seconds())
        from_s, to_s = self._reading.from_s, self._reading.to_s
        if event.get("RECURRENCE-ID") is not None:
            starts, moved = [wall_of(first)], set()
        else:
            starts = beginnings(self._pattern(event, first), instant, from_s - seconds, to_s)
        for start in starts:
            at_s = instant(start)
            if at_s in moved:
                continue
            is_day = not isinstance(first, datetime)
            end_s = instant(start + lasts) if is_day else at_s + seconds
            if end_s > from_s and at_s < to_s:
                yield max(at_s, from_s), min(end_s, to_s)

    def _pattern(self, event: Any, first: When) -> Pattern:
        rules = event.get("RRULE")
        listed = rules if isinstance(rules, list) else [] if rules is None else [rules]
        return Pattern(
            first, listed, list(self._dates(event, "RDATE")), list(self._dates(event, "EXDATE"))
        )

    def _dates(self, event: Any, name: str) -> Iterator[When]:
        given = event.get(name)
        for line in given if isinstance(given, list) else [] if given is None else [given]:
            if any(wrong == name for wrong, _ in event.errors):
                continue  # counted; what it would have left out takes time
            for one in line.dts:
                when = one.dt
                yield when[0] if isinstance(when, tuple) else when

    def _length(self, event: Any, first: When) -> timedelta:
        """Until DTEND or for DURATION; else a day for days and nothing for times (RFC 5545)."""
        end = self._one(event, "DTEND")
        if end is not None:
            if isinstance(first, datetime) and isinstance(end, datetime):
                lasts = timedelta(seconds=self._at(end) - self._at(first))
            else:
                lasts = wall_of(end) - wall_of(first)
        elif event.get("DURATION") is not None:
            lasts = event["DURATION"].dt
        else:
            lasts = timedelta(0) if isinstance(first, datetime) else timedelta(days=1)
        return min(lasts, LONGEST)

    def _free_busy(self, entry: Any) -> Iterator[tuple[int, int]]:
        given = entry.get("FREEBUSY")
        for one in given if isinstance(given, list) else [] if given is None else [given]:
            try:
                if str(one.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                    from_s, to_s = self._at(one.start), self._at(one.end)
                    begin, end = max(from_s, self._reading.from_s), min(to_s, self._reading.to_s)
                    if begin < end:
                        yield begin, end
            except (ValueError, OverflowError, TypeError, AttributeError):
                self._problems["broken"] += 1

    def _one(self, event: Any, name: str) -> When | None:
        given = event.get(name)
        try:
            when = None if given is None else given.dt
        except (ValueError, AttributeError):
            when = None
        return when if isinstance(when, date) else None

    def _must(self, event: Any, name: str) -> When:
        when = self._one(event, name)
        if when is None:
            raise ValueError(name)
        if isinstance(when, datetime) and when.tzinfo is None and event[name].params.get("TZID"):
            self._problems["zone"] += 1
        return when

    def _at(self, when: datetime) -> int:
        return key_of(when, self._instant_of(when))

    def _instant_of(self, first: When) -> Any:
        """How wall times of an entry become instants: in its own zone; in the host's when it names
        none; for days in the calendar's."""
        zone: Any = self._zone
        if isinstance(first, datetime):
            zone = self._host if first.tzinfo is None else first.tzinfo

        def instant(shown: datetime) -> int:
            return int(shown.replace(tzinfo=zone).timestamp())

        return instant
