"""The door for who has a seat in a room: they show its token (`Authorization: Seat <token>`).

An account has nothing to say here. Whether the seat is taken now is asked of the live rooms.
"""

from __future__ import annotations

from quart import request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.ids import read_room_code
from classroom.people.author import author_of
from classroom.people.seat import SEAT_KEY, SeatClaims, verify_seat
from classroom.room.policy import is_staff
from classroom.store.enrolments import seat_now
from classroom.store.rooms import room_by_id

_SCHEME = "Seat "


def seat_of(doors: Doors, code: str) -> SeatClaims:
    """The seat in the room of this code whose token is shown; Refused `seat.forged`,
    `seat.expired`.

    A token names its room and is signed, so no code can be guessed here.
    """
    shown = request.headers.get("Authorization", "")
    if not shown.startswith(_SCHEME):
        raise Refused("seat.forged")
    token = shown.removeprefix(_SCHEME).strip()
    seat = verify_seat(token, key=doors.secret.key(SEAT_KEY), at=utc_now())
    if seat.code != read_room_code(code):
        raise Refused("seat.forged")
    return seat


async def check_enrolled_seat(doors: Doors) -> None:
    """Refused `enrolment.replaced` when a seat is shown that was taken by a link which counts no
    more, `seat.removed` for that of somebody who led the room of an appointment and left the team.
    What else is wrong with a seat is said where it is needed."""
    shown = request.headers.get("Authorization", "")
    if not shown.startswith(_SCHEME):
        return
    token = shown.removeprefix(_SCHEME).strip()
    try:
        seat = verify_seat(token, key=doors.secret.key(SEAT_KEY), at=utc_now())
    except Refused:
        return
    if seat.enrolment:
        if await seat_now(seat) is None:
            raise Refused("enrolment.replaced")
    elif seat.role == "host":
        room = await room_by_id(seat.room_id)
        if room is not None and room.has_lost(seat):
            raise Refused("seat.removed")


def seat_key(seat: SeatClaims) -> str:
    """The seat as the key of a throttle: one person in one room."""
    return f"{seat.room_id} {seat.participant_id}"


def leads_class(doors: Doors, seat: SeatClaims) -> bool:
    """Whether the seat's holder leads the class now; a seat's own role may be an old one, and
    counts for who is not inside."""
    return is_staff(doors.live.role_of(seat.room_id, seat.participant_id) or seat.role)


def seat_author(seat: SeatClaims) -> str:
    """Whose work it is in this room, also when they come back with another seat."""
    return author_of(seat.room_id, seat.account_id, seat.participant_id)
