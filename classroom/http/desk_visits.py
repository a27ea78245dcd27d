"""What a desk does with somebody who waits: called, let in, passed on, refused, written to."""

from __future__ import annotations

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.booking.queue import WAITING
from classroom.errors import Refused
from classroom.http.admitting import admit
from classroom.http.body import Body, read_body
from classroom.http.desk import desk_here
from classroom.http.desk_door import Desk
from classroom.http.desk_told import DeskTold, desk_told
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.http.visit_acts import WayIn
from classroom.http.written import TEXT_MAX, Written, write_to
from classroom.store.visits import VisitRow, find_visit, note_visit, turn_visit

_VISIT = ("visit.unknown", "right.missing", "rate.limited")


class PassedOn(Body):
    """To whom."""

    host_id: str = Field(max_length=64)


class Urgent(Body):
    """Whether somebody is to be first."""

    on: bool


class Refusal(Body):
    """What the client reads."""

    sentence: str = Field(default="", max_length=TEXT_MAX)


def desk_visit_routes(doors: Doors) -> Blueprint:
    """`/api/visits/...`"""
    routes = Blueprint("desk_visits", __name__)

    @routes.post("/api/visits/<visit_id>/call")
    @tells(DeskTold, by="account", refuses=_VISIT)
    async def call(visit_id: str) -> Response:
        """Tell somebody that it is their turn in a moment."""
        mine, visit = await _visit(doors, visit_id)
        await turn_visit(visit.id, "call", now_s=doors.desks.now_s)
        return await _done(doors, mine)

    @routes.post("/api/visits/<visit_id>/admit")
    @tells(WayIn, by="account", refuses=(*_VISIT, "form.unsigned", "offer.unknown"))
    async def let_in(visit_id: str) -> Response:
        """Let somebody in: makes the room of the talk and their seat there."""
        mine, visit = await _visit(doors, visit_id)
        room = await admit(doors, mine, visit)
        return jsonify(WayIn(room.code))

    @routes.post("/api/visits/<visit_id>/message")
    @tells(DeskTold, by="account", body=Written, refuses=_VISIT)
    async def write(visit_id: str) -> Response:
        """Write to somebody who waits."""
        mine, visit = await _visit(doors, visit_id)
        if visit.state not in WAITING:
            raise Refused("visit.unknown")
        await write_to(visit, mine.account, (await read_body(Written)).clean())
        return await _done(doors, mine)

    _add_moves(doors, routes)
    return routes


def _add_moves(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/visits/<visit_id>/pass")
    @tells(DeskTold, by="account", body=PassedOn, refuses=(*_VISIT, "host.unknown"))
    async def pass_on(visit_id: str) -> Response:
        """Pass somebody on to a colleague; they keep their time of waiting."""
        mine, visit = await _visit(doors, visit_id)
        host_id = (await read_body(PassedOn)).host_id
        if host_id not in (await doors.desks.look(mine.org.id)).hosts:
            raise Refused("host.unknown")
        await turn_visit(visit.id, "pass", now_s=doors.desks.now_s, host_id=host_id)
        return await _done(doors, mine)

    @routes.post("/api/visits/<visit_id>/urgent")
    @tells(DeskTold, by="account", body=Urgent, refuses=_VISIT)
    async def mark(visit_id: str) -> Response:
        """Let somebody be first, or as everybody."""
        mine, visit = await _visit(doors, visit_id)
        await note_visit(visit.id, urgency="marked" if (await read_body(Urgent)).on else "")
        return await _done(doors, mine)

    @routes.post("/api/visits/<visit_id>/refuse")
    @tells(DeskTold, by="account", body=Refusal, refuses=_VISIT)
    async def refuse(visit_id: str) -> Response:
        """Send somebody away with a sentence; an appointment of theirs stays as it is."""
        mine, visit = await _visit(doors, visit_id)
        answer = (await read_body(Refusal)).sentence.strip()
        await turn_visit(visit.id, "refuse", now_s=doors.desks.now_s, answer=answer)
        return await _done(doors, mine)


async def _visit(doors: Doors, visit_id: str) -> tuple[Desk, VisitRow]:
    """A visit, for who leads the queue it stands in; for others there is none."""
    visit = await find_visit(visit_id)
    mine = await desk_here(doors, "" if visit is None else visit.org_id, "visit.unknown")
    if visit is None or not mine.may("queue.lead", visit.host_id):
        raise Refused("visit.unknown")
    return mine, visit


async def _done(doors: Doors, mine: Desk) -> Response:
    doors.desks.changed(mine.org.id)
    return jsonify(await desk_told(doors, mine))
