"""Which seat somebody gets who asks at a room's door: a new one or theirs, and with which role."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.asker import asker_here
from classroom.http.doors import Doors
from classroom.http.enrolled import enrolled_seat, note_coming
from classroom.http.visitor import this_visitor
from classroom.ids import AccountId, ParticipantId, new_id
from classroom.people.account import clean_name
from classroom.people.role import Role
from classroom.people.seat import SEAT_KEY, SeatClaims, verify_seat
from classroom.room.policy import is_staff, may_enter
from classroom.store.rooms import RoomRow

BROWSER_HEX = 16


async def seat_claims(
    doors: Doors, room: RoomRow, *, name: str, existing: str | None
) -> SeatClaims:
    """The seat for whoever is asking; Refused `name.empty`, `name.long`, `room.full`,
    `seat.removed`, `enrolment.only`, `visit.not_admitted`.

    Somebody enrolled has their own seat and name. A guest has a new seat, or that of `existing`, an
    older token, when it is good and of the same person.
    """
    asker = await asker_here(doors, room)
    visitor = await this_visitor(doors)
    claims = SeatClaims(
        room_id=room.id,
        code=room.code,
        participant_id=ParticipantId(new_id()),
        name=name,
        role=asker.role,
        account_id=None if visitor.account is None else visitor.account.id,
        expires_at=utc_now() + timedelta(seconds=doors.settings.seat_token_s),
        browser=_browser(doors, visitor.bound),
    )
    if asker.enrolment is None:
        claims = _guest(doors, room, claims, existing)
    else:
        claims = await enrolled_seat(claims, asker.enrolment, room)
    _must_have_place(doors, room, claims.role, claims.participant_id)
    if doors.live.is_removed(claims):
        raise Refused("seat.removed")
    if asker.enrolment is not None:
        await note_coming(doors, asker.enrolment)
    return claims


def _guest(doors: Doors, room: RoomRow, new: SeatClaims, existing: str | None) -> SeatClaims:
    """A role that `existing` alone gives (a host's who came by a link) lasts no longer than it
    would have. Where only enrolled people come in, whoever is inside already may come back; to the
    room of an appointment nobody comes as a guest, whatever they once were there."""
    if room.is_of_talk and new.role == "student":
        raise Refused("enrolment.only")
    claims = replace(new, name=clean_name(new.name))
    held = _held(doors, room, existing, new.account_id)
    if held is not None:
        claims = replace(claims, participant_id=held.participant_id)
        if new.role == "student" and held.role != "student":
            claims = replace(claims, role=held.role, expires_at=held.expires_at)
    is_inside = doors.live.is_inside(room.id, claims.participant_id)
    if held is not None and is_inside:  # another class is another question
        claims = replace(claims, agreed=held.agreed)
    if room.is_enrolled_only and not is_staff(claims.role) and not is_inside:
        raise Refused("enrolment.only")
    return claims


def _browser(doors: Doors, cookie: str | None) -> str:
    """By what a browser is known for one lesson: it tells nothing of the cookie."""
    return "" if cookie is None else doors.secret.proof("browser", cookie)[:BROWSER_HEX]


def _must_have_place(doors: Doors, room: RoomRow, role: Role, who: ParticipantId) -> None:
    """Refused `room.full`; who is inside already has a place. The live room decides finally."""
    look = doors.live.look(room.id)
    inside = frozenset[str]() if look is None else frozenset(look.participant_ids)
    capacity = room.capacity or doors.settings.room_capacity
    if who not in inside and not may_enter(role, taken=len(inside), capacity=capacity):
        raise Refused("room.full", {"capacity": capacity})


def _held(
    doors: Doors, room: RoomRow, existing: str | None, account_id: AccountId | None
) -> SeatClaims | None:
    """The seat a guest had in the room, if its token is good.

    Browsers are shared: what somebody took while signed in or enrolled is not for who comes after
    them.
    """
    if existing is None:
        return None
    try:
        claims = verify_seat(existing, key=doors.secret.key(SEAT_KEY), at=utc_now())
    except Refused:
        return None
    is_of_asker = not claims.enrolment and claims.account_id in (None, account_id)
    return claims if claims.room_id == room.id and is_of_asker else None
