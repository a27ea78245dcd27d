"""The door of a room, for anybody with its code: what is behind it, and a seat there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import address_key, spend
from classroom.http.visitor import TOKEN_MAX, holds_host_link, remember_host, this_visitor
from classroom.ids import ParticipantId, new_id, read_room_code
from classroom.people.account import NAME_MAX, clean_name
from classroom.people.links import read_host_token
from classroom.people.role import Role, role_in_room
from classroom.people.seat import SEAT_KEY, SeatClaims, issue_seat, verify_seat
from classroom.people.seat import TOKEN_MAX as SEAT_MAX
from classroom.room.policy import may_enter
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
        claims = await _claims(doors, room, await read_body(AskSeat))
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
    """The room; wrong codes are counted, so that nobody can try them all."""
    spelled = read_room_code(code)
    room = None if spelled is None else await room_by_code(spelled)
    if room is None:
        spend(doors.limits.wrong_code, address_key(request.remote_addr))
        raise Refused("room.unknown")
    return room


async def _door(doors: Doors, room: RoomRow) -> dict[str, Any]:
    look = doors.live.look(room.id)
    role = await _role(doors, room)
    account = (await this_visitor(doors)).account
    known = account is not None or role == "host"
    return {
        "code": room.code,
        "title": room.title,
        "host_name": room.owner_name,
        "capacity": doors.settings.room_capacity,
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


async def _claims(doors: Doors, room: RoomRow, body: AskSeat) -> SeatClaims:
    name = clean_name(body.name)
    account = (await this_visitor(doors)).account
    role = await _role(doors, room)
    held = _held(doors, room, body.existing)
    if held is not None and held.role != "student":
        role = held.role
    participant_id = ParticipantId(new_id()) if held is None else held.participant_id
    _must_have_place(doors, room, role, participant_id)
    return SeatClaims(
        room_id=room.id,
        code=room.code,
        participant_id=participant_id,
        name=name,
        role=role,
        account_id=account.id if account is not None else None,
        expires_at=utc_now() + timedelta(seconds=doors.settings.seat_token_s),
    )


def _must_have_place(doors: Doors, room: RoomRow, role: Role, who: ParticipantId) -> None:
    """Refused `room.full`; who is inside already has a place. The live room decides finally."""
    look = doors.live.look(room.id)
    inside = frozenset[str]() if look is None else frozenset(look.participant_ids)
    capacity = doors.settings.room_capacity
    if who not in inside and not may_enter(role, taken=len(inside), capacity=capacity):
        raise Refused("room.full", {"capacity": capacity})


def _held(doors: Doors, room: RoomRow, existing: str | None) -> SeatClaims | None:
    """The seat this browser had in the room, if its token is good."""
    if existing is None:
        return None
    try:
        claims = verify_seat(existing, key=doors.secret.key(SEAT_KEY), at=utc_now())
    except Refused:
        return None
    return claims if claims.room_id == room.id else None


async def _role(doors: Doors, room: RoomRow) -> Role:
    account = (await this_visitor(doors)).account
    return role_in_room(
        owner_id=room.owner_id,
        account_id=None if account is None else account.id,
        has_host_link=holds_host_link(doors, room.id),
    )
