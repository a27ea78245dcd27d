"""What appointments came to: held, missed, cancelled, hours, occupancy, stars and money. A core.

Appointments count by the day on which they begin, money by the day on which it was paid or given
back, both in the organisation's zone. Amounts are never summed over currencies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

By = Literal["host", "offer", "month", "all"]
BYS: tuple[By, ...] = ("host", "offer", "month", "all")
TOTAL = "all"
SpanName = Literal["week", "month", "last_month", "quarter", "year"]
SPANS: tuple[SpanName, ...] = ("week", "month", "last_month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Talk:
    """A booking, as far as it is counted. `minutes` are planned, `held_min` those really together
    (None where nobody knows)."""

    host: str
    offer: str
    state: str
    from_s: int
    minutes: int
    held_min: int | None = None
    stars: int | None = None
    appointment: str = ""
    """Several bookings of one group are one appointment of the host's time."""


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came (or went back: a negative amount) for a booking or a package."""

    host: str
    offer: str
    at_s: int
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Minutes in which a host could be booked on a day, from their hours alone."""

    host: str
    day: date
    minutes: int


@dataclass(slots=True)
class Figures:
    """Of one host, offer, month, or of all. `offered_min` is None where hours say nothing of it:
    hours belong to a host, not to an offer."""

    key: str
    held: int = 0
    missed: int = 0
    cancelled: int = 0
    coming: int = 0
    minutes: int = 0
    """Of what was held: those together where they are known, else those planned."""
    booked_min: int = 0
    """Of the host's time, held, missed and coming; a group counts once."""
    offered_min: int | None = None
    stars: int = 0
    ratings: int = 0
    money: dict[str, int] = field(default_factory=dict)
    """Paid less given back, by currency."""

    @property
    def occupancy(self) -> int | None:
        """Percent of the offered minutes that were booked; None where none are known."""
        if not self.offered_min:
            return None
        return round(100 * self.booked_min / self.offered_min)

    @property
    def mean_stars(self) -> float | None:
        """One digit behind the point; None before the first rating."""
        return round(self.stars / self.ratings, 1) if self.ratings else None


def figures(
    talks: Iterable[Talk], paid: Iterable[Paid], offered: Iterable[Offered], *, by: By, zone: str
) -> list[Figures]:
    """A row for each host, offer or month that has any, in order of its key; or the one of all."""
    rows: dict[str, Figures] = {}

    def row(key: str) -> Figures:
        return rows.setdefault(key, Figures(key))

    if by == "all":
        row(TOTAL)
    local = ZoneInfo(zone)
    seen: dict[str, set[str]] = defaultdict(set)
    for talk in talks:
        key = _key(by, talk.host, talk.offer, _day(talk.from_s, local))
        _count(row(key), talk, seen[key])
    for one in paid:
        money = row(_key(by, one.host, one.offer, _day(one.at_s, local))).money
        money[one.currency] = money.get(one.currency, 0) + one.amount
    if by != "offer":
        for span in offered:
            found = row(_key(by, span.host, "", span.day))
            found.offered_min = (found.offered_min or 0) + span.minutes
    return [rows[key] for key in sorted(rows)]


def span_of(span: SpanName, today: date) -> tuple[date, date]:
    """First and last day. A month is counted to its end, so that what is coming is in it."""
    first = today.replace(day=1)
    if span == "month":
        return first, _next_month(first) - timedelta(days=1)
    if span == "last_month":
        last = first - timedelta(days=1)
        return last.replace(day=1), last
    days = {"week": 7, "quarter": 90, "year": 365}[span]
    return today - timedelta(days=days - 1), today


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def day_sums(paid: Iterable[Paid], *, zone: str) -> Mapping[tuple[date, str], int]:
    """What came less what went back, for each day and currency."""
    local = ZoneInfo(zone)
    sums: dict[tuple[date, str], int] = defaultdict(int)
    for one in paid:
        sums[_day(one.at_s, local), one.currency] += one.amount
    return dict(sorted(sums.items()))


def _count(row: Figures, talk: Talk, seen: set[str]) -> None:
    if talk.state == "held":
        row.held += 1
        row.minutes += talk.minutes if talk.held_min is None else talk.held_min
    elif talk.state == "missed":
        row.missed += 1
    elif talk.state == "cancelled":
        row.cancelled += 1
    elif talk.state in ("booked", "live"):
        row.coming += 1
    else:
        return
    if talk.state != "cancelled" and talk.appointment not in seen:
        row.booked_min += talk.minutes
        if talk.appointment:
            seen.add(talk.appointment)
    if talk.stars is not None:
        row.stars += talk.stars
        row.ratings += 1


def _key(by: By, host: str, offer: str, day: date) -> str:
    if by == "host":
        return host
    if by == "offer":
        return offer
    return f"{day:%Y-%m}" if by == "month" else TOTAL


def _day(at_s: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(at_s, UTC).astimezone(zone).date()
