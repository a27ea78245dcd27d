"""What a client owes, paid and gets back; for who is known as that client.

Somebody else's invoice does not exist here.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.http.doors import Doors
from classroom.http.mine_door import at_booking
from classroom.http.mine_lists import add_lists
from classroom.http.mine_money_told import MoneyTold
from classroom.http.mine_paying import add_paying
from classroom.http.money_rule import rule_told
from classroom.http.money_told import credit_told, invoice_mine
from classroom.http.told import tells
from classroom.store.credits import use_of
from classroom.store.invoices import invoice_of
from classroom.store.pay_ways import ways_of


def mine_money_routes(doors: Doors) -> Blueprint:
    """`/api/mine/invoices`, `/api/mine/credits` and the money of a booking."""
    routes = Blueprint("mine_money", __name__)

    @routes.get("/api/mine/bookings/<booking_id>/money")
    @tells(MoneyTold, by="anybody", refuses=("booking.unknown", "booking.digits", "rate.limited"))
    async def money(booking_id: str) -> Response:
        """Tell what a booking costs, what was paid, and what comes back when it is cancelled."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        booking = scene.booking
        invoice = await invoice_of(booking.id)
        used = await use_of(booking.id)
        ways = await ways_of(scene.org.id)
        return jsonify(
            MoneyTold(
                price=booking.price,
                currency=booking.currency,
                pay=booking.pay,
                invoice=None if invoice is None else invoice_mine(invoice),
                package=None if used is None else credit_told(used),
                rule=rule_told(scene, invoice, utc_now()),
                is_online=ways.is_online,
                is_test=ways.is_online and ways.is_test,
                how=ways.how,
                hold_until=None if booking.hold_until is None else iso(booking.hold_until),
            )
        )

    add_lists(doors, routes)
    add_paying(doors, routes)
    return routes
