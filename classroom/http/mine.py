"""A client's own bookings, seen with the private link or by who is known."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.clock import iso, utc_now
from classroom.http.doors import Doors
from classroom.http.known_client import clients_here
from classroom.http.mine_bodies import MinePage
from classroom.http.mine_door import UNKNOWN, AtBooking, at_booking, at_ticket
from classroom.http.mine_told import MineTold, TicketTold, mine_told, ticket_told
from classroom.http.sent import sent
from classroom.http.spending import spend_here
from classroom.http.told import tells
from classroom.http.wish_told import wish_told
from classroom.store.booking_reading import scenes_of_clients
from classroom.store.waitlist import wishes_of

_LOCALE = {"locale": "The language of words: `en` or `zh-CN`."}


def mine_routes(doors: Doors) -> Blueprint:
    """`/api/mine` and the bookings below it."""
    routes = Blueprint("mine", __name__)

    @routes.get("/api/mine")
    @tells(MinePage, by="anybody", query=_LOCALE, refuses=("rate.limited",))
    async def everything() -> Response:
        """Tell all bookings of who this browser is known as, the newest first."""
        spend_here(doors.limits.book_look)
        ids = [one.id for one in await clients_here(doors)]
        scenes = await scenes_of_clients(ids)
        bookings = [sent(mine_told(doors, one, _locale())) for one in scenes]
        waiting = [wish_told(one, _locale()) for one in await wishes_of(ids)]
        return jsonify({"now": iso(utc_now()), "bookings": bookings, "waiting": waiting})

    @routes.get("/api/mine/ticket")
    @tells(MineTold | TicketTold, by="anybody", query=_LOCALE, refuses=UNKNOWN)
    async def ticket() -> Response:
        """Tell the booking of the private link in `X-Booking`."""
        return _told(doors, await at_ticket(doors))

    @routes.get("/api/mine/bookings/<booking_id>")
    @tells(MineTold | TicketTold, by="anybody", query=_LOCALE, refuses=UNKNOWN)
    async def look(booking_id: str) -> Response:
        """Tell a booking: the short form to who has only the private link (`X-Booking`)."""
        return _told(doors, await at_booking(doors, booking_id))

    return routes


def _told(doors: Doors, here: AtBooking) -> Response:
    if here.is_known:
        return jsonify(sent(mine_told(doors, here.scene, _locale())))
    return jsonify(sent(ticket_told(here.scene, _locale())))


def _locale() -> str:
    return request.args.get("locale", "")[:16]
