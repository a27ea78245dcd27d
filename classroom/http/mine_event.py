"""A booking as a file for the calendar of whoever booked it."""

from __future__ import annotations

from dataclasses import replace

from quart import Blueprint, Response, request

from classroom.booking.invitation import Method, invitation
from classroom.clock import utc_now
from classroom.http.doors import Doors
from classroom.http.mine_door import UNKNOWN, at_booking
from classroom.http.mine_told import token_of
from classroom.http.told import tells
from classroom.store.booking_asked import Scene
from classroom.store.letter_matter import Reader


def add_event(doors: Doors, routes: Blueprint) -> None:
    """The file for a calendar."""

    @routes.get("/api/mine/bookings/<booking_id>/event.ics")
    @tells(str, by="anybody", kind="text/calendar", refuses=UNKNOWN)
    async def event(booking_id: str) -> Response:
        """Tell the appointment as a file for a calendar. By the link alone, without its topic."""
        here = await at_booking(doors, booking_id)
        text = _event(doors, here.scene, is_known=here.is_known)
        response = Response(text, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
        return response


def _event(doors: Doors, scene: Scene, *, is_known: bool) -> str:
    client, org = scene.client, scene.org
    reader = Reader(client.name, client.email, client.locale, client.zone)
    meeting = doors.appointments.letters.meeting(scene, reader, is_host=False)
    ours = doors.settings.public_url or request.host_url.rstrip("/")
    address = f"{ours}/k/{token_of(doors, scene)}"
    shown = replace(
        meeting,
        summary=meeting.summary if is_known else f"{org.name}, {scene.host.name}",
        description=address,
        url=address,
        guest=None,
    )
    method: Method = "CANCEL" if scene.booking.state in ("cancelled", "lapsed") else "PUBLISH"
    return invitation(shown, method, at=utc_now())
