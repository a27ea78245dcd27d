"""The desk: who waits for whom, who takes visitors at once, and a line to all who wait."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify, request

from classroom.booking.queue import WAITING
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.desk_door import Desk, desk, desk_again
from classroom.http.desk_told import DeskTold, desk_told
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.stream import KIND, stream_answer
from classroom.http.told import tells
from classroom.http.written import Written, write_to
from classroom.store.desk_look import switch_free

_DESK = ("organisation.unknown", "right.missing", "rate.limited")
_ORG = {"org": "the organisation"}


class FreeNow(Body):
    """Whether somebody takes visitors at once."""

    org: str = Field(max_length=64)
    host_id: str = Field(max_length=64)
    on: bool


class WrittenToAll(Written):
    """A line to everybody who waits for those one may lead."""

    org: str = Field(max_length=64)


def desk_routes(doors: Doors) -> Blueprint:
    """`/api/desk...`"""
    routes = Blueprint("desk", __name__)

    @routes.get("/api/desk")
    @tells(DeskTold, by="account", query=_ORG, refuses=_DESK)
    async def show() -> Response:
        """Show who waits for those one may lead, and who of the team is here."""
        return jsonify(await desk_told(doors, await desk_here(doors, _org())))

    @routes.get("/api/desk/stream")
    @tells(None, by="account", query=_ORG, kind=KIND, refuses=(*_DESK, "server.busy"))
    async def stream() -> Response:
        """Tell the same as server-sent events `now`, at once and whenever it changes.

        Between them `news` with a `kind`: what was done with a booking, as `make`, `move`,
        `cancel`, with `host_id` and `booking_id`. A host who reads it is at their desk.
        """
        mine = await desk_here(doors, _org())

        async def view() -> Any:
            return await desk_told(doors, await desk_again(mine))

        return stream_answer(doors.desks.watch_desk(mine.org.id, mine.account.id, view))

    @routes.post("/api/desk/free")
    @tells(DeskTold, by="account", body=FreeNow, refuses=(*_DESK, "host.unknown"))
    async def free() -> Response:
        """Take visitors at once, or not any more.

        It ends by itself before an appointment, after twelve hours, and when nobody is at the desk.
        """
        body = await read_body(FreeNow)
        mine = await desk_here(doors, body.org)
        if body.host_id not in (await doors.desks.look(mine.org.id)).hosts:
            raise Refused("host.unknown")
        mine.must("queue.lead", body.host_id)
        await switch_free(body.host_id, at=utc_now() if body.on else None)
        doors.desks.changed(mine.org.id)
        return jsonify(await desk_told(doors, mine))

    _add_writing(doors, routes)
    return routes


def _add_writing(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/desk/message")
    @tells(DeskTold, by="account", body=WrittenToAll, refuses=_DESK)
    async def write_to_all() -> Response:
        """Write to everybody who waits for those one may lead."""
        body = await read_body(WrittenToAll)
        mine, text = await desk_here(doors, body.org), body.clean()
        for visit in (await doors.desks.look(mine.org.id)).visits:
            if visit.state in WAITING and mine.may("queue.lead", visit.host_id):
                await write_to(visit, mine.account, text)
        doors.desks.changed(mine.org.id)
        return jsonify(await desk_told(doors, mine))


async def desk_here(doors: Doors, org_id: str, unknown: str = "organisation.unknown") -> Desk:
    """The desk of whoever asks, as often as one may."""
    mine = await desk(doors, org_id, unknown)
    spend(doors.limits.desk_act, mine.account.id)
    return mine


def _org() -> str:
    return request.args.get("org", "")[:64]
