"""The waiting room, for whoever waits: their place, their check, and what it is about."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.http.asked_now import REASON_MAX
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.stream import KIND, stream_answer
from classroom.http.told import tells
from classroom.http.visit_acting import HERE, acting, seen, turned
from classroom.http.visit_key import must_be_newest, visit_here
from classroom.http.visit_told import VisitTold, visit_told
from classroom.http.visitor import asking_address
from classroom.store.visits import note_visit

Device = Literal["works", "silent", "off", "missing", "refused", "busy", "failed", "skipped"]
Speaker = Literal["heard", "unheard", "skipped"]
Network = Literal["good", "fair", "poor", "none", "skipped"]


class Checked(Body):
    """What the check found, as words: never the name of a device."""

    camera: Device | None = None
    microphone: Device | None = None
    speaker: Speaker | None = None
    network: Network | None = None
    seconds: int = Field(default=0, ge=0, le=3600)
    """How long it took."""


class Readiness(Body):
    """`on` false: they check again."""

    on: bool = True


class Reason(Body):
    """What it is about, and whether it cannot wait; what is not given stays."""

    reason: str | None = Field(default=None, max_length=REASON_MAX)
    urgent: bool | None = None


def visit_routes(doors: Doors) -> Blueprint:
    """`/api/mine/visits/...`, to look at and to be checked."""
    routes = Blueprint("visits", __name__)

    @routes.get("/api/mine/visits/<visit_id>")
    @tells(VisitTold, by="anybody", refuses=HERE)
    async def show(visit_id: str) -> Response:
        """Show somebody who waits their place, and when it is thought to be their turn."""
        spend(doors.limits.visit_look, asking_address())
        return jsonify(await visit_told(doors, await visit_here(doors, visit_id)))

    @routes.get("/api/mine/visits/<visit_id>/stream")
    @tells(None, by="anybody", kind=KIND, refuses=(*HERE, "server.busy"))
    async def stream(visit_id: str) -> Response:
        """Tell the same as server-sent events `now`, at once and whenever it changes.

        While it is open, somebody is there; 10 minutes without it are leaving.
        """
        spend(doors.limits.visit_look, asking_address())
        here = await visit_here(doors, visit_id)

        async def view() -> Any:
            await must_be_newest(here)
            return await visit_told(doors, here)

        return stream_answer(doors.desks.watch_visit(here.visit, view))

    _add_check(doors, routes)
    return routes


def _add_check(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/mine/visits/<visit_id>/check")
    @tells(VisitTold, by="browser", body=Checked, refuses=HERE)
    async def check(visit_id: str) -> Response:
        """Tell the desk what the check of devices and connection found."""
        here = await acting(doors, visit_id)
        body = await read_body(Checked)
        news = {name: value for name, value in body.model_dump().items() if value is not None}
        await note_visit(visit_id, checked={**here.visit.checked, **news})
        return await seen(doors, here)

    @routes.post("/api/mine/visits/<visit_id>/ready")
    @tells(VisitTold, by="browser", body=Readiness, refuses=HERE)
    async def ready(visit_id: str) -> Response:
        """Be ready to be called, or check again."""
        here = await acting(doors, visit_id)
        return await turned(doors, here, "ready" if (await read_body(Readiness)).on else "unready")

    @routes.post("/api/mine/visits/<visit_id>/reason")
    @tells(VisitTold, by="browser", body=Reason, refuses=HERE)
    async def reason(visit_id: str) -> Response:
        """Say what it is about, and whether it cannot wait."""
        here = await acting(doors, visit_id)
        body = await read_body(Reason)
        news: dict[str, Any] = {} if body.reason is None else {"reason": body.reason.strip()}
        if body.urgent is not None and here.visit.urgency != "marked":
            news["urgency"] = "said" if body.urgent else ""
        await note_visit(visit_id, **news)
        return await seen(doors, here)
