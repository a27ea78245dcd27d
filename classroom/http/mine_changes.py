"""A client's booking moved or cancelled by themselves, as the terms allow."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.book_free import (
    TAKING,
    asked_window,
    free_told,
    must_be_offered,
    naming_next_move,
)
from classroom.http.book_told import FreeTimes, read_at
from classroom.http.doors import Doors
from classroom.http.mine_bodies import CancelBody, MoveBody
from classroom.http.mine_door import KNOWN, UNKNOWN, at_booking, by_client
from classroom.http.mine_told import MineTold, mine_now
from classroom.http.spending import spend_here
from classroom.http.told import tells
from classroom.store.booking_fitting import as_booked

_WINDOW = {"from": "The first instant.", "to": "The end, at most 62 days later."}


def mine_change_routes(doors: Doors) -> Blueprint:
    """`free`, `move` and `cancel` below `/api/mine/bookings/<booking_id>`."""
    routes = Blueprint("mine_changes", __name__)

    @routes.get("/api/mine/bookings/<booking_id>/free")
    @tells(
        FreeTimes,
        by="anybody",
        query=_WINDOW,
        refuses=(*UNKNOWN, "offer.unknown", "body.malformed"),
    )
    async def free(booking_id: str) -> Response:
        """Tell where a booking could be moved to: its own time counts as free."""
        scene = (await at_booking(doors, booking_id)).scene
        own = scene.appointment
        offer = as_booked(must_be_offered(scene), own)
        return jsonify(await free_told(scene.host, offer, asked_window(), but=own.id))

    _add_changes(doors, routes)
    return routes


def _add_changes(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/mine/bookings/<booking_id>/move")
    @tells(
        MineTold,
        by="browser",
        body=MoveBody,
        refuses=(
            *KNOWN,
            *TAKING,
            "booking.moved",
            "booking.moves",
            "booking.late",
            "booking.begun",
            "booking.over",
            "host.unknown",
            "offer.unknown",
        ),
    )
    async def move(booking_id: str) -> Response:
        """Move a booking to another free time, as the terms allow."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        spend_here(doors.limits.book_change)
        body = await read_body(MoveBody)
        start_s = read_at(body.at)
        async with naming_next_move(scene, start_s):
            await doors.appointments.bookings.shift(
                booking_id, start_s, revision=body.revision, by=by_client(scene), at=utc_now()
            )
        return await _changed(doors, booking_id)

    @routes.post("/api/mine/bookings/<booking_id>/cancel")
    @tells(
        MineTold,
        by="browser",
        body=CancelBody,
        refuses=(*KNOWN, "booking.late", "booking.begun", "booking.over"),
    )
    async def cancel(booking_id: str) -> Response:
        """Cancel a booking, as the terms allow; twice is once."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        spend_here(doors.limits.book_change)
        body = await read_body(CancelBody)
        await doors.appointments.bookings.drop(
            booking_id, by=by_client(scene), why=body.why.strip(), at=utc_now()
        )
        return await _changed(doors, booking_id)


async def _changed(doors: Doors, booking_id: str) -> Response:
    doors.appointments.wake("post")
    return jsonify(await mine_now(doors, booking_id))
