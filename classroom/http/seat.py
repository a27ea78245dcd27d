"""The door of a room, for anybody with its code: what is behind it, and a seat there."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify, request

from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.seating import role_here, seat_claims
from classroom.http.visitor import TOKEN_MAX, remember_host, this_visitor
from classroom.ids import read_room_code
from classroom.people.account import NAME_MAX
from classroom.people.address import address_key
from classroom.people.links import read_host_token
from classroom.people.seat import SEAT_KEY, issue_seat
from classroom.people.seat import TOKEN_MAX as SEAT_MAX
from classroom.store.rooms import RoomRow, room_by_code, room_by_id


class AskSeat(Body):
    """`existing` is an older seat token of this browser, to come back as the same participant."""

    name: str = Field(max_length=NAME_MAX * 4)
    existing: str | None = Field(default=None, max_length=SEAT_MAX)


def seat_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/by-code/...` and the host link `/enter/...`."""
    routes = Blueprint("seat", __name__)

    @routes.get("/api/rooms/by-code/<code>")
    async def show(code: str) -> Response:
        room = await _room(doors, code)
        return jsonify(await _door(doors, room))

    @routes.post("/api/rooms/by-code/<code>/seat")
    async def take(code: str) -> Response:
        spend(doors.limits.seat, address_key(request.remote_addr))
        room = await _room(doors, code)
        body = await read_body(AskSeat)
        claims = await seat_claims(doors, room, name=body.name, existing=body.existing)
        return jsonify(
            {
                "seat_token": issue_seat(claims, key=doors.secret.key(SEAT_KEY)),
                "participant_id": claims.participant_id,
                "role": claims.role,
            }
        )

    @routes.get("/enter/<token>")
    async def enter(token: str) -> Response:
        """The host link: gives the right to this browser and goes on to the room."""
        room_id = read_host_token(doors.secret, token[:TOKEN_MAX])
        room = None if room_id is None else await room_by_id(room_id)
        onward = "/" if room is None else f"/r/{room.code}"
        response = Response(b"", status=303, headers={"Location": onward})
        if room is not None:
            remember_host(doors, response, room.id, token)
        return response

    return routes


async def _room(doors: Doors, code: str) -> RoomRow:
    """The room; wrong codes are counted, so that nobody can try them all.

    A try is paid for before the answer is known: who has used theirs up learns nothing any more,
    not even of a code that is right.
    """
    tries, key = doors.limits.wrong_code, address_key(request.remote_addr)
    spend(tries, key)
    spelled = read_room_code(code)
    room = None if spelled is None else await room_by_code(spelled)
    if room is None:
        raise Refused("room.unknown")
    tries.give_back(key)
    return room


async def _door(doors: Doors, room: RoomRow) -> dict[str, Any]:
    look = doors.live.look(room.id)
    role = await role_here(doors, room)
    account = (await this_visitor(doors)).account
    known = account is not None or role == "host"
    return {
        "code": room.code,
        "title": room.title,
        "host_name": room.owner_name,
        "capacity": room.capacity or doors.settings.room_capacity,
        "live": None
        if look is None
        else {
            "hosts": list(look.hosts),
            "participants": len(look.participant_ids),
            "started_at": look.started_at,
        },
        "rtp_capabilities": doors.media.capabilities(),
        "you": {"role": role, "name": account.name if account else ""} if known else None,
    }
