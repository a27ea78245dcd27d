"""Invoices for the team: listed, opened, paid by hand, given back, called off.

Who may see an invoice but not do this with it is told so; whoever may not see it is told that there
is none.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field
from quart import Blueprint, Response, jsonify
from tortoise.transactions import in_transaction

from classroom.booking.money import AMOUNT_MAX
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.invoice_door import InvoiceDesk, at_invoice, at_payment
from classroom.http.money_rule import rule_of_invoice
from classroom.http.money_told import InvoiceTold, PaymentTold, RuleTold, invoice_told, payment_told
from classroom.http.receipts import LOCALE, receipt_answer
from classroom.http.told import tells
from classroom.store import invoices as store
from classroom.store import payments
from classroom.store.pay_first import OFFLINE

SEES = ("invoice.unknown", "right.missing")
CHANGES = (*SEES, "invoice.state", "payment.amount")


class PaidBody(Body):
    """`amount` null: all that is owed. `note`: cash, transfer, whatever helps later."""

    amount: int | None = Field(default=None, ge=1, lt=AMOUNT_MAX)
    note: str = Field(default="", max_length=payments.NOTE_MAX)


class RefundBody(Body):
    """`is_done`: it was given back by hand already."""

    amount: int = Field(ge=1, lt=AMOUNT_MAX)
    why: str = Field(default="", max_length=payments.NOTE_MAX)
    is_done: bool = True


class UndoBody(Body):
    """Which payment was none."""

    payment_id: int


@dataclass(frozen=True, slots=True)
class InvoiceWhole(InvoiceTold):
    """With what the rule would give back now, and what whoever asks may do."""

    rule: RuleTold | None
    may_take: bool
    may_refund: bool


@dataclass(frozen=True, slots=True)
class MadeTold:
    """An invoice after a change."""

    invoice: InvoiceTold


def invoice_routes(doors: Doors) -> Blueprint:
    """`/api/invoices/<invoice_id>` and what is done with one."""
    routes = Blueprint("invoices", __name__)

    @routes.get("/api/invoices/<invoice_id>")
    @tells(InvoiceWhole, by="account", refuses=SEES)
    async def look(invoice_id: str) -> Response:
        """Tell an invoice with all that was paid and given back."""
        here = await at_invoice(doors, invoice_id)
        told = await _told(invoice_id)
        whole = InvoiceWhole(
            **{name: getattr(told, name) for name in _names()},
            rule=await rule_of_invoice(here.invoice, utc_now()),
            may_take=here.may_take,
            may_refund=here.may_refund,
        )
        return jsonify(whole)

    @routes.get("/api/invoices/<invoice_id>/receipt.pdf")
    @tells(None, by="account", kind="application/pdf", query=LOCALE, refuses=SEES)
    async def receipt(invoice_id: str) -> Response:
        """Print an invoice or its receipt."""
        return await receipt_answer((await at_invoice(doors, invoice_id)).invoice)

    _add_payments(doors, routes)
    _add_refunds(doors, routes)
    return routes


def _add_payments(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/invoices/<invoice_id>/paid")
    @tells(MadeTold, by="account", body=PaidBody, refuses=CHANGES)
    async def paid(invoice_id: str) -> Response:
        """Write down that money came by hand, all or a part."""
        here = await at_invoice(doors, invoice_id)
        here.must_take()
        body = await read_body(PaidBody)
        sums = here.invoice.sums
        amount = body.amount or sums.amount - sums.received
        await _receive(doors, here, amount, body.note.strip(), at=utc_now())
        doors.appointments.wake("post")
        return jsonify(MadeTold(await _told(invoice_id)))

    @routes.post("/api/invoices/<invoice_id>/undo")
    @tells(MadeTold, by="account", body=UndoBody, refuses=CHANGES)
    async def undo(invoice_id: str) -> Response:
        """Take back a payment by hand that was a mistake, within a day."""
        here = await at_invoice(doors, invoice_id)
        here.must_take()
        body = await read_body(UndoBody)
        async with _held(invoice_id) as invoice:
            await payments.undo(invoice, body.payment_id, at=utc_now())
        return jsonify(MadeTold(await _told(invoice_id)))


def _add_refunds(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/invoices/<invoice_id>/refund")
    @tells(MadeTold, by="account", body=RefundBody, refuses=CHANGES)
    async def refund(invoice_id: str) -> Response:
        """Give some of it back: through the company it came by, or by hand."""
        here = await at_invoice(doors, invoice_id)
        here.must_refund()
        body, at = await read_body(RefundBody), utc_now()
        by = here.desk.by.text()
        async with _held(invoice_id) as invoice:
            await payments.give_back(
                invoice, body.amount, by=by, note=body.why.strip(), at=at, is_done=body.is_done
            )
        await here.desk.opened("invoice.refund", invoice_id, here.invoice.client_id)
        doors.appointments.wake("payments")
        return jsonify(MadeTold(await _told(invoice_id)))

    @routes.post("/api/invoices/<invoice_id>/void")
    @tells(MadeTold, by="account", refuses=CHANGES)
    async def void(invoice_id: str) -> Response:
        """Call it off: it is not owed any more."""
        here = await at_invoice(doors, invoice_id)
        here.must_refund()
        async with _held(invoice_id) as invoice:
            await payments.void(invoice, at=utc_now())
        await here.desk.opened("invoice.void", invoice_id, here.invoice.client_id)
        return jsonify(MadeTold(await _told(invoice_id)))

    @routes.post("/api/payments/<payment_id>/done")
    @tells(PaymentTold, by="account", refuses=CHANGES)
    async def done(payment_id: str) -> Response:
        """Say that something was given back by hand, or looked after."""
        here, payment = await at_payment(doors, payment_id)
        here.must_refund()
        by = here.desk.by.text()
        async with in_transaction():
            await payments.mark_done(payment, by=by, at=utc_now())
        after = await payments.find_payment(payment.id)
        return jsonify(payment_told(after or payment, here.invoice))


async def _receive(
    doors: Doors, here: InvoiceDesk, amount: int, note: str, *, at: datetime
) -> None:
    """Through its booking, so that it counts as paid; a part of the price is not told to it."""
    invoice, by = here.invoice, here.desk.by
    is_whole = amount == invoice.sums.amount - invoice.sums.received
    if invoice.booking_id and is_whole:
        body = {"amount": amount, "gateway": OFFLINE, "said": note}
        try:
            await doors.appointments.bookings.turn(
                invoice.booking_id, "pay", by=by, at=at, body=body
            )
        except Refused as refused:
            if not refused.code.startswith("booking."):
                raise
        else:
            return
    new = payments.NewPayment(amount, OFFLINE, by.text(), note=note)
    async with _held(invoice.id) as held:
        await payments.receive(held, new, at=at)


@asynccontextmanager
async def _held(invoice_id: str) -> AsyncIterator[store.InvoiceRow]:
    async with in_transaction():
        yield await store.hold_invoice(invoice_id)


async def _told(invoice_id: str) -> InvoiceTold:
    invoice = await store.must_find(invoice_id)
    return invoice_told(invoice, await payments.payments_of([invoice_id]))


def _names() -> list[str]:
    return [*InvoiceTold.__dataclass_fields__]
