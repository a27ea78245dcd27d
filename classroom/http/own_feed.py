"""A host's own calendar for other calendars: its addresses, and what is read at them."""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify, request

from classroom.booking.feed_out import read_titles, write_feed
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.desk_door import Desk, desk_of_host
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.people.feed_address import feed_token, is_newest, read_token
from classroom.store.own_feed import end_addresses, feed_owner, shown_of

_HOST = ("host.unknown", "right.missing")


@dataclass(frozen=True, slots=True)
class AddressesTold:
    """Paths at which a host's calendar is read. Whoever has one reads it, so they are secrets."""

    plain: str
    """Only that there is an appointment."""
    offer: str
    """With what it is."""
    client: str
    """With who comes."""


def own_feed_routes(doors: Doors) -> Blueprint:
    """`/ics/<token>.ics` and `/api/hosts/<host_id>/feed-address`."""
    routes = Blueprint("own_feed", __name__)

    @routes.get("/ics/<token>.ics")
    async def feed(token: str) -> Response:
        """The calendar, or 304 when it is as the asker has it."""
        spend(doors.limits.own_feed, asking_address())
        address = read_token(token)
        owner = None if address is None else await feed_owner(address.host_id)
        titles = None if address is None else read_titles(address.titles)
        if address is None or owner is None or titles is None:
            raise Refused("feed.unknown")
        if not is_newest(doors.secret, address, owner.number):
            raise Refused("feed.unknown")
        now, own = utc_now(), f"@{doors.appointments.letters.host}"
        shown = await shown_of(owner.host_id, own, now_s=int(now.timestamp()))
        name = f"{owner.name}, {owner.org_name}"
        written = write_feed(shown, titles, name=name, locale=owner.locale, at=now)
        response = Response(written.text, content_type="text/calendar; charset=utf-8")
        if request.if_none_match.contains_weak(written.etag.strip('"')):
            response = Response(b"", status=304)
        response.headers["ETag"] = written.etag
        response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
        return response

    @routes.get("/api/hosts/<host_id>/feed-address")
    @tells(AddressesTold, by="session", refuses=_HOST)
    async def look(host_id: str) -> Response:
        """Tell the addresses at which other calendars read a host's."""
        await _mine(doors, host_id)
        return jsonify(await _addresses(doors, host_id))

    @routes.post("/api/hosts/<host_id>/feed-address")
    @tells(AddressesTold, by="session", refuses=_HOST)
    async def renew(host_id: str) -> Response:
        """Make new addresses; the old ones lead nowhere from now on."""
        await _mine(doors, host_id)
        await end_addresses(host_id)
        return jsonify(await _addresses(doors, host_id))

    return routes


async def _mine(doors: Doors, host_id: str) -> Desk:
    """Of whoever may change the calendar; somebody else's is written down as opened."""
    mine = await desk_of_host(doors, host_id, "host.change")
    if host_id not in mine.host_ids:
        await mine.opened("feed.address", host_id)
    return mine


async def _addresses(doors: Doors, host_id: str) -> AddressesTold:
    owner = await feed_owner(host_id)
    if owner is None:
        raise Refused("host.unknown")
    plain, offer, client = (
        f"/ics/{feed_token(doors.secret, host_id, titles, owner.number)}.ics"
        for titles in ("plain", "offer", "client")
    )
    return AddressesTold(plain, offer, client)
