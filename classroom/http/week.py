"""A host's calendar over HTTP: everything a week shows, in one answer."""

from __future__ import annotations

from datetime import date, timedelta

from quart import Blueprint, Response, jsonify, request

from classroom.booking.diary import Diary, day_at
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.desk_door import desk_of_host
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.http.week_shown import week_of
from classroom.http.week_told import WeekTold
from classroom.store.hours import host_of, lengths_of

DAYS_MAX = 14
_QUERY = {
    "from": "the first day, 2027-03-29; `monday` is that of this week; today when it is missing",
    "days": f"how many, 7 unless it is said, {DAYS_MAX} at most",
    "offer_id": "whose free times are told; none without it",
}


def week_routes(doors: Doors) -> Blueprint:
    """`/api/hosts/<host_id>/week`."""
    routes = Blueprint("week", __name__)

    @routes.get("/api/hosts/<host_id>/week")
    @tells(
        WeekTold,
        by="account",
        query=_QUERY,
        refuses=("host.unknown", "right.missing", "offer.unknown", "body.malformed"),
    )
    async def look(host_id: str) -> Response:
        """Tell what stands in a host's calendar, when they are open, and what can be booked."""
        mine = await desk_of_host(doors, host_id, "booking.see")
        host = await host_of(host_id)
        offer_id = request.args.get("offer_id", "")[:64]
        offer = await lengths_of(host_id, offer_id) if offer_id else None
        days = _days(host.hours())
        return jsonify(await week_of(host, days, offer, mine.may("booking.change", host_id)))

    return routes


def _days(diary: Diary) -> list[date]:
    """Those that are asked for; Refused `body.malformed`."""
    asked, count = request.args.get("from", ""), request.args.get("days", "7")
    try:
        today = day_at(diary, int(utc_now().timestamp()))
        monday = today - timedelta(days=today.weekday())
        first = {"": today, "monday": monday}.get(asked) or date.fromisoformat(asked)
        if not (2000 <= first.year <= 2200 and count.isascii() and 1 <= int(count) <= DAYS_MAX):
            raise ValueError
    except ValueError:
        raise Refused("body.malformed", {"field": "from"}) from None
    return [first + timedelta(days=n) for n in range(int(count))]
