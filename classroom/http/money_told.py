"""Shapes of money: invoices, what was paid and given back, packages and who has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from classroom.booking.zone import iso_s
from classroom.clock import iso, utc_now
from classroom.store.credits import CreditRow, PackageRow
from classroom.store.invoices import InvoiceRow
from classroom.store.payments import PaymentRow


@dataclass(frozen=True, slots=True)
class LineTold:
    """What was sold; `at` is when an appointment begins, null of a package."""

    text: str
    amount: int
    at: str | None


@dataclass(frozen=True, slots=True)
class PaymentTold:
    """Money that came (`paid`), goes back (`refund`), came twice (`spare`, `spare_back`) or was not
    what was asked for (`odd`). `state`: done, asked, failed, undone."""

    id: int
    invoice_id: str
    number: str
    kind: str
    state: str
    amount: int
    currency: str
    gateway: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class InvoiceMine:
    """An invoice as its client sees it. Amounts are minor units; tax is a part of them, in
    hundredths of a percent."""

    id: str
    number: str
    kind: str
    booking_id: str
    state: str
    amount: int
    received: int
    returned: int
    owed: int
    currency: str
    tax_percent: int
    tax_note: str
    lines: list[LineTold]
    due_at: str | None
    created_at: str
    paid_at: str | None


@dataclass(frozen=True, slots=True)
class InvoiceTold(InvoiceMine):
    """The same for the team."""

    client_id: str
    client_name: str
    host_id: str
    is_late: bool
    """Owed, and its day is over."""
    payments: list[PaymentTold]


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What the rule gives back when the client cancels now."""

    percent: int
    amount: int
    until: str | None
    """Until when it stays so much; null when nothing comes back."""


@dataclass(frozen=True, slots=True)
class PackageTold:
    """Appointments sold together; no offer named is all of them."""

    id: str
    name: str
    offer_ids: list[str]
    credits: int
    price: int
    currency: str
    days: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class CreditTold:
    """A package somebody has."""

    id: str
    name: str
    client_id: str
    offer_ids: list[str]
    total: int
    left: int
    until: str
    invoice_id: str
    created_at: str


def line_told(text: str, amount: int, at_s: int | None) -> LineTold:
    """In the form in which it is sent."""
    return LineTold(text, amount, None if at_s is None else iso_s(at_s))


def invoice_mine(row: InvoiceRow) -> InvoiceMine:
    """For its client."""
    return InvoiceMine(
        id=row.id,
        number=row.number,
        kind=row.kind,
        booking_id=row.booking_id,
        state=row.state,
        amount=row.sums.amount,
        received=row.sums.received,
        returned=row.sums.returned,
        owed=row.sums.owed,
        currency=row.currency,
        tax_percent=row.tax.percent,
        tax_note=row.tax.note,
        lines=[line_told(one.text, one.amount, one.at_s) for one in row.lines],
        due_at=None if row.due_at is None else iso(row.due_at),
        created_at=iso(row.created_at),
        paid_at=None if row.paid_at is None else iso(row.paid_at),
    )


def invoice_told(row: InvoiceRow, payments: list[PaymentRow]) -> InvoiceTold:
    """For the team; `payments` may be those of others too."""
    short = invoice_mine(row)
    return InvoiceTold(
        **{name: getattr(short, name) for name in InvoiceMine.__slots__},
        client_id=row.client_id,
        client_name=row.client_name,
        host_id=row.host_id,
        is_late=row.sums.owed > 0 and row.due_at is not None and row.due_at < utc_now(),
        payments=[payment_told(one, row) for one in payments if one.invoice_id == row.id],
    )


def payment_told(row: PaymentRow, invoice: InvoiceRow) -> PaymentTold:
    """In the form in which it is sent."""
    return PaymentTold(
        id=row.id,
        invoice_id=row.invoice_id,
        number=invoice.number,
        kind=row.kind,
        state=row.state,
        amount=row.amount,
        currency=invoice.currency,
        gateway=row.gateway,
        note=row.note,
        at=iso(row.at),
    )


def package_told(row: PackageRow) -> PackageTold:
    """In the form in which it is sent."""
    return PackageTold(
        id=row.id,
        name=row.name,
        offer_ids=list(row.offer_ids),
        credits=row.credits,
        price=row.price,
        currency=row.currency,
        days=row.days,
        is_on=row.is_on,
    )


def credit_told(row: CreditRow) -> CreditTold:
    """In the form in which it is sent."""
    return CreditTold(
        id=row.id,
        name=row.name,
        client_id=row.client_id,
        offer_ids=list(row.offer_ids),
        total=row.total,
        left=row.left,
        until=iso(row.until),
        invoice_id=row.invoice_id,
        created_at=iso(row.created_at),
    )


def moment(at_s: int) -> datetime:
    """Seconds since 1970 as a time."""
    return datetime.fromtimestamp(at_s, UTC)
