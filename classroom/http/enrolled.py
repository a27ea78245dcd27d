"""Who comes to a room as somebody enrolled: this browser opened their link, or they are signed in.

An address nobody has confirmed proves nothing: an account is taken for the enrolled person only
after their link was once opened while it was signed in, with the address the teacher wrote down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quart import Response, request

from classroom.clock import utc_now
from classroom.http.doors import Doors
from classroom.http.visitor import (
    TOKEN_MAX,
    bearer,
    forget_cookie,
    set_cookie,
    this_visitor,
)
from classroom.ids import RoomId
from classroom.people.enrolment import participant_of
from classroom.people.links import enrolment_of_token, is_enrolment_token
from classroom.people.seat import SeatClaims
from classroom.store.enrolments import (
    EnrolmentRow,
    enrolment_of_account,
    find_enrolment,
    must_be_let_in,
    note_seen,
)
from classroom.store.rooms import RoomRow

COOKIE = "classroom_enrolled_"
COOKIE_S = 180 * 24 * 3600
"""Set anew with each seat: a school year's holidays are shorter."""

Fault = Literal["enrolment.removed", "enrolment.replaced"]


@dataclass(frozen=True, slots=True)
class Comer:
    """As whom somebody comes who opened an enrolled person's link, or why that counts no more."""

    named: EnrolmentRow | None = None
    """Whose link it is, also when it counts no more; None when that is not known."""
    fault: Fault | None = None

    @property
    def enrolment(self) -> EnrolmentRow | None:
        """Who they are; None for a guest."""
        return None if self.fault else self.named


async def comer(doors: Doors, room: RoomRow) -> Comer:
    """Who stands at the room's door; a guest is neither enrolled nor has a fault."""
    token = "" if bearer() is not None else request.cookies.get(COOKIE + room.id, "")
    if token:
        by_link = await read_link(doors, token)
        if by_link.named is None or by_link.named.room_id == room.id:
            return by_link
    account = (await this_visitor(doors)).account
    return Comer(None if account is None else await enrolment_of_account(room.id, account.id))


async def read_link(doors: Doors, token: str) -> Comer:
    """Whose link it is; `enrolment.replaced` too for one that never was ours."""
    token = token[:TOKEN_MAX]
    enrolment_id = enrolment_of_token(token)
    found = None if enrolment_id is None else await find_enrolment(enrolment_id)
    if found is None or not is_enrolment_token(doors.secret, found.ticket, token):
        return Comer(fault="enrolment.replaced")
    if found.removed_at is not None:
        return Comer(found, fault="enrolment.removed")
    return Comer(found)


async def enrolled_seat(new: SeatClaims, enrolment: EnrolmentRow, room: RoomRow) -> SeatClaims:
    """The seat they have in every lesson of the room; Refused `visit.not_admitted` in front of the
    room of an appointment for a client who was not let in."""
    await must_be_let_in(room.kind, enrolment)
    return replace(
        new,
        participant_id=participant_of(new.room_id, enrolment.id),
        name=enrolment.name,
        enrolment=enrolment.ticket.text(),
    )


async def note_coming(doors: Doors, enrolment: EnrolmentRow) -> None:
    """They opened their link or took a seat: when, and with which account."""
    account = (await this_visitor(doors)).account
    known = None if account is None else (account.id, account.email)
    await note_seen(enrolment, account=known, at=utc_now())


def remember_enrolled(doors: Doors, response: Response, room_id: RoomId, token: str) -> None:
    """This browser is theirs from now on."""
    set_cookie(doors, response, COOKIE + room_id, token, COOKIE_S)


def keep_remembering(doors: Doors, response: Response, room_id: RoomId) -> None:
    """Let the cookie, if there is one, begin its time anew."""
    token = request.cookies.get(COOKIE + room_id)
    if token:
        set_cookie(doors, response, COOKIE + room_id, token[:TOKEN_MAX], COOKIE_S)


def forget_enrolled(response: Response, room_id: RoomId) -> None:
    """Whoever uses this browser next is somebody else."""
    forget_cookie(response, COOKIE + room_id)
