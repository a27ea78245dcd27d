"""What an organisation's appointments came to, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from quart import Blueprint, Response, jsonify, request

from classroom.booking import figures as core
from classroom.booking.figures import BYS, By, Figures, Paid
from classroom.booking.zone import at_wall, iso_s, wall
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.figures_csv import Language, table
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.store.figures import names_of, offered_of, paid_of, talks_of

DAYS_MAX = 400
_QUERY = {
    "span": "week, month, last_month, quarter or year, by the organisation's day; month without.",
    "from": "The first day instead, as 2027-03-01.",
    "to": "The last day; today without.",
    "by": "host, offer, month or all.",
}
_REFUSES = ("organisation.unknown", "right.missing", "rate.limited", "body.malformed")


@dataclass(frozen=True, slots=True)
class SumTold:
    """Minor units of a currency."""

    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class FiguresTold:
    """`key` is a host's or an offer's id, or a month as 2027-03. `occupancy` is a percentage of the
    minutes that were open; null where hours say nothing. `minutes` are those that were held."""

    key: str
    name: str
    held: int
    missed: int
    cancelled: int
    coming: int
    minutes: int
    booked_min: int
    offered_min: int | None
    occupancy: int | None
    stars: float | None
    ratings: int
    money: list[SumTold]


@dataclass(frozen=True, slots=True)
class DayTold:
    """What came less what went back on a day."""

    day: str
    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class ReportTold:
    """Days are the organisation's; `total` is all of it."""

    now: str
    zone: str
    from_day: str
    to_day: str
    by: str
    rows: list[FiguresTold]
    total: FiguresTold
    days: list[DayTold]


@dataclass(frozen=True, slots=True)
class Made:
    """A report before it is told."""

    rows: list[Figures]
    total: Figures
    paid: list[Paid]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days of the organisation, both included."""

    from_day: date
    to_day: date
    by: By


def figure_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/figures` and its table."""
    routes = Blueprint("figures", __name__)

    @routes.get("/api/organisations/<org_id>/figures")
    @tells(ReportTold, by="account", query=_QUERY, refuses=_REFUSES)
    async def look(org_id: str) -> Response:
        """Report appointments and money of some days; of own ones to who sees only those."""
        mine = await _desk(doors, org_id)
        window = _window(mine)
        made = await _made(mine, window)
        sums = core.day_sums(made.paid, zone=mine.org.zone)
        return jsonify(
            ReportTold(
                now=iso_s(int(utc_now().timestamp())),
                zone=mine.org.zone,
                from_day=window.from_day.isoformat(),
                to_day=window.to_day.isoformat(),
                by=window.by,
                rows=[_told(row, made.names) for row in made.rows],
                total=_told(made.total, made.names),
                days=[
                    DayTold(day.isoformat(), currency, amount)
                    for (day, currency), amount in sums.items()
                ],
            )
        )

    @routes.get("/api/organisations/<org_id>/figures.csv")
    @tells(
        None,
        by="account",
        kind="text/csv",
        query={**_QUERY, "language": "Of the heads: `en` or `zh-CN`."},
        refuses=_REFUSES,
    )
    async def csv(org_id: str) -> Response:
        """The same as a table, a row for each."""
        mine = await _desk(doors, org_id)
        window = _window(mine)
        made = await _made(mine, window)
        language: Language = "zh-CN" if request.args.get("language") == "zh-CN" else "en"
        name = f"appointments-{window.from_day}-{window.to_day}.csv"
        return Response(
            table([*made.rows, made.total], made.names, language),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return routes


async def _desk(doors: Doors, org_id: str) -> Desk:
    mine = await desk(doors, org_id)
    mine.hosts_for("figures.read")
    spend(doors.limits.money, mine.account.id)
    return mine


async def _made(mine: Desk, window: Window) -> Made:
    zone, hosts = mine.org.zone, mine.hosts_for("figures.read")
    from_s = at_wall(zone, window.from_day, 0)
    to_s = at_wall(zone, window.to_day + timedelta(days=1), 0)
    only: Collection[str] | None = hosts
    talks = await talks_of(mine.org.id, from_s, to_s, only)
    paid = await paid_of(mine.org.id, from_s, to_s, only)
    offered = await offered_of(mine.org.id, from_s, to_s, only, zone)
    rows = core.figures(talks, paid, offered, by=window.by, zone=zone)
    (total,) = core.figures(talks, paid, offered, by="all", zone=zone)
    return Made(rows, total, paid, dict(await names_of(mine.org.id)))


def _window(mine: Desk) -> Window:
    today = wall(mine.org.zone, int(utc_now().timestamp())).day
    span, by = request.args.get("span", "month"), request.args.get("by", "host")
    if span not in core.SPANS:
        raise Refused("body.malformed", {"field": "span"})
    from_day, to_day = core.span_of(span, today)
    if "from" in request.args or "to" in request.args:
        to_day = _day("to", today)
        from_day = _day("from", to_day.replace(day=1))
    if not timedelta(0) <= to_day - from_day <= timedelta(days=DAYS_MAX):
        raise Refused("body.malformed", {"field": "from"})
    if by not in BYS:
        raise Refused("body.malformed", {"field": "by"})
    return Window(from_day, to_day, by)


def _day(name: str, otherwise: date) -> date:
    text = request.args.get(name)
    if text is None:
        return otherwise
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Refused("body.malformed", {"field": name}) from error
    if not 2000 <= day.year <= 2100:
        raise Refused("body.malformed", {"field": name})
    return day


def _told(row: Figures, names: dict[str, str]) -> FiguresTold:
    return FiguresTold(
        key=row.key,
        name=names.get(row.key, ""),
        held=row.held,
        missed=row.missed,
        cancelled=row.cancelled,
        coming=row.coming,
        minutes=row.minutes,
        booked_min=row.booked_min,
        offered_min=row.offered_min,
        occupancy=row.occupancy,
        stars=row.mean_stars,
        ratings=row.ratings,
        money=[SumTold(currency, amount) for currency, amount in sorted(row.money.items())],
    )
