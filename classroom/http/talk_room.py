"""The talk a room is for, for who leads it: clients with their zone, experts who were added."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.at_door import room_at_door
from classroom.http.body import read_body
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.talk_room_told import NewExpert, TalkRoomTold, talk_room_told
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.people.account import clean_name
from classroom.store import talk_people as store
from classroom.store.booking_asked import Scene

_REFUSES = ("room.unknown", "booking.unknown")


def talk_room_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/by-code/<code>/talk`."""
    routes = Blueprint("talk_room", __name__)

    @routes.get("/api/rooms/by-code/<code>/talk")
    @tells(TalkRoomTold, by="account", refuses=_REFUSES)
    async def look(code: str) -> Response:
        """Tell who leads or helps in the room of an appointment what it is about."""
        mine, scenes, _ = await _at(doors, code)
        return jsonify(await talk_room_told(doors, mine, scenes))

    @routes.post("/api/rooms/by-code/<code>/talk/people")
    @tells(
        TalkRoomTold,
        by="account",
        body=NewExpert,
        refuses=(
            *_REFUSES,
            *("member.unknown", "name.empty", "name.long", "right.missing", "enrolment.limit"),
        ),
    )
    async def add(code: str) -> Response:
        """Add an expert to a talk: a colleague is rung at their desk, an outsider gets a link."""
        mine, scenes, leads = await _at(doors, code)
        if not leads:
            raise Refused("right.missing", {"right": "queue.lead"})
        body = await read_body(NewExpert)
        name = "" if body.member_id else clean_name(body.name)
        room = await room_at_door(doors, code)
        await store.add_expert(
            scenes[0],
            room.id,
            member_id=body.member_id,
            name=name,
            by=mine.account.id,
            at=utc_now(),
        )
        if body.member_id:
            ids = {"member_id": body.member_id, "host_id": scenes[0].host.id, "code": room.code}
            doors.desks.tell_desk(mine.org.id, "help", ids)
        return jsonify(await talk_room_told(doors, mine, scenes))

    return routes


async def _at(doors: Doors, code: str) -> tuple[Desk, list[Scene], bool]:
    """The desk of whoever asks, the bookings, and whether they lead; Refused `booking.unknown` for
    everybody who neither leads nor was added, and for every other room."""
    (await this_visitor(doors)).must_be_signed_in()
    room = await room_at_door(doors, code)
    scenes = await store.scenes_of_room(room.id)
    if not scenes:
        raise Refused("booking.unknown")
    try:
        mine = await desk(doors, scenes[0].org.id)
    except Refused:
        raise Refused("booking.unknown") from None
    is_owner = room.owner_id == mine.account.id
    leads = is_owner or (mine.may("queue.lead", scenes[0].host.id) and mine.role != "reception")
    if not leads and not await store.is_expert(scenes[0].booking.id, mine.member_id):
        raise Refused("booking.unknown")
    return mine, scenes, leads
