"""The waiting list of an offer: joined from a public page, left from one's own."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.known_client import clients_here, remember_clients
from classroom.http.limits import spend
from classroom.http.public_place import public_host, public_offer
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.http.waitlist_told import NewWish, WishMade, unkept_wish
from classroom.store import waitlist as store
from classroom.store.booking_rows import By
from classroom.store.clients_found import find_client


def waitlist_routes(doors: Doors) -> Blueprint:
    """Joining and leaving."""
    routes = Blueprint("waitlist", __name__)

    @routes.post("/api/book/<org>/<host>/waitlist")
    @tells(
        WishMade,
        by="browser",
        status=201,
        body=NewWish,
        refuses=(
            "host.unknown",
            "offer.unknown",
            "booking.many",
            "booking.zone",
            "name.empty",
            "name.long",
            "account.invalid_email",
            "rate.limited",
        ),
    )
    async def join(org: str, host: str) -> Response:
        """Wait for a time: the first that becomes free is held for two hours, and told by mail."""
        spend(doors.limits.book_new, asking_address())
        body = await read_body(NewWish)
        place, found = await public_host(org, host)
        offer = await public_offer(found, body.offer_id)
        wish = body.wish()
        given = body.clean(tuple(one.id for one in await clients_here(doors)))
        response = jsonify(unkept_wish())
        if not body.is_program:
            spend(doors.limits.book_email, f"{place.id} {given.email}")
            made, client_id = await store.join(place.id, offer.id, given, wish, at=utc_now())
            response = jsonify(WishMade(made))
            client = await find_client(client_id)
            if client is not None:
                remember_clients(doors, response, [client])
            doors.appointments.wake("holding")
        response.status_code = 201
        return response

    _add_leaving(doors, routes)
    return routes


def _add_leaving(doors: Doors, routes: Blueprint) -> None:
    @routes.delete("/api/mine/waiting/<waiting_id>")
    @tells(None, by="browser", status=204, refuses=("booking.unknown", "rate.limited"))
    async def leave(waiting_id: str) -> Response:
        """Wait no longer; a time that is held for them goes to the next one."""
        spend(doors.limits.book_change, asking_address())
        ids = [one.id for one in await clients_here(doors)]
        offered = await store.leave(waiting_id, ids)
        if offered:
            await doors.appointments.bookings.drop(
                offered, by=By("client", ids[0]), why="", at=utc_now()
            )
        return Response(b"", status=204)
