"""The desk at which somebody of a team stands before one invoice."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.booking.role import Deed
from classroom.errors import Refused
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.visitor import this_visitor
from classroom.ids import may_be_id
from classroom.store.invoices import InvoiceRow, find_invoice
from classroom.store.pay_ways import ways_of
from classroom.store.payments import PaymentRow, find_payment

ID_MAX = 18


@dataclass(frozen=True, slots=True)
class InvoiceDesk:
    """Whoever may see it. The front desk gives nothing back unless the organisation says so."""

    desk: Desk
    invoice: InvoiceRow
    may_take: bool
    may_refund: bool

    def must_take(self) -> None:
        """Refused `right.missing` for whoever takes no money."""
        _must(self.may_take, "money.take")

    def must_refund(self) -> None:
        """Refused `right.missing` for whoever gives none back."""
        _must(self.may_refund, "money.refund")


async def at_invoice(doors: Doors, invoice_id: str) -> InvoiceDesk:
    """Refused `invoice.unknown` for whoever may not see it."""
    (await this_visitor(doors)).must_be_signed_in()
    invoice = await find_invoice(invoice_id) if may_be_id(invoice_id) else None
    if invoice is None:
        raise Refused("invoice.unknown")
    mine = await desk(doors, invoice.org_id, "invoice.unknown")
    if not mine.may("money.see", invoice.host_id):
        raise Refused("invoice.unknown")
    return InvoiceDesk(
        mine,
        invoice,
        may_take=mine.may("money.take", invoice.host_id),
        may_refund=await may_refund(mine, invoice.host_id),
    )


async def at_payment(doors: Doors, payment_id: str) -> tuple[InvoiceDesk, PaymentRow]:
    """The same for a payment; Refused `invoice.unknown`."""
    is_number = payment_id.isdecimal() and len(payment_id) <= ID_MAX
    payment = await find_payment(int(payment_id)) if is_number else None
    if payment is None:
        (await this_visitor(doors)).must_be_signed_in()
        raise Refused("invoice.unknown")
    return await at_invoice(doors, payment.invoice_id), payment


async def may_refund(mine: Desk, host_id: str) -> bool:
    """By their role, or because the organisation lets the front desk."""
    if mine.may("money.refund", host_id):
        return True
    return mine.role == "reception" and (await ways_of(mine.org.id)).reception_refunds


def _must(may: bool, deed: Deed) -> None:
    if not may:
        raise Refused("right.missing", {"right": deed})
