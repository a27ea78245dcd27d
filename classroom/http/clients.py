"""Clients of an organisation over HTTP: searched, opened, changed, handed on.

Every opening is written down. Whose client it is not sees what is seen of one who does not exist.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.client_door import desk_of_client, desk_of_known
from classroom.http.client_read import changed_client
from classroom.http.client_shown import client_shown
from classroom.http.client_told import ClientChange, ClientsTold, ClientTold, HandOver, listed_told
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.store import clients as store
from classroom.store.members import own_client_ids

KNOWN = ("client.unknown", "client.erased", "right.missing")
TEXT_MAX = 120


def client_routes(doors: Doors) -> Blueprint:
    """`/api/clients` and `/api/clients/<client_id>`."""
    routes = Blueprint("clients", __name__)

    @routes.get("/api/clients")
    @tells(
        ClientsTold,
        by="account",
        query={
            "org": "the organisation's id",
            "q": "words of a name, an address or a telephone number",
            "after": "the id of the last one told",
        },
        refuses=("organisation.unknown", "right.missing", "rate.limited"),
    )
    async def listing() -> Response:
        """List clients by name, those whoever asks may see."""
        mine = await desk(doors, request.args.get("org", ""))
        spend(doors.limits.client_look, mine.account.id)
        hosts = mine.hosts_for("client.see")
        found, has_more = await store.search_clients(
            mine.org.id,
            request.args.get("q", "")[:TEXT_MAX],
            now_s=int(utc_now().timestamp()),
            only=None if hosts is None else await own_client_ids(hosts),
            after=request.args.get("after", "")[:64],
        )
        return jsonify(ClientsTold([listed_told(one) for one in found], has_more))

    @routes.get("/api/clients/<client_id>")
    @tells(ClientTold, by="account", refuses=KNOWN)
    async def look(client_id: str) -> Response:
        """Tell a client with all their talks and what they signed; written down as an opening.

        Whoever was merged with another is told as that one.
        """
        mine, client = await desk_of_known(doors, client_id, "client.see")
        await mine.opened("client.see", client.id, client.id)
        return jsonify(await client_shown(mine, client))

    _add_changes(doors, routes)
    return routes


def _add_changes(doors: Doors, routes: Blueprint) -> None:
    @routes.patch("/api/clients/<client_id>")
    @tells(
        ClientTold,
        by="account",
        body=ClientChange,
        refuses=(
            *KNOWN,
            *("name.empty", "name.long", "account.invalid_email", "booking.zone"),
        ),
    )
    async def change(client_id: str) -> Response:
        """Change a client's name, address, telephone, language, zone or wish for reminders."""
        mine, client = await desk_of_client(doors, client_id, "client.change")
        news = changed_client(await read_body(ClientChange))
        client = await store.change_client(mine.org.id, client_id, news)
        await mine.opened("client.change", client_id, client_id)
        return jsonify(await client_shown(mine, client))

    @routes.post("/api/clients/<client_id>/hosts")
    @tells(ClientTold, by="account", body=HandOver, refuses=(*KNOWN, "host.unknown"))
    async def hand_over(client_id: str) -> Response:
        """Make a client somebody's of the team, as if they had booked with them."""
        mine, client = await desk_of_client(doors, client_id, "client.hand_over")
        body = await read_body(HandOver)
        await store.hand_over(
            mine.org.id, client_id, body.host_id, by=mine.account.id, at=utc_now()
        )
        await mine.opened("client.hand_over", body.host_id, client_id)
        return jsonify(await client_shown(mine, client))
