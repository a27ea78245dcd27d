"""What somebody who waits does: writing, signing, leaving, coming back, and going in."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visit_acting import HERE, acting, seen, turned
from classroom.http.visit_seat import give_seat
from classroom.http.visit_told import VisitTold
from classroom.http.written import Written
from classroom.store.visit_forms import agree
from classroom.store.visits import add_message, turn_visit


class Agreement(Body):
    """A text that is signed with a name."""

    version_id: str = Field(max_length=64)
    name: str = Field(min_length=1, max_length=60)

    def clean(self) -> str:
        """The name; Refused `body.malformed` when it is only spaces."""
        name = self.name.strip()
        if not name:
            raise Refused("body.malformed", {"field": "name"})
        return name


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where the talk is: `/r/<code>`."""

    code: str


def visit_act_routes(doors: Doors) -> Blueprint:
    """`/api/mine/visits/<id>/...`"""
    routes = Blueprint("visit_acts", __name__)

    @routes.post("/api/mine/visits/<visit_id>/message")
    @tells(VisitTold, by="browser", body=Written, refuses=HERE)
    async def message(visit_id: str) -> Response:
        """Write to the desk."""
        here = await acting(doors, visit_id)
        spend(doors.limits.visit_message, visit_id)
        text, visit = (await read_body(Written)).clean(), here.visit
        await add_message(visit.id, account_id="", name=visit.name, text=text, at=utc_now())
        return await seen(doors, here)

    @routes.post("/api/mine/visits/<visit_id>/leave")
    @tells(VisitTold, by="browser", refuses=HERE)
    async def leave(visit_id: str) -> Response:
        """Leave the waiting room; the appointment stays."""
        return await turned(doors, await acting(doors, visit_id), "leave")

    @routes.post("/api/mine/visits/<visit_id>/back")
    @tells(VisitTold, by="browser", refuses=HERE)
    async def back(visit_id: str) -> Response:
        """Come back after having left."""
        return await turned(doors, await acting(doors, visit_id, is_open=False), "back")

    @routes.post("/api/mine/visits/<visit_id>/enter")
    @tells(WayIn, by="browser", refuses=(*HERE, "visit.not_admitted"))
    async def enter(visit_id: str) -> Response:
        """Go into the talk one was let into; this browser has the client's seat from now on."""
        here = await acting(doors, visit_id)
        visit = await turn_visit(visit_id, "enter", now_s=doors.desks.now_s)
        doors.desks.changed(here.visit.org_id)
        return await give_seat(
            doors, here.with_visit(visit), lambda room: jsonify(WayIn(room.code))
        )

    _add_signing(doors, routes)
    return routes


def _add_signing(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/mine/visits/<visit_id>/agree")
    @tells(
        VisitTold,
        by="browser",
        body=Agreement,
        refuses=(*HERE, "booking.digits", "form.unknown", "form.changed"),
    )
    async def sign(visit_id: str) -> Response:
        """Sign a text before the talk; a browser that came by the link alone signs for nobody."""
        here = await acting(doors, visit_id)
        if not here.is_known:
            raise Refused("booking.digits")
        body = await read_body(Agreement)
        await agree(here.visit, body.version_id, body.clean(), at=utc_now())
        return await seen(doors, here)
