"""Which seat somebody gets who asks at a room's door: a new one or theirs, and with which role."""

from __future__ import annotations

from datetime import timedelta

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.visitor import holds_host_link, this_visitor
from classroom.ids import AccountId, ParticipantId, new_id
from classroom.people.account import clean_name
from classroom.people.role import Role, role_in_room
from classroom.people.seat import SEAT_KEY, SeatClaims, verify_seat
from classroom.room.policy import may_enter
from classroom.store.rooms import RoomRow

BROWSER_HEX = 16


async def seat_claims(
    doors: Doors, room: RoomRow, *, name: str, existing: str | None
) -> SeatClaims:
    """The seat for whoever is asking; Refused `name.empty`, `name.long`, `room.full`,
    `seat.removed`.

    `existing` is an older token: when it is good and of the same person, the seat is the same one.
    A role it alone gives (a host's who came by a link) lasts no longer than it would have.
    """
    name = clean_name(name)
    visitor = await this_visitor(doors)
    account_id = None if visitor.account is None else visitor.account.id
    role = await role_here(doors, room)
    expires_at = utc_now() + timedelta(seconds=doors.settings.seat_token_s)
    held = _held(doors, room, existing, account_id)
    if held is not None and role == "student" and held.role != "student":
        role, expires_at = held.role, held.expires_at
    participant_id = ParticipantId(new_id()) if held is None else held.participant_id
    _must_have_place(doors, room, role, participant_id)
    claims = SeatClaims(
        room_id=room.id,
        code=room.code,
        participant_id=participant_id,
        name=name,
        role=role,
        account_id=account_id,
        expires_at=expires_at,
        browser=_browser(doors, visitor.bound),
    )
    if doors.live.is_removed(claims):
        raise Refused("seat.removed")
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
    """The seat the asker had in the room, if its token is good.

    Browsers are shared: what somebody took while signed in is not for who comes after them.
    """
    if existing is None:
        return None
    try:
        claims = verify_seat(existing, key=doors.secret.key(SEAT_KEY), at=utc_now())
    except Refused:
        return None
    is_of_asker = claims.account_id is None or claims.account_id == account_id
    return claims if claims.room_id == room.id and is_of_asker else None


async def role_here(doors: Doors, room: RoomRow) -> Role:
    """What whoever is asking would be in the room."""
    account = (await this_visitor(doors)).account
    return role_in_room(
        owner_id=room.owner_id,
        account_id=None if account is None else account.id,
        has_host_link=holds_host_link(doors, room.id),
    )
