"""What can be booked with a host, for their organisation."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import Desk, desk_of_host
from classroom.http.doors import Doors
from classroom.http.offer_told import OfferBody, OfferTold, offer_told
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store import offers as store
from classroom.store.booking_rows import OfferRow

_VALUES = (
    "body.malformed",
    "hours.wrong",
    "payment.currency",
    "payment.rule",
    "title.empty",
    "title.long",
)
_HOST = ("host.unknown", "right.missing")
_OFFER = ("offer.unknown", "host.unknown", "right.missing")


def offer_routes(doors: Doors) -> Blueprint:
    """`/api/hosts/<host_id>/offers` and `/api/offers/<offer_id>`."""
    routes = Blueprint("offers", __name__)

    @routes.get("/api/hosts/<host_id>/offers")
    @tells(list[OfferTold], by="account", refuses=_HOST)
    async def listing(host_id: str) -> Response:
        """List what can be booked with a host, in its order, also what is off."""
        await desk_of_host(doors, host_id, "host.see")
        return jsonify([offer_told(one) for one in await store.offers_of([host_id])])

    @routes.post("/api/hosts/<host_id>/offers")
    @tells(
        OfferTold,
        by="account",
        status=201,
        body=OfferBody,
        refuses=(*_HOST, *_VALUES, "offer.limit"),
    )
    async def create(host_id: str) -> Response:
        """Offer something: a talk for one, or a group with seats."""
        mine = await desk_of_host(doors, host_id, "offers.change")
        body = await read_body(OfferBody)
        if body.name is None or body.minutes is None:
            raise Refused("body.malformed", {"field": "name" if body.name is None else "minutes"})
        news = _whole(mine, body)
        made = await store.create_offer(host_id, news, at=utc_now())
        response = jsonify(offer_told(made))
        response.status_code = 201
        return response

    @routes.patch("/api/offers/<offer_id>")
    @tells(OfferTold, by="account", body=OfferBody, refuses=(*_OFFER, *_VALUES))
    async def change(offer_id: str) -> Response:
        """Change an offer: only what is given. What was booked stays as it was."""
        offer = await _own(doors, offer_id)
        news = (await read_body(OfferBody)).clean()
        if news.get("kind", offer.kind) == "talk":
            news["seats"] = 1
        return jsonify(offer_told(await store.change_offer(offer.id, news)))

    @routes.delete("/api/offers/<offer_id>")
    @tells(None, by="account", status=204, refuses=_OFFER)
    async def remove(offer_id: str) -> Response:
        """Remove an offer; what was booked of it stays."""
        await store.remove_offer((await _own(doors, offer_id)).id)
        return Response(b"", status=204)

    return routes


async def _own(doors: Doors, offer_id: str) -> OfferRow:
    found = await store.find_offer(offer_id) if may_be_id(offer_id) else None
    if found is None:
        raise Refused("offer.unknown")
    await desk_of_host(doors, found.host_id, "offers.change")
    return found


def _whole(mine: Desk, body: OfferBody) -> dict[str, object]:
    """With what the organisation begins with."""
    news: dict[str, object] = {
        "kind": "talk",
        "currency": mine.org.currency,
        "intake": list(mine.org.office.intake),
        **body.clean(),
    }
    if news["kind"] == "talk":
        news["seats"] = 1
    if not news.get("price"):
        news["pay"] = "free"
    return news
