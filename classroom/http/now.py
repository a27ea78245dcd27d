"""Asking for a talk at once, on the page of a host who is free now. No account is needed."""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.errors import Refused
from classroom.http.asked_now import ASKED, AskNow, visit_of
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.free_now import must_be_free
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visit_key import begun
from classroom.http.visit_told import VisitTold, visit_told
from classroom.http.visitor import asking_address
from classroom.store.hosts import host_at
from classroom.store.visits import add_visit

_REFUSES = ("host.unknown", "visit.busy", "visit.full", *ASKED, "rate.limited")


def now_routes(doors: Doors) -> Blueprint:
    """`/api/book/<org>/<host>/now`."""
    routes = Blueprint("now", __name__)

    @routes.post("/api/book/<org>/<host>/now")
    @tells(VisitTold, by="browser", status=201, body=AskNow, refuses=_REFUSES)
    async def ask(org: str, host: str) -> Response:
        """Wait for a talk with somebody who is free now."""
        body = await read_body(AskNow)
        found = await host_at(org, host)
        if found is None:
            raise Refused("host.unknown")
        await must_be_free(doors, found[1], body)
        spend(doors.limits.visit_new, asking_address())
        visit = await add_visit(await visit_of(found[1], body), now_s=doors.desks.now_s)
        doors.desks.changed(visit.org_id)
        return await begun(doors, visit, visit_told, is_known=True)

    return routes
