"""Bookings at the desk: listed and opened."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.clock import iso, utc_now
from classroom.http.book_told import read_at
from classroom.http.desk_booking_door import at_desk, shown_whole
from classroom.http.desk_bookings_told import (
    DeskBookings,
    DeskBookingWhole,
    desk_booking,
)
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.sent import sent
from classroom.http.told import tells
from classroom.store.booking_reading import Wanted, scenes_wanted

_QUERY = {
    "org": "The organisation's `id`.",
    "host_id": "Only with this host.",
    "client": "Only of this client.",
    "state": "Only in these states, with commas between.",
    "from": "Only what ends after it.",
    "to": "Only what begins before it.",
    "q": "A part of the client's name.",
    "before": "Only what begins before it, to go on with a list that had more.",
    "before_id": "With `before`: also what begins then and was not told. The `id` of the last one.",
}


def booking_routes(doors: Doors) -> Blueprint:
    """`/api/bookings`."""
    routes = Blueprint("bookings", __name__)

    @routes.get("/api/bookings")
    @tells(
        DeskBookings,
        by="account",
        query=_QUERY,
        refuses=("organisation.unknown", "right.missing", "body.malformed"),
    )
    async def listing() -> Response:
        """List bookings, the latest appointments first, 50 at a time: own ones for a counsellor."""
        mine = await desk(doors, request.args.get("org", "")[:64])
        hosts = mine.hosts_for("booking.see")
        host_id = request.args.get("host_id", "")[:64]
        if host_id:
            hosts = frozenset({host_id}) if hosts is None else hosts & {host_id}
        scenes, has_more = await scenes_wanted(_wanted(mine.org.id, hosts))
        told = [sent(desk_booking(one)) for one in scenes]
        return jsonify({"now": iso(utc_now()), "bookings": told, "has_more": has_more})

    @routes.get("/api/bookings/<booking_id>")
    @tells(DeskBookingWhole, by="account", refuses=("booking.unknown", "right.missing"))
    async def look(booking_id: str) -> Response:
        """Tell a booking with its log. It is written down who opened it."""
        mine, scene = await at_desk(doors, booking_id, "booking.see")
        await mine.opened("booking.see", booking_id, scene.client.id)
        return await shown_whole(mine, scene)

    return routes


def _wanted(org_id: str, hosts: frozenset[str] | None) -> Wanted:
    states = [one for one in request.args.get("state", "")[:200].split(",") if one]
    return Wanted(
        org_id=org_id,
        hosts=hosts,
        client_id=request.args.get("client", "")[:64],
        states=tuple(states),
        from_s=_moment("from"),
        to_s=_moment("to"),
        name=request.args.get("q", "")[:60].strip(),
        before_s=_moment("before"),
        before_id=request.args.get("before_id", "")[:64],
    )


def _moment(name: str) -> int | None:
    text = request.args.get(name, "")[:40]
    return read_at(text, name) if text else None
