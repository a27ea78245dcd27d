"""Who a client is: kept in an account, known by new links, called otherwise."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.known_client import remember_clients
from classroom.http.mine_bodies import PersonAnswer, PersonBody, TokenTold
from classroom.http.mine_door import KNOWN, at_booking
from classroom.http.mine_told import MineTold, mine_told, person_told, token_of
from classroom.http.sent import sent
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.store.booking_asked import scene_of
from classroom.store.client_codes import change_client, renew_links


def add_person(doors: Doors, routes: Blueprint) -> None:
    """The account, the links and the person."""

    @routes.post("/api/mine/bookings/<booking_id>/keep")
    @tells(MineTold, by="session", refuses=KNOWN)
    async def keep(booking_id: str) -> Response:
        """Keep this client in the account that is signed in: it is known as them everywhere."""
        account = (await this_visitor(doors)).must_be_signed_in()
        scene = (await at_booking(doors, booking_id)).must_be_known()
        await change_client(scene.client.id, account_id=account.id)
        return jsonify(sent(mine_told(doors, await scene_of(booking_id))))

    @routes.post("/api/mine/bookings/<booking_id>/link")
    @tells(TokenTold, by="browser", refuses=KNOWN)
    async def renew(booking_id: str) -> Response:
        """Make new private links: older ones and all other browsers are forgotten."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        client = await renew_links(scene.client.id)
        response = jsonify(TokenTold(token_of(doors, await scene_of(booking_id))))
        remember_clients(doors, response, [client])
        return response

    @routes.patch("/api/mine/person")
    @tells(
        PersonAnswer,
        by="browser",
        body=PersonBody,
        refuses=(*KNOWN, "name.empty", "name.long", "booking.zone", "client.unknown"),
    )
    async def person() -> Response:
        """Change a client's name, phone, zone or language: only what is given."""
        body = await read_body(PersonBody)
        scene = (await at_booking(doors, body.booking_id)).must_be_known()
        client = await change_client(scene.client.id, **body.clean())
        return jsonify(PersonAnswer(person_told(client)))
