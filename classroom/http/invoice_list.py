"""Invoices of an organisation: a list, what somebody has to look after, and sums by currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quart import Blueprint, Response, jsonify, request

from classroom.booking.invoice import STATES
from classroom.errors import Refused
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.money_told import InvoiceTold, PaymentTold, invoice_told, payment_told
from classroom.http.told import tells
from classroom.store.invoices import InvoiceRow, find_invoice, invoices
from classroom.store.payments import payments_of, to_look_at

PAGE = 50
VALUE_MAX = 64


@dataclass(frozen=True, slots=True)
class InvoicesTold:
    """The newest first. `to_look_at`: to be given back by hand, failed, or not what was asked."""

    invoices: list[InvoiceTold]
    has_more: bool
    to_look_at: list[PaymentTold]


def invoice_list_routes(doors: Doors) -> Blueprint:
    """`/api/invoices`."""
    routes = Blueprint("invoice_list", __name__)

    @routes.get("/api/invoices")
    @tells(
        InvoicesTold,
        by="account",
        query={
            "org": "The organisation's id.",
            "state": "Only these: open, paid, part_refunded, refunded, void; commas between.",
            "client": "Only this client's.",
            "booking": "Only this booking's.",
            "number": "Only the one with this number.",
            "before": "Only those made before this moment (ISO 8601).",
            "after": "The `id` of the last one told, to go on with a list that had more.",
        },
        refuses=("organisation.unknown", "right.missing", "rate.limited", "body.malformed"),
    )
    async def listing() -> Response:
        """List invoices whoever asks may see, 50 at a time."""
        mine = await desk(doors, request.args.get("org", ""))
        spend(doors.limits.money, mine.account.id)
        hosts = mine.hosts_for("money.see")
        found = await invoices(
            mine.org.id,
            limit=PAGE + 1,
            states=_states(),
            host_ids=hosts,
            before=_before(),
            after=request.args.get("after", "")[:VALUE_MAX],
            like=_like(),
        )
        rows = found[:PAGE]
        paid = await payments_of([row.id for row in rows])
        told = [invoice_told(row, paid) for row in rows]
        odd = await _to_look_at(mine.org.id, hosts)
        return jsonify(InvoicesTold(told, len(found) > PAGE, odd))

    return routes


async def _to_look_at(org_id: str, hosts: frozenset[str] | None) -> list[PaymentTold]:
    known: dict[str, InvoiceRow | None] = {}
    told = []
    for payment in await to_look_at(org_id):
        if payment.invoice_id not in known:
            known[payment.invoice_id] = await find_invoice(payment.invoice_id)
        invoice = known[payment.invoice_id]
        if invoice is not None and (hosts is None or invoice.host_id in hosts):
            told.append(payment_told(payment, invoice))
    return told


def _states() -> tuple[str, ...]:
    asked = request.args.get("state", "").split(",")
    return tuple(one for one in STATES if one in asked)


def _like() -> dict[str, str]:
    columns = {"client": "client_id", "booking": "booking_id", "number": "number"}
    given = {column: request.args.get(name, "") for name, column in columns.items()}
    return {column: value[:VALUE_MAX] for column, value in given.items() if value}


def _before() -> datetime | None:
    text = request.args.get("before")
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise Refused("body.malformed", {"field": "before"}) from error
    if at.tzinfo is None:
        raise Refused("body.malformed", {"field": "before"})
    return at
