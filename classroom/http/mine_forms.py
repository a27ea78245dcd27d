"""Texts to be signed, for who books: read at an offer, signed for a booking, taken back.

Only a browser that is known as the client signs; the private link alone is not the person.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.mine_door import at_booking
from classroom.http.sign_told import MineFormsTold, Signing, ToSignTold, forms_told, to_sign_told
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.ids import may_be_id
from classroom.people.account import clean_name
from classroom.store import forms as store

_KNOWN = ("booking.unknown", "booking.digits", "rate.limited")


def mine_form_routes(doors: Doors) -> Blueprint:
    """`/api/offers/<offer_id>/forms` and `/api/mine/bookings/<booking_id>/forms`."""
    routes = Blueprint("mine_forms", __name__)

    @routes.get("/api/offers/<offer_id>/forms")
    @tells(list[ToSignTold], by="anybody", refuses=("offer.unknown", "rate.limited"))
    async def asked(offer_id: str) -> Response:
        """List the texts an offer has signed first, as they are now."""
        spend(doors.limits.sign, asking_address())
        form_ids = await store.asked_at(offer_id) if may_be_id(offer_id) else None
        if form_ids is None:
            raise Refused("offer.unknown")
        return jsonify([to_sign_told(one) for one in await store.asked_by(form_ids)])

    @routes.get("/api/mine/bookings/<booking_id>/forms")
    @tells(MineFormsTold, by="browser", refuses=_KNOWN)
    async def look(booking_id: str) -> Response:
        """Tell a client what they have to sign for a booking, and all they signed."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        return jsonify(await forms_told(booking_id, scene.client.id))

    @routes.post("/api/mine/bookings/<booking_id>/forms")
    @tells(
        MineFormsTold,
        by="browser",
        body=Signing,
        refuses=(*_KNOWN, "form.unknown", "form.changed", "name.empty", "name.long"),
    )
    async def sign(booking_id: str) -> Response:
        """Sign a text by typing one's name."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        spend(doors.limits.sign, asking_address())
        body = await read_body(Signing)
        name = clean_name(body.name)
        asked = {one.id for one in await store.to_sign(booking_id)}
        signed = await store.signed_by(scene.client.id)
        if body.version_id not in asked | signed:
            raise Refused(await store.why_not(scene.org.id, body.version_id))
        await store.sign(scene.client.id, booking_id, body.version_id, name, at=utc_now())
        return jsonify(await forms_told(booking_id, scene.client.id))

    _add_withdrawing(doors, routes)
    return routes


def _add_withdrawing(doors: Doors, routes: Blueprint) -> None:
    @routes.delete("/api/mine/bookings/<booking_id>/forms/<version_id>")
    @tells(MineFormsTold, by="browser", refuses=(*_KNOWN, "form.unknown"))
    async def withdraw(booking_id: str, version_id: str) -> Response:
        """Take back what one signed: the record stays, and it is asked for before the next talk."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        await store.withdraw(scene.client.id, version_id, at=utc_now())
        ids = {"client_id": scene.client.id, "booking_id": booking_id}
        doors.desks.tell_desk(scene.org.id, "form_withdrawn", ids)
        return jsonify(await forms_told(booking_id, scene.client.id))
