"""Somebody in the waiting room who does something, and what they are answered."""

from __future__ import annotations

from quart import Response, jsonify

from classroom.booking.queue import OPEN, Deed
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.visit_key import Here, visit_here
from classroom.http.visit_told import visit_told
from classroom.http.visitor import asking_address
from classroom.store.visits import turn_visit

HERE = ("visit.unknown", "rate.limited")
"""What all of it refuses."""


async def acting(doors: Doors, visit_id: str, *, is_open: bool = True) -> Here:
    """Whoever waits; Refused `visit.unknown` for everybody else, and when it is over."""
    spend(doors.limits.visit_act, asking_address())
    here = await visit_here(doors, visit_id)
    if is_open and here.visit.state not in OPEN:
        raise Refused("visit.unknown")
    return here


async def turned(doors: Doors, here: Here, deed: Deed) -> Response:
    """The deed is done; what they see then."""
    await turn_visit(here.visit.id, deed, now_s=doors.desks.now_s)
    return await seen(doors, here)


async def seen(doors: Doors, here: Here) -> Response:
    """Something of them is new: everybody who looks on is told, and so are they."""
    doors.desks.changed(here.visit.org_id)
    return jsonify(await visit_told(doors, here))
