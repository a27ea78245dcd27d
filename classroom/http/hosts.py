"""Who appointments are made with, for their organisation."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.booking.zone import read_zone
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import Desk, desk, desk_of_host
from classroom.http.doors import Doors
from classroom.http.offer_told import HostChange, HostTold, NewHost, host_told
from classroom.http.organisation_told import SLUG
from classroom.http.told import tells
from classroom.people.account import clean_name
from classroom.store import hosts as store
from classroom.store.booking_rows import HostRow

_HOST = ("host.unknown", "right.missing")
_VALUES = ("body.malformed", "booking.zone", "name.empty", "name.long", "organisation.slug")


def host_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/hosts` and `/api/hosts/<host_id>`."""
    routes = Blueprint("hosts", __name__)

    @routes.get("/api/organisations/<org_id>/hosts")
    @tells(list[HostTold], by="account", refuses=("organisation.unknown", "right.missing"))
    async def listing(org_id: str) -> Response:
        """List the hosts of an organisation by name: for a counsellor, their own."""
        mine = await desk(doors, org_id)
        own = mine.hosts_for("host.see")
        found = [one for one in await store.hosts_of(org_id) if own is None or one.id in own]
        return jsonify([host_told(mine.org, one) for one in found])

    @routes.post("/api/organisations/<org_id>/hosts")
    @tells(
        HostTold,
        by="account",
        status=201,
        body=NewHost,
        refuses=("organisation.unknown", "right.missing", "offer.limit", *_VALUES),
    )
    async def create(org_id: str) -> Response:
        """Add a host without an account, for whom somebody else keeps the calendar."""
        mine = await desk(doors, org_id)
        mine.must("members.change")
        body = await read_body(NewHost)
        _must_be_slug(body.slug)
        made = await store.create_host(
            org_id,
            name=clean_name(body.name),
            slug=body.slug,
            zone=read_zone(body.zone),
            title=body.title,
            about=body.about,
            at=utc_now(),
        )
        response = jsonify(host_told(mine.org, made))
        response.status_code = 201
        return response

    _add_one(doors, routes)
    return routes


def _add_one(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/hosts/<host_id>")
    @tells(HostTold, by="account", refuses=_HOST)
    async def look(host_id: str) -> Response:
        """Tell one host."""
        mine = await desk_of_host(doors, host_id, "host.see")
        return jsonify(host_told(mine.org, await _found(host_id)))

    @routes.patch("/api/hosts/<host_id>")
    @tells(HostTold, by="account", body=HostChange, refuses=(*_HOST, *_VALUES))
    async def change(host_id: str) -> Response:
        """Change a host's page: only what is given."""
        mine = await desk_of_host(doors, host_id, "host.change")
        body = await read_body(HostChange)
        if body.slug is not None:
            _must_be_slug(body.slug)
        return jsonify(host_told(mine.org, await store.change_host(host_id, **body.clean())))

    @routes.delete("/api/hosts/<host_id>")
    @tells(None, by="account", status=204, refuses=_HOST)
    async def remove(host_id: str) -> Response:
        """Remove a host: nothing can be booked with them any more.

        What was booked can still be read, and cancelled by both sides.
        """
        mine: Desk = await desk_of_host(doors, host_id, "host.change")
        mine.must("members.change")
        await _found(host_id)
        await store.remove_host(host_id, at=utc_now())
        return Response(b"", status=204)


async def _found(host_id: str) -> HostRow:
    found = await store.find_host(host_id)
    if found is None:
        raise Refused("host.unknown")
    return found


def _must_be_slug(text: str) -> None:
    if not SLUG.fullmatch(text):
        raise Refused("body.malformed", {"field": "slug"})
