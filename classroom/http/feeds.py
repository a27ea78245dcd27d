"""Calendars from elsewhere over HTTP: subscribed to, looked at, read at once, left."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import Desk, desk_of_host
from classroom.http.doors import Doors
from classroom.http.feeds_told import FeedChange, FeedTold, NewFeed, feed_told, read_address
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store import feeds as store

_HOST = ("host.unknown", "right.missing")
_ONE = (*_HOST, "feed.unknown")


def feed_routes(doors: Doors) -> Blueprint:
    """`/api/hosts/<host_id>/feeds` and what is below it."""
    routes = Blueprint("feeds", __name__)

    @routes.get("/api/hosts/<host_id>/feeds")
    @tells(list[FeedTold], by="account", refuses=_HOST)
    async def listing(host_id: str) -> Response:
        """List the calendars whose entries take a host's time."""
        await desk_of_host(doors, host_id, "host.see")
        return jsonify([feed_told(one) for one in await store.feeds_of(host_id)])

    @routes.post("/api/hosts/<host_id>/feeds")
    @tells(
        FeedTold,
        by="account",
        status=201,
        body=NewFeed,
        refuses=(*_HOST, "feed.address", "feed.limit", "rate.limited"),
    )
    async def add(host_id: str) -> Response:
        """Subscribe a host to a calendar; it is read within seconds, and again as time goes on."""
        mine = await desk_of_host(doors, host_id, "host.change")
        body = await read_body(NewFeed)
        url = read_address(body.url)
        spend(doors.limits.feed_read, mine.account.id)
        name = " ".join(body.name.split())
        feed = await store.create_feed(host_id, url=url, name=name, kind=body.kind, at=utc_now())
        doors.appointments.wake("feeds")
        response = jsonify(feed_told(feed))
        response.status_code = 201
        return response

    _add_changes(doors, routes)
    return routes


def _add_changes(doors: Doors, routes: Blueprint) -> None:
    @routes.patch("/api/hosts/<host_id>/feeds/<feed_id>")
    @tells(FeedTold, by="account", body=FeedChange, refuses=_ONE)
    async def change(host_id: str, feed_id: str) -> Response:
        """Name a calendar, or switch it on or off; one that is off takes no time."""
        await _own(doors, host_id, feed_id)
        body = await read_body(FeedChange)
        name = None if body.name is None else " ".join(body.name.split())
        await store.change_feed(feed_id, name=name, is_on=body.is_on, at=utc_now())
        doors.appointments.wake("feeds")
        return jsonify(feed_told(await store.find_feed(host_id, feed_id)))

    @routes.delete("/api/hosts/<host_id>/feeds/<feed_id>")
    @tells(None, by="account", status=204, refuses=_ONE)
    async def remove(host_id: str, feed_id: str) -> Response:
        """Leave a calendar; its entries take no time any more."""
        await _own(doors, host_id, feed_id)
        await store.delete_feed(feed_id)
        return Response(b"", status=204)

    @routes.post("/api/hosts/<host_id>/feeds/<feed_id>/read")
    @tells(FeedTold, by="account", status=202, refuses=(*_ONE, "rate.limited"))
    async def read(host_id: str, feed_id: str) -> Response:
        """Read a calendar now; its `read_at` or `tried_at` says when that is done."""
        mine = await _own(doors, host_id, feed_id)
        spend(doors.limits.feed_read, mine.account.id)
        await store.ask_again(feed_id, at=utc_now())
        doors.appointments.wake("feeds")
        response = jsonify(feed_told(await store.find_feed(host_id, feed_id)))
        response.status_code = 202
        return response


async def _own(doors: Doors, host_id: str, feed_id: str) -> Desk:
    mine = await desk_of_host(doors, host_id, "host.change")
    if not may_be_id(feed_id):
        raise Refused("feed.unknown")
    await store.find_feed(host_id, feed_id)
    return mine
