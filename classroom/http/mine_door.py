"""Whoever comes to a booking as its client: known, or with the private link alone.

A wrong link, an old one, one of somebody who was erased and one of a booking that never was are
refused alike, after the same looking up.
"""

from __future__ import annotations

from dataclasses import dataclass

from quart import request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.known_client import is_known_as
from classroom.http.limits import spend
from classroom.http.visitor import TOKEN_MAX, asking_address
from classroom.ids import may_be_id
from classroom.people.client_link import Shown, booking_of_token, is_ticket_token
from classroom.store.booking_asked import Scene, find_scene
from classroom.store.booking_rows import By
from classroom.store.merged import older_links

HEADER = "X-Booking"
UNKNOWN = ("booking.unknown", "rate.limited")
KNOWN = (*UNKNOWN, "booking.digits")
"""What may be refused where the link is enough, and where it is not."""
_NOBODY = Shown("nobody", 0)


@dataclass(frozen=True, slots=True)
class AtBooking:
    """`is_known` as the client; `by_link`: the newest private link was shown."""

    scene: Scene
    is_known: bool
    by_link: bool

    def must_be_known(self) -> Scene:
        """Refused `booking.digits`: the link alone is not enough for this."""
        if not self.is_known:
            raise Refused("booking.digits")
        return self.scene


async def at_booking(doors: Doors, booking_id: str) -> AtBooking:
    """Refused `booking.unknown` for everybody who is neither known nor has the link."""
    return await _found(doors, booking_id)


async def at_ticket(doors: Doors) -> AtBooking:
    """The booking of the link in the header alone; Refused `booking.unknown`."""
    return await _found(doors, booking_of_token(_token()) or "")


async def at_letter(doors: Doors, booking_id: str) -> tuple[Scene, bool]:
    """A booking that is to be confirmed, and whether the link of its letter was shown.

    Without it the digits are asked for; one that never was is refused as wrong digits are.
    """
    if _token():
        here = await _found(doors, booking_id)
        if here.by_link:
            return here.scene, True
    found = await find_scene(booking_id if may_be_id(booking_id) else "-")
    if found is None or found.client.erased_at is not None:
        spend(doors.limits.wrong_ticket, asking_address())
        raise Refused("client.code")
    return found, False


def _token() -> str:
    return request.headers.get(HEADER, "")[:TOKEN_MAX]


async def _found(doors: Doors, booking_id: str) -> AtBooking:
    address = asking_address()
    spend(doors.limits.wrong_ticket, address)
    found = await find_scene(booking_id if may_be_id(booking_id) else "-")
    token, by_link = _token(), False
    client = _NOBODY if found is None else Shown(found.client.id, found.client.link_number)
    number = 0 if found is None else found.booking.link_number
    names = [client, *await _names_before(client)]
    by_link = any(is_ticket_token(doors.secret, token, booking_id, one, number) for one in names)
    is_known = await is_known_as(doors, client.client_id)
    if found is None or found.client.erased_at is not None or not (by_link or is_known):
        raise Refused("booking.unknown")
    doors.limits.wrong_ticket.give_back(address)
    return AtBooking(found, is_known, by_link)


async def _names_before(client: Shown) -> list[Shown]:
    """Links that were made before two clients were merged name the one who is gone."""
    return [Shown(*one) for one in await older_links(client.client_id, client.link_number)]


def by_client(scene: Scene) -> By:
    """Who does something with their own booking."""
    return By("client", scene.client.id)
