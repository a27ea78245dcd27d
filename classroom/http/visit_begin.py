"""Coming to the waiting room of an appointment: by the private link, or known as its client."""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.booking.queue import OPEN
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.mine_door import AtBooking, at_booking
from classroom.http.told import tells
from classroom.http.visit_key import begun
from classroom.http.visit_told import VisitTold, visit_told
from classroom.http.visitor import asking_address
from classroom.store.booking_asked import Scene
from classroom.store.visits import (
    NewVisit,
    VisitRow,
    add_visit,
    note_visit,
    turn_visit,
    visit_of_booking,
)

EARLY_MIN = 15
"""So long before an appointment its waiting room opens."""
LATE_S = 30 * 60
"""So long after its planned end somebody still may come."""
COMING = ("booked", "live")
_REFUSES = ("booking.unknown", "booking.over", "visit.early", "rate.limited")


def visit_begin_routes(doors: Doors) -> Blueprint:
    """`/api/mine/bookings/<booking_id>/visit`."""
    routes = Blueprint("visit_begin", __name__)

    @routes.post("/api/mine/bookings/<booking_id>/visit")
    @tells(VisitTold, by="browser", status=201, refuses=_REFUSES)
    async def come(booking_id: str) -> Response:
        """Come to the waiting room of an appointment; again is the same visit."""
        spend(doors.limits.visit_act, asking_address())
        at = await at_booking(doors, booking_id)
        visit = await _visit(doors, at)
        doors.desks.changed(visit.org_id)
        return await begun(doors, visit, visit_told, is_known=at.is_known)

    return routes


async def _visit(doors: Doors, at: AtBooking) -> VisitRow:
    """The one that goes on, or a new one. Whoever was sent away reads why, and whoever left is back
    at the end of the queue."""
    scene, now_s = at.scene, doors.desks.now_s
    _must_be_time(scene, now_s)
    known = await visit_of_booking(scene.booking.id)
    if known is None or known.state == "over":
        return await add_visit(_new(at), now_s=now_s)
    if known.state == "left":
        known = await turn_visit(known.id, "back", now_s=now_s)
    if known.state in OPEN and known.is_known and not at.is_known:
        known = await note_visit(known.id, is_known=False)
    return known


def _must_be_time(scene: Scene, now_s: int) -> None:
    if scene.booking.state not in COMING or now_s > scene.appointment.to_s + LATE_S:
        raise Refused("booking.over")
    if now_s < scene.appointment.from_s - EARLY_MIN * 60:
        raise Refused("visit.early", {"minutes": EARLY_MIN})


def _new(at: AtBooking) -> NewVisit:
    scene = at.scene
    return NewVisit(
        org_id=scene.org.id,
        host_id=scene.host.id,
        name=scene.client.name,
        locale=scene.client.locale,
        zone=scene.client.zone,
        minutes=(scene.appointment.to_s - scene.appointment.from_s) // 60,
        client_id=scene.client.id,
        booking_id=scene.booking.id,
        appointment_id=scene.appointment.id,
        planned_s=scene.appointment.from_s,
        is_known=at.is_known,
    )
