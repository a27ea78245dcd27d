"""The PDF of an invoice: what was sold, paid and given back, in the reader's language."""

from __future__ import annotations

import asyncio

from quart import Response, request

from classroom.booking.money import Language
from classroom.http.money_told import moment
from classroom.pay.receipt import Flow, Line, Receipt, receipt_pdf
from classroom.store.invoices import InvoiceRow
from classroom.store.organisations import find_organisation
from classroom.store.pay_ways import ways_of
from classroom.store.payments import PaymentRow, payments_of

LOCALE = {"locale": "The language: `en` or `zh-CN`."}
_FLOWS = {
    ("paid", "done"): "received",
    ("refund", "done"): "returned",
    ("refund", "asked"): "asked",
}


async def receipt_answer(invoice: InvoiceRow) -> Response:
    """The same bytes as long as nothing is paid or given back."""
    pdf = await receipt_bytes(invoice, request.args.get("locale", ""))
    name = f"{invoice.number}.pdf"
    return Response(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def receipt_bytes(invoice: InvoiceRow, locale: str) -> bytes:
    """The PDF in that language, else in English."""
    language: Language = "zh-CN" if locale.startswith("zh") else "en"
    org = await find_organisation(invoice.org_id)
    ways = await ways_of(invoice.org_id)
    receipt = receipt_of(
        invoice,
        await payments_of([invoice.id]),
        how=ways.how,
        zone="UTC" if org is None else org.zone,
        language=language,
    )
    return await asyncio.to_thread(receipt_pdf, receipt)


def receipt_of(
    invoice: InvoiceRow, payments: list[PaymentRow], *, how: str, zone: str, language: Language
) -> Receipt:
    """What is printed."""
    flows = [
        Flow(_FLOWS[one.kind, one.state], one.amount, one.at)
        for one in payments
        if (one.kind, one.state) in _FLOWS
    ]
    kinds = {"open": "open", "void": "void"}
    return Receipt(
        kind=kinds.get(invoice.state, "paid"),
        number=invoice.number,
        at=invoice.created_at,
        sender=invoice.sender,
        client=invoice.client_name,
        lines=tuple(
            Line(one.text, one.amount, None if one.at_s is None else moment(one.at_s))
            for one in invoice.lines
        ),
        currency=invoice.currency,
        amount=invoice.sums.amount,
        tax=invoice.tax,
        flows=tuple(flows),
        owed=invoice.sums.owed,
        due_at=invoice.due_at,
        how=how,
        zone=zone,
        language=language,
    )
