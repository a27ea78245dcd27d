"""Erasing a client, and what clients ask the organisation for: over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.client_door import desk_of_client
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.mine_door import at_booking
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.people.account import NAME_MAX
from classroom.store import client_tasks as store

_CLIENT = ("client.unknown", "client.erased", "right.missing", "rate.limited")


class EraseBody(Body):
    """The client's name, typed once more: so nobody is erased by a slip."""

    name: str = Field(max_length=NAME_MAX * 4)


class WishBody(Body):
    """What a client asks for."""

    kind: Literal["export", "erase"]


@dataclass(frozen=True, slots=True)
class TaskTold:
    """A wish or an erasing. `step` is the last one that was done."""

    id: str
    client_id: str
    kind: str
    state: str
    step: str
    at: str


def client_task_routes(doors: Doors) -> Blueprint:
    """`/api/clients/<client_id>/erase`, wishes of clients."""
    routes = Blueprint("client_tasks", __name__)

    @routes.post("/api/clients/<client_id>/erase")
    @tells(
        TaskTold,
        by="account",
        status=202,
        body=EraseBody,
        refuses=(*_CLIENT, "client.name"),
    )
    async def erase(client_id: str) -> Response:
        """Erase a client for good, with talks to come, notes, letters, files and recordings.

        Numbers and amounts of invoices stay, as tax law asks; it goes on in the background.
        """
        mine, client = await desk_of_client(doors, client_id, "client.erase")
        spend(doors.limits.client_task, mine.account.id)
        body = await read_body(EraseBody)
        if " ".join(body.name.split()) != client.name:
            raise Refused("client.name")
        await mine.opened("client.erase", client_id, client_id)
        task = await store.begin_erasing(mine.org.id, client_id, by=mine.account.id, at=utc_now())
        doors.appointments.wake("clients")
        response = jsonify(_told(task))
        response.status_code = 202
        return response

    _add_wishes(doors, routes)
    return routes


def _add_wishes(doors: Doors, routes: Blueprint) -> None:
    """What clients ask for, and what the team sees of it."""

    @routes.get("/api/organisations/<org_id>/wishes")
    @tells(list[TaskTold], by="account", refuses=("organisation.unknown", "right.missing"))
    async def listing(org_id: str) -> Response:
        """List what clients ask for, and erasings, the newest first."""
        mine = await desk(doors, org_id)
        mine.must("client.erase")
        return jsonify([_told(one) for one in await store.tasks_of(org_id)])

    @routes.delete("/api/organisations/<org_id>/wishes/<task_id>")
    @tells(
        None,
        by="account",
        status=204,
        refuses=("organisation.unknown", "right.missing", "client.unknown"),
    )
    async def answered(org_id: str, task_id: str) -> Response:
        """Note that a wish was seen to."""
        mine = await desk(doors, org_id)
        mine.must("client.erase")
        await store.answer_wish(org_id, task_id)
        return Response(b"", status=204)

    @routes.post("/api/mine/bookings/<booking_id>/wish")
    @tells(
        None,
        by="browser",
        status=202,
        body=WishBody,
        refuses=("booking.unknown", "booking.digits", "rate.limited"),
    )
    async def wish(booking_id: str) -> Response:
        """Ask the organisation for what it knows of one, or to be erased."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        spend(doors.limits.client_task, asking_address())
        body = await read_body(WishBody)
        await store.wish(scene.org.id, scene.client.id, body.kind, at=utc_now())
        doors.desks.tell_desk(scene.org.id, "wish", {"client_id": scene.client.id})
        return Response(b"", status=202)


def _told(one: store.TaskRow) -> TaskTold:
    return TaskTold(one.id, one.client_id, one.kind, one.state, one.step, iso(one.at))
