"""Paying an own invoice: begun, looked after, printed."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.mine_invoice import UNKNOWN, own_invoice
from classroom.http.mine_money_told import PageTold, PayBody
from classroom.http.money_told import InvoiceMine, invoice_mine
from classroom.http.paying_desk import paying_of, whole_address
from classroom.http.receipts import LOCALE, receipt_answer
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.jobs.paying import Payer


def add_paying(doors: Doors, routes: Blueprint) -> None:
    """One invoice, with all that is done with it."""

    @routes.post("/api/mine/invoices/<invoice_id>/pay")
    @tells(
        PageTold,
        by="browser",
        body=PayBody,
        refuses=(*UNKNOWN, "invoice.state", "payment.off", "payment.gateway"),
    )
    async def pay(invoice_id: str) -> Response:
        """Begin to pay: the answer is the address of the company's page."""
        invoice, client = await own_invoice(doors, invoice_id)
        spend(doors.limits.pay_begin, asking_address())
        body = await read_body(PayBody)
        payer = Payer(client.email, client.locale, whole_address(doors, body.back))
        url = await paying_of(doors).begin(invoice.id, payer, at=utc_now())
        return jsonify(PageTold(url))

    @routes.post("/api/mine/invoices/<invoice_id>/look")
    @tells(InvoiceMine, by="browser", refuses=UNKNOWN)
    async def look(invoice_id: str) -> Response:
        """Tell an invoice after asking the company what became of its page."""
        invoice, _ = await own_invoice(doors, invoice_id)
        spend(doors.limits.pay_begin, asking_address())
        if invoice.state in ("open", "void"):
            await paying_of(doors).look(invoice.id, at=utc_now())
            doors.appointments.wake()
        return jsonify(invoice_mine((await own_invoice(doors, invoice_id))[0]))

    @routes.get("/api/mine/invoices/<invoice_id>/receipt.pdf")
    @tells(None, by="anybody", kind="application/pdf", query=LOCALE, refuses=UNKNOWN)
    async def receipt(invoice_id: str) -> Response:
        """Print an own invoice or receipt."""
        invoice, _ = await own_invoice(doors, invoice_id)
        return await receipt_answer(invoice)
