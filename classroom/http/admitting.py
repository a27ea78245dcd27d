"""Letting somebody in who waits: their talk, its room and their seat there are made in one step."""

from __future__ import annotations

from classroom.booking.queue import turn
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.desk_door import Desk
from classroom.http.doors import Doors
from classroom.store.booking_asked import Take
from classroom.store.booking_rooms import room_for, seat_for
from classroom.store.clients_found import ClientGiven
from classroom.store.rooms import RoomRow
from classroom.store.visit_forms import shortest_talk, unsigned
from classroom.store.visits import VisitRow, note_visit, turn_visit

CELL_S = 300


async def admit(doors: Doors, desk: Desk, visit: VisitRow) -> RoomRow:
    """The room, in which they have a seat from now on; twice is quietly the same room.

    Refused `visit.unknown`, `form.unsigned` while a text is not signed, `offer.unknown` for a
    visitor of a host who offers no talk, `booking.over` for an appointment that was cancelled.
    """
    turn(visit.state, "admit")
    if await unsigned(visit):
        raise Refused("form.unsigned")
    if not visit.booking_id:
        visit = await _give_talk(doors, desk, visit)
    policy = desk.org.office.recording_policy
    at = utc_now()
    room = await room_for(visit.appointment_id, host_id=visit.host_id, policy=policy, at=at)
    seat = await seat_for(visit.booking_id, room.id, at=at)
    await note_visit(visit.id, enrolment_id=seat.id)
    await turn_visit(visit.id, "admit", now_s=doors.desks.now_s)
    doors.desks.changed(visit.org_id)
    return room


async def _give_talk(doors: Doors, desk: Desk, visit: VisitRow) -> VisitRow:
    """A talk that begins now, for somebody who came without an appointment. Of the host's time it
    takes what is free: it never keeps anybody from an appointment they have."""
    offer = await shortest_talk(visit.host_id)
    if offer is None:
        raise Refused("offer.unknown")
    ask = Take(
        host_id=visit.host_id,
        offer_id=offer.id,
        start_s=doors.desks.now_s // CELL_S * CELL_S,
        client=ClientGiven(
            name=visit.name, email=visit.email, locale=visit.locale, zone=visit.zone
        ),
        by=desk.by,
        once=f"visit-{visit.id}",
        made_by="host" if visit.host_id in desk.host_ids else "reception",
        walk_in=True,
        body={"agreed": visit.agreed},
    )
    taking = await doors.appointments.bookings.book(ask, at=utc_now())
    return await note_visit(
        visit.id,
        client_id=taking.client.id,
        booking_id=taking.booking.id,
        appointment_id=taking.booking.appointment_id,
        is_known=taking.is_known,
    )
