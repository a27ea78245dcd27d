"""The door of a room, for anybody with its code: what is behind it, and a seat there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify, request

from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.seating import role_here, seat_claims
from classroom.http.told import tells
from classroom.http.visitor import TOKEN_MAX, remember_host, this_visitor
from classroom.ids import read_room_code
from classroom.people.account import NAME_MAX
from classroom.people.address import address_key
from classroom.people.links import read_host_token
from classroom.people.role import Role
from classroom.people.seat import SEAT_KEY, issue_seat
from classroom.people.seat import TOKEN_MAX as SEAT_MAX
from classroom.store.rooms import RoomRow, room_by_code, room_by_id


class AskSeat(Body):
    """`existing` is an older seat token of this browser, to come back as the same participant."""

    name: str = Field(max_length=NAME_MAX * 4)
    existing: str | None = Field(default=None, max_length=SEAT_MAX)


@dataclass(frozen=True, slots=True)
class LiveTold:
    """A class that goes on, seen from the door: students' names stay inside."""

    hosts: list[str]
    participants: int
    started_at: str


@dataclass(frozen=True, slots=True)
class KnownTold:
    """As whom the asker would come in."""

    role: Role
    name: str
    """Empty when they have no account."""


@dataclass(frozen=True, slots=True)
class DoorTold:
    """What is behind a room's link."""

    code: str
    title: str
    host_name: str
    capacity: int
    live: LiveTold | None
    rtp_capabilities: dict[str, Any]
    """Of the router, for mediasoup-client's `Device.load`."""
    you: KnownTold | None
    """Null for somebody who is not known."""


@dataclass(frozen=True, slots=True)
class SeatTold:
    """A seat in a room's class."""

    seat_token: str
    """Opens the socket, and what belongs to the class."""
    participant_id: str
    role: Role


_DOOR = ("room.unknown", "rate.limited")
_SEAT = (*_DOOR, "name.empty", "name.long", "room.full", "seat.removed")


def seat_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/by-code/...` and the host link `/enter/...`."""
    routes = Blueprint("seat", __name__)

    @routes.get("/api/rooms/by-code/<code>")
    @tells(DoorTold, by="anybody", refuses=_DOOR)
    async def show(code: str) -> Response:
        """Show what is behind a room's link."""
        room = await _room(doors, code)
        return jsonify(await _door(doors, room))

    @routes.post("/api/rooms/by-code/<code>/seat")
    @tells(SeatTold, by="browser", body=AskSeat, refuses=_SEAT)
    async def take(code: str) -> Response:
        """Take a seat in a room's class."""
        spend(doors.limits.seat, address_key(request.remote_addr))
        room = await _room(doors, code)
        body = await read_body(AskSeat)
        claims = await seat_claims(doors, room, name=body.name, existing=body.existing)
        return jsonify(
            SeatTold(
                seat_token=issue_seat(claims, key=doors.secret.key(SEAT_KEY)),
                participant_id=claims.participant_id,
                role=claims.role,
            )
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


async def _door(doors: Doors, room: RoomRow) -> DoorTold:
    look = doors.live.look(room.id)
    role = await role_here(doors, room)
    account = (await this_visitor(doors)).account
    known = account is not None or role == "host"
    return DoorTold(
        code=room.code,
        title=room.title,
        host_name=room.owner_name,
        capacity=room.capacity or doors.settings.room_capacity,
        live=None
        if look is None
        else LiveTold(list(look.hosts), len(look.participant_ids), look.started_at),
        rtp_capabilities=doors.media.capabilities(),
        you=KnownTold(role, account.name if account else "") if known else None,
    )
