"""Merging two clients who are one person, over HTTP."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.client_door import desk_of_client
from classroom.http.client_shown import client_shown
from classroom.http.client_told import ClientTold, MergeBody
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.store.merged import who_is
from classroom.store.merging import merge

_REFUSES = (
    *("client.unknown", "client.erased", "client.same", "client.being_erased"),
    *("right.missing", "rate.limited"),
)


def client_merging_routes(doors: Doors) -> Blueprint:
    """`/api/clients/<client_id>/merge`."""
    routes = Blueprint("client_merging", __name__)

    @routes.post("/api/clients/<client_id>/merge")
    @tells(ClientTold, by="account", body=MergeBody, refuses=_REFUSES)
    async def merging(client_id: str) -> Response:
        """Make another client's talks, notes, files, money and letters this one's, for good.

        Whoever may do it only with their own clients needs both to be theirs. The same again
        changes nothing.
        """
        mine, client = await desk_of_client(doors, client_id, "client.merge")
        spend(doors.limits.client_task, mine.account.id)
        body = await read_body(MergeBody)
        if await who_is(body.client_id) != client.id or body.client_id == client.id:
            await mine.must_with_client("client.merge", body.client_id)
            client = await merge(
                mine.org.id,
                client.id,
                body.client_id,
                taking=body.take,
                by=mine.account.id,
                at=utc_now(),
            )
            await mine.opened("client.merge", body.client_id, client.id)
            doors.desks.changed(mine.org.id)
        return jsonify(await client_shown(mine, client))

    return routes
