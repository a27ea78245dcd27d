"""Who of a team comes to a booking, and what they see of it.

A booking of another organisation, and one of a colleague's for whoever has own clients only, is as
one that does not exist.
"""

from __future__ import annotations

from quart import Response, jsonify

from classroom.booking.role import Deed
from classroom.errors import Refused
from classroom.http.desk_bookings_told import Intake, line_told, whole_booking
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.sent import sent
from classroom.http.visitor import this_visitor
from classroom.ids import may_be_id
from classroom.store.booking_asked import Scene, find_scene, scene_of
from classroom.store.booking_lines import lines_of, names_of
from classroom.store.booking_rows import MadeBy


async def at_desk(doors: Doors, booking_id: str, deed: Deed) -> tuple[Desk, Scene]:
    """Refused `booking.unknown`, `right.missing` for a role that may not do this at all."""
    (await this_visitor(doors)).must_be_signed_in()
    found = await find_scene(booking_id) if may_be_id(booking_id) else None
    if found is None:
        raise Refused("booking.unknown")
    mine = await desk(doors, found.org.id, "booking.unknown")
    if not mine.may_with_some(deed):
        raise Refused("right.missing", {"right": deed})
    if not mine.may(deed, found.host.id):
        raise Refused("booking.unknown")
    return mine, found


async def shown_whole(mine: Desk, scene: Scene) -> Response:
    """Everything this desk may see of it."""
    lines = await lines_of(scene.booking.id)
    names = await names_of(lines)
    intake: Intake = "all" if mine.may("intake.read", scene.host.id) else "open"
    told = whole_booking(
        scene,
        [line_told(line, names) for line in lines],
        intake=intake,
        sees_files=mine.may("files.read", scene.host.id),
    )
    return jsonify(sent(told))


def made_by(mine: Desk, host_id: str) -> MadeBy:
    """Who books on behalf: the host, or somebody for them."""
    return "host" if host_id in mine.host_ids else "reception"


async def changed(doors: Doors, mine: Desk, booking_id: str) -> Response:
    """The booking after something was done with it; its letters go out."""
    doors.appointments.wake("post")
    return await shown_whole(mine, await scene_of(booking_id))
