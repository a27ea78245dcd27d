"""By what a browser is known as that of somebody who waits: a cookie for each visit.

It says since when this browser has been there, and whether it is known as the client's own. One
that came by the link alone is told nothing that was written before. A client's new links end it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from quart import Response, jsonify, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.visitor import TOKEN_MAX, bearer, forget_cookie, set_cookie
from classroom.ids import may_be_id
from classroom.store.client_codes import link_number_of
from classroom.store.visits import VisitRow, find_visit

COOKIE = "classroom_visit_"
COOKIE_S = 24 * 3600
_VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Here:
    """A browser in the waiting room. `since_ms` is when it came, since 1970; `links` the number of
    the client's links by then, 0 for who came without an appointment."""

    visit: VisitRow
    since_ms: int
    is_known: bool
    links: int

    def with_visit(self, visit: VisitRow) -> Here:
        """The same browser after something was done."""
        return replace(self, visit=visit)


def now_ms() -> int:
    """Since 1970."""
    return int(utc_now().timestamp() * 1000)


def remember_visit(doors: Doors, response: Response, here: Here) -> None:
    """This browser is theirs from now on."""
    said = f"{here.since_ms}.{int(here.is_known)}.{here.links}"
    proof = doors.secret.proof(_VISIT, f"{here.visit.id}.{said}")
    set_cookie(doors, response, COOKIE + here.visit.id, f"{said}.{proof}", COOKIE_S)


def forget_visit(response: Response, visit_id: str) -> None:
    """Whoever uses this browser next is somebody else."""
    forget_cookie(response, COOKIE + visit_id)


async def begun(
    doors: Doors,
    visit: VisitRow,
    tell: Callable[[Doors, Here], Awaitable[Any]],
    *,
    is_known: bool,
) -> Response:
    """201 with what they see (`tell`), and this browser is theirs."""
    here = Here(visit, now_ms(), is_known, await _links(visit))
    response = jsonify(await tell(doors, here))
    response.status_code = 201
    remember_visit(doors, response, here)
    return response


async def visit_here(doors: Doors, visit_id: str) -> Here:
    """The visit, for a browser of whoever waits; else Refused `visit.unknown`, whether there is
    such a visit or not."""
    value = request.cookies.get(COOKIE + visit_id, "") if may_be_id(visit_id) else ""
    said, _, proof = value[:TOKEN_MAX].rpartition(".")
    since_ms, known, links = [*said.split("."), "", "", ""][:3]
    if bearer() is not None or not doors.secret.is_proof(_VISIT, f"{visit_id}.{said}", proof):
        raise Refused("visit.unknown")
    visit = await find_visit(visit_id)
    if visit is None or not links.isdigit():
        raise Refused("visit.unknown")
    here = Here(visit, int(since_ms), known == "1", int(links))
    await must_be_newest(here)
    return here


async def must_be_newest(here: Here) -> None:
    """Refused `visit.unknown` for a browser that came before the client made new links."""
    if here.links != await _links(here.visit):
        raise Refused("visit.unknown")


async def _links(visit: VisitRow) -> int:
    """Whoever came without an appointment had no link, also when they are a client by now."""
    return 0 if visit.planned_s is None else await link_number_of(visit.client_id)
