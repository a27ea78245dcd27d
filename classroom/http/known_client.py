"""As which clients this browser is known: by its cookie, and by the account that is signed in.

An account counts only for clients that were kept in it; an equal address proves nothing.
"""

from __future__ import annotations

from quart import Response, g, request

from classroom.http.doors import Doors
from classroom.http.visitor import bearer, set_cookie, this_visitor
from classroom.people.client_link import Shown, known_cookie, read_known
from classroom.store.booking_rows import ClientRow
from classroom.store.client_codes import known_clients

COOKIE = "classroom_client"
COOKIE_S = 180 * 24 * 3600
COOKIE_MAX = 1_500


async def clients_here(doors: Doors) -> list[ClientRow]:
    """Whom this browser is known as; nobody for a program. Looked up once for each request."""
    found: list[ClientRow] | None = g.get("clients")
    if found is None:
        found = g.clients = await _find(doors)
    return found


async def is_known_as(doors: Doors, client_id: str) -> bool:
    """Whether this browser is known as that client."""
    return any(one.id == client_id for one in await clients_here(doors))


def remember_clients(doors: Doors, response: Response, clients: list[ClientRow]) -> None:
    """This browser is known as these too from now on, and as the others for longer."""
    new = [Shown(one.id, one.standing) for one in clients]
    ids = {one.client_id for one in new}
    old = [one for one in _shown(doors) if one.client_id not in ids]
    set_cookie(doors, response, COOKIE, known_cookie(doors.secret, [*new, *old]), COOKIE_S)


def _shown(doors: Doors) -> list[Shown]:
    cookie = "" if bearer() is not None else request.cookies.get(COOKIE, "")
    return read_known(doors.secret, cookie[:COOKIE_MAX])


async def _find(doors: Doors) -> list[ClientRow]:
    if bearer() is not None:
        return []
    account = (await this_visitor(doors)).account
    shown = [(one.client_id, one.link_number) for one in _shown(doors)]
    return await known_clients(shown, "" if account is None else account.id)
