"""Who is enrolled in a room, for its owner: the list, each person's link, and the way back."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.enrolment_lessons import add_lessons
from classroom.http.enrolment_told import (
    EnrolmentsTold,
    EnrolmentTold,
    NewPeople,
    PersonChange,
    enrolment_told,
)
from classroom.http.own_room import own_room
from classroom.http.shown_lesson import reading
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.people.enrolment import participant_of
from classroom.store import enrolments as store

_PERSON = ("name.empty", "name.long", "account.invalid_email", "enrolment.taken")
_KNOWN = ("room.unknown", "enrolment.unknown")


def enrolment_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/<room_id>/enrolments` and what is below it."""
    routes = Blueprint("enrolments", __name__)

    @routes.get("/api/rooms/<room_id>/enrolments")
    @tells(EnrolmentsTold, by="account", refuses=("room.unknown", "server.busy"))
    async def listing(room_id: str) -> Response:
        """List who is enrolled in a room, by name, and who was removed lately."""
        room = await own_room(doors, room_id)
        with reading():
            return _list(doors, await store.enrolments_of(room.id))

    @routes.post("/api/rooms/<room_id>/enrolments")
    @tells(
        EnrolmentsTold,
        by="account",
        status=201,
        body=NewPeople,
        refuses=("room.unknown", *_PERSON, "enrolment.limit"),
    )
    async def add(room_id: str) -> Response:
        """Enrol people in a room, up to 100 at once; tells those who are new."""
        room = await own_room(doors, room_id)
        people = [person.clean() for person in (await read_body(NewPeople)).people]
        response = _list(doors, await store.add_enrolments(room.id, people, at=utc_now()))
        response.status_code = 201
        return response

    _add_changes(doors, routes)
    add_lessons(doors, routes)
    return routes


def _add_changes(doors: Doors, routes: Blueprint) -> None:
    """What is done with somebody who is on the list, or was."""

    @routes.patch("/api/rooms/<room_id>/enrolments/<enrolment_id>")
    @tells(EnrolmentTold, by="account", body=PersonChange, refuses=(*_KNOWN, *_PERSON))
    async def change(room_id: str, enrolment_id: str) -> Response:
        """Change an enrolled person's name, role or e-mail address: only what is given."""
        room = await own_room(doors, room_id)
        news = (await read_body(PersonChange)).clean()
        row = await store.change_enrolment(room.id, _id(enrolment_id), **news)
        return jsonify(enrolment_told(doors, row))

    @routes.delete("/api/rooms/<room_id>/enrolments/<enrolment_id>")
    @tells(None, by="account", status=204, refuses=_KNOWN)
    async def remove(room_id: str, enrolment_id: str) -> Response:
        """Remove somebody from the list: their link opens nothing any more.

        They are out of the class that goes on.
        """
        room = await own_room(doors, room_id)
        await store.remove_enrolment(room.id, _id(enrolment_id), at=utc_now())
        doors.live.let_go(room.id, participant_of(room.id, enrolment_id))
        return Response(b"", status=204)

    @routes.post("/api/rooms/<room_id>/enrolments/<enrolment_id>/restore")
    @tells(EnrolmentTold, by="account", refuses=(*_KNOWN, "enrolment.limit", "enrolment.taken"))
    async def restore(room_id: str, enrolment_id: str) -> Response:
        """Bring somebody back who was removed in the last 30 days, with their old link."""
        room = await own_room(doors, room_id)
        return jsonify(
            enrolment_told(doors, await store.restore_enrolment(room.id, _id(enrolment_id)))
        )

    @routes.post("/api/rooms/<room_id>/enrolments/<enrolment_id>/link")
    @tells(EnrolmentTold, by="account", refuses=_KNOWN)
    async def renew(room_id: str, enrolment_id: str) -> Response:
        """Give somebody a new link; whoever came by the one before is out of the class at once."""
        room = await own_room(doors, room_id)
        row = await store.renew_link(room.id, _id(enrolment_id))
        doors.live.let_go(room.id, participant_of(room.id, row.id))
        return jsonify(enrolment_told(doors, row))


def _list(doors: Doors, rows: list[store.EnrolmentRow]) -> Response:
    return jsonify(EnrolmentsTold([enrolment_told(doors, row) for row in rows], store.COUNT_MAX))


def _id(text: str) -> str:
    if not may_be_id(text):
        raise Refused("enrolment.unknown")
    return text
