"""Pages of payment companies that clients are sent to: one at a time for an invoice.

A page is written down before the company is asked for it, so that whoever presses twice, in two
windows, asks for the same page. An unpaid appointment is held as long as its page lives, but not by
more than three of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.booking_tables import Booking
from classroom.store.invoices import InvoiceRow, hold_invoice
from classroom.store.jobs import NewJob, add_jobs
from classroom.store.pay_tables import Checkout, GatewayEvent

LIVES = timedelta(minutes=31)
"""Stripe wants at least thirty minutes."""
HOLDS_MAX = 3
LOOK = "pay.look"
"""The kind of job that asks what became of a page of which nothing was heard."""
LOOK_AFTER = timedelta(minutes=1)
USABLE = timedelta(minutes=2)
"""Nobody is sent to a page that ends sooner."""

State = Literal["new", "open", "paid", "ended"]


@dataclass(frozen=True, slots=True)
class CheckoutRow:
    """A page. Until it is `open` its reference is ours, and it has no address."""

    reference: str
    org_id: str
    invoice_id: str
    number: int
    url: str
    amount: int
    state: State
    until: datetime


async def reserve(invoice_id: str, *, at: datetime) -> tuple[InvoiceRow, CheckoutRow]:
    """The page that lives, or the next one; Refused `invoice.unknown`, `invoice.state`."""
    async with in_transaction():
        invoice = await hold_invoice(invoice_id)
        if not invoice.sums.owed:
            raise Refused("invoice.state")
        pages = Checkout.filter(invoice_id=invoice_id)
        last = await pages.order_by("-number").first()
        if last is not None and _is_usable(last, invoice, at):
            return invoice, _row(last)
        number = 1 if last is None else last.number + 1
        row = await Checkout.create(
            reference=f"{invoice_id}.{number}",
            org_id=invoice.org_id,
            invoice_id=invoice_id,
            number=number,
            url="",
            amount=invoice.sums.owed,
            state="new",
            until=at + LIVES,
            created_at=at,
        )
        if number <= HOLDS_MAX and invoice.booking_id:
            held = Booking.filter(id=invoice.booking_id, state="unpaid")
            await held.update(hold_until=row.until)
    return invoice, _row(row)


async def open_page(page: CheckoutRow, reference: str, url: str, *, at: datetime) -> None:
    """The company made it; when nothing is heard of it, somebody asks after its end."""
    async with in_transaction():
        if await Checkout.filter(reference=page.reference, state="new").delete():
            await Checkout.create(
                reference=reference,
                org_id=page.org_id,
                invoice_id=page.invoice_id,
                number=page.number,
                url=url,
                amount=page.amount,
                state="open",
                until=page.until,
                created_at=at,
            )
            body = {"reference": reference}
            job = NewJob(LOOK, page.org_id, reference[:80], body, run_at=page.until + LOOK_AFTER)
            await add_jobs([job], at=at)


async def end_page(reference: str, state: State) -> None:
    """It is over; what was paid stays paid."""
    await Checkout.filter(reference=reference).exclude(state="paid").update(state=state)


async def find_page(org_id: str, reference: str) -> CheckoutRow | None:
    """A page of this organisation; None when it has no such one."""
    row = await Checkout.get_or_none(reference=reference, org_id=org_id)
    return None if row is None else _row(row)


async def open_page_of(invoice_id: str) -> CheckoutRow | None:
    """The newest page of an invoice that is not known to be over."""
    found = Checkout.filter(invoice_id=invoice_id, state="open")
    row = await found.order_by("-number").first()
    return None if row is None else _row(row)


async def is_taken(org_id: str, event: str) -> bool:
    """Whether this message was taken before."""
    return await GatewayEvent.filter(org_id=org_id, event=event).exists()


async def note_taken(org_id: str, event: str, *, at: datetime) -> None:
    """It was; the same once more is nothing new."""
    new = [GatewayEvent(org_id=org_id, event=event[:120], at=at)]
    await GatewayEvent.bulk_create(new, ignore_conflicts=True)


async def let_lapse_now(booking_id: str, *, at: datetime) -> None:
    """Its page ended without money: it is not held any longer."""
    await Booking.filter(id=booking_id, state="unpaid", hold_until__gt=at).update(hold_until=at)


def _is_usable(row: Checkout, invoice: InvoiceRow, at: datetime) -> bool:
    is_same = row.amount == invoice.sums.owed and row.state in ("new", "open")
    needs = LIVES - timedelta(seconds=30) if row.state == "new" else USABLE
    return is_same and row.until - at > needs


def _row(row: Checkout) -> CheckoutRow:
    return CheckoutRow(
        reference=row.reference,
        org_id=row.org_id,
        invoice_id=row.invoice_id,
        number=row.number,
        url=row.url,
        amount=row.amount,
        state=cast(State, row.state),
        until=row.until,
    )
