"""When the lessons of a room are: in the host's week, beside what is booked."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.booking.slot import Lengths
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import desk_of_host
from classroom.http.doors import Doors
from classroom.http.own_room import own_room
from classroom.http.series_told import (
    LessonTold,
    SeriesTold,
    TimetableBody,
    answered,
    lesson_sent,
    must_fit,
    series_told,
)
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store import series, timetable
from classroom.store.hosts import find_host

_ROOM = ("room.unknown",)


def timetable_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/<room_id>/timetable`."""
    routes = Blueprint("timetable", __name__)

    @routes.get("/api/rooms/<room_id>/timetable")
    @tells(list[LessonTold], by="account", refuses=_ROOM)
    async def listing(room_id: str) -> Response:
        """List the lessons of a room that are to come, the next first."""
        room = await own_room(doors, room_id)
        found = await timetable.classes_of(room.id, from_s=int(utc_now().timestamp()))
        return jsonify([lesson_sent(one.id, one.from_s, one.to_s, one.series) for one in found])

    @routes.post("/api/rooms/<room_id>/timetable")
    @tells(
        SeriesTold,
        by="account",
        status=201,
        body=TimetableBody,
        refuses=(*_ROOM, "host.unknown", "right.missing", "booking.series", "booking.taken"),
    )
    async def add(room_id: str) -> Response:
        """Hold lessons of a room at the same hour of the host's wall: all, or those that fit."""
        room = await own_room(doors, room_id)
        body = await read_body(TimetableBody)
        await desk_of_host(doors, body.host_id, "host.change")
        host = await find_host(body.host_id)
        if host is None:
            raise Refused("host.unknown")
        at = utc_now()
        judged = await series.judge(
            host,
            Lengths(body.minutes),
            body.starts(host.hours().zone),
            anyway=True,
            now_s=int(at.timestamp()),
        )
        if body.dry:
            return answered(series_told(judged))
        must_fit(judged, skip=body.skip)
        series_id = await series.new_series(host.id, body.rule(), at=at, room_id=room.id)
        times = [(one.start_s, one.start_s + body.minutes * 60) for one in judged if not one.code]
        await timetable.add_classes(host.id, room.id, series_id, room.title, times)
        return answered(series_told(judged, series_id))

    _add_removal(doors, routes)
    return routes


def _add_removal(doors: Doors, routes: Blueprint) -> None:
    @routes.delete("/api/rooms/<room_id>/timetable/<appointment_id>")
    @tells(
        None,
        by="account",
        status=204,
        query={"rest": "`true`: those of its series after it, too."},
        refuses=(*_ROOM, "booking.unknown"),
    )
    async def remove(room_id: str, appointment_id: str) -> Response:
        """Take a lesson off the timetable; its time can be booked again."""
        room = await own_room(doors, room_id)
        if not may_be_id(appointment_id):
            raise Refused("booking.unknown")
        rest = request.args.get("rest") == "true"
        await timetable.remove_class(room.id, appointment_id, rest=rest, at=utc_now())
        doors.appointments.wake("holding")
        return Response(b"", status=204)
