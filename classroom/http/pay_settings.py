"""How an organisation is paid: tax, what clients are told, keys of a payment company.

Keys are written and never read: what is told of one is its end. They are tried before they count.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.pay_keys import new_keys
from classroom.http.pay_told import WaysBody, WaysTold, ways_told
from classroom.http.told import tells
from classroom.store.pay_keys import put_aside
from classroom.store.pay_ways import change_ways, ways_of


def pay_settings_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/payments`."""
    routes = Blueprint("pay_settings", __name__)

    @routes.get("/api/organisations/<org_id>/payments")
    @tells(WaysTold, by="account", refuses=("organisation.unknown", "right.missing"))
    async def look(org_id: str) -> Response:
        """Tell how an organisation is paid; no key is told."""
        mine = await desk(doors, org_id)
        mine.must("organisation.change")
        return jsonify(ways_told(await ways_of(mine.org.id)))

    @routes.put("/api/organisations/<org_id>/payments")
    @tells(
        WaysTold,
        by="account",
        body=WaysBody,
        refuses=(
            *("organisation.unknown", "right.missing", "payment.off"),
            *("payment.keys", "payment.gateway", "rate.limited"),
        ),
    )
    async def change(org_id: str) -> Response:
        """Change how an organisation is paid. New keys are tried by a call that changes nothing.

        Old ones are put aside for three days, for money that is on its way.
        """
        mine = await desk(doors, org_id)
        mine.must("organisation.change")
        spend(doors.limits.pay_keys, mine.account.id)
        body = await read_body(WaysBody)
        news = {
            name: value.strip() if isinstance(value, str) else value
            for name in ("tax_percent", "tax_note", "how", "reception_refunds")
            if (value := getattr(body, name)) is not None
        }
        before = await ways_of(org_id)
        news |= await new_keys(doors, before, body)
        if {"key_sealed", "signing_sealed"} & news.keys():
            await put_aside(before, at=utc_now())
        ways = await change_ways(org_id, news)
        await mine.opened("payments.change", org_id)
        return jsonify(ways_told(ways))

    return routes
