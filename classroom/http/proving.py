"""Digits mailed to a client and typed again: whoever types them is known as the client."""

from __future__ import annotations

from hmac import compare_digest

from quart import Response

from classroom.clock import utc_now
from classroom.http.doors import Doors
from classroom.http.known_client import remember_clients
from classroom.http.limits import spend
from classroom.http.spending import spend_here
from classroom.people.client_link import digits_of
from classroom.store import client_codes
from classroom.store.booking_asked import Scene
from classroom.store.booking_rows import ClientRow
from classroom.store.client_letters import post_digits


async def mail_digits(doors: Doors, scene: Scene) -> None:
    """Other digits than before, to the address that was written down; Refused `rate.limited`."""
    spend(doors.limits.book_code, f"{scene.org.id} {scene.client.email}")
    letters = doors.appointments.letters
    await post_digits(letters, scene, lambda one: _digits(doors, one), at=utc_now())
    doors.appointments.wake("post")


async def prove(doors: Doors, client_id: str, typed: str) -> ClientRow:
    """Refused `client.code`, `client.code_old`; a try counts."""
    spend_here(doors.limits.wrong_ticket)
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())

    def fits(client: ClientRow) -> bool:
        return compare_digest(_digits(doors, client), digits)

    return await client_codes.prove(client_id, fits, at=utc_now())


async def remember(doors: Doors, response: Response, client: ClientRow) -> None:
    """This browser is known as them, and as whoever else proved the same address."""
    remember_clients(doors, response, await client_codes.clients_alike(client))


def _digits(doors: Doors, client: ClientRow) -> str:
    return digits_of(doors.secret, client.id, client.code_number)
