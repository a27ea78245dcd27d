"""Messages of payment companies. They come without cookies; what counts is their signature.

An answer of 200 says that it was taken, or that it is none of ours: they send what is refused again
for days.
"""

from __future__ import annotations

from quart import Blueprint, Response, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.paying_desk import paying_of
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.ids import may_be_id

SIGNATURE = "Stripe-Signature"
SIGNATURE_MAX = 1000


def pay_hook_routes(doors: Doors) -> Blueprint:
    """`/api/pay/stripe/<org_id>`."""
    routes = Blueprint("pay_hook", __name__)

    @routes.post("/api/pay/stripe/<org_id>")
    @tells(
        None,
        by="anybody",
        status=204,
        body_kind="application/json",
        refuses=(
            *("payment.off", "payment.signature", "payment.gateway"),
            *("body.malformed", "rate.limited"),
        ),
    )
    async def take(org_id: str) -> Response:
        """Take a message of Stripe, signed with the organisation's own secret."""
        address = asking_address()
        spend(doors.limits.pay_hook, address)
        if not may_be_id(org_id):
            raise Refused("payment.off")
        paying, at = paying_of(doors), utc_now()
        signature = request.headers.get(SIGNATURE, "")[:SIGNATURE_MAX]
        news = await paying.read(org_id, bytes(await request.data), signature, at=at)
        doors.limits.pay_hook.give_back(address)
        if news is not None:
            await paying.take(org_id, news, at=at)
            doors.appointments.wake()
        return Response(b"", status=204)

    return routes
