"""The door of a room, for anybody with its code: what is behind it, and a seat there."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify, request

from classroom.http.at_door import room_at_door, room_of_seat
from classroom.http.body import Body, read_body
from classroom.http.consent_door import with_agreement
from classroom.http.door_told import DoorTold, door_told
from classroom.http.doors import Doors
from classroom.http.enrolled import keep_remembering
from classroom.http.seating import seat_claims
from classroom.http.told import tells
from classroom.people.account import NAME_MAX
from classroom.people.role import Role
from classroom.people.seat import SEAT_KEY, issue_seat
from classroom.people.seat import TOKEN_MAX as SEAT_MAX

TEXT_ID_MAX = 32
LOCALE_MAX = 35


class AskSeat(Body):
    """`existing` is an older seat token of this browser, to come back as the same participant;
    `agreed` the text of consent that was agreed to, where the room requires that."""

    name: str = Field(max_length=NAME_MAX * 4)
    existing: str | None = Field(default=None, max_length=SEAT_MAX)
    agreed: str = Field(default="", max_length=TEXT_ID_MAX)


@dataclass(frozen=True, slots=True)
class SeatTold:
    """A seat in a room's class."""

    seat_token: str
    """Opens the socket, and what belongs to the class."""
    participant_id: str
    role: Role


_DOOR = ("room.unknown", "rate.limited")
_CONSENT = ("consent.needed", "consent.text")
_SEAT = (
    *_DOOR,
    "name.empty",
    "name.long",
    "room.full",
    "seat.removed",
    "enrolment.only",
    "visit.not_admitted",
    *_CONSENT,
)


def seat_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/by-code/...`."""
    routes = Blueprint("seat", __name__)

    @routes.get("/api/rooms/by-code/<code>")
    @tells(DoorTold, by="anybody", refuses=_DOOR)
    async def show(code: str) -> Response:
        """Show what is behind a room's link."""
        room = await room_at_door(doors, code)
        return jsonify(await door_told(doors, room, request.args.get("locale", "")[:LOCALE_MAX]))

    @routes.post("/api/rooms/by-code/<code>/seat")
    @tells(SeatTold, by="browser", body=AskSeat, refuses=_SEAT)
    async def take(code: str) -> Response:
        """Take a seat in a room's class."""
        room = await room_of_seat(doors, code)
        body = await read_body(AskSeat)
        claims = await seat_claims(doors, room, name=body.name, existing=body.existing)
        claims = await with_agreement(room, claims, body.agreed)
        seat = SeatTold(
            seat_token=issue_seat(claims, key=doors.secret.key(SEAT_KEY)),
            participant_id=claims.participant_id,
            role=claims.role,
        )
        response = jsonify(seat)
        if claims.enrolment:
            keep_remembering(doors, response, room.id)
        return response

    return routes
