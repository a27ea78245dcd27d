"""Money that came for invoices and goes back: written down once, whatever comes how often.

Everything here is part of a transaction that holds the invoice. What goes back through a payment
company is only asked for here; a job asks the company, after the transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from classroom.booking import invoice as core
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_asked import find_scene
from classroom.store.booking_news import tell_of_booking
from classroom.store.invoices import InvoiceRow, hold_invoice, write_sums
from classroom.store.jobs import NewJob, add_jobs
from classroom.store.pay_first import OFFLINE
from classroom.store.pay_tables import Payment

Kind = Literal["paid", "refund", "spare", "spare_back", "odd"]
State = Literal["done", "asked", "failed", "undone"]
REFUND = "pay.refund"
"""The kind of job that asks a payment company to give something back."""
NOTE_MAX = 200


@dataclass(frozen=True, slots=True)
class NewPayment:
    """Money that came. `reference` is the company's name of it; of one by hand it is made here."""

    amount: int
    gateway: str
    by: str
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """Money that came or goes back; `of` is the payment a refund gives back."""

    id: int
    org_id: str
    invoice_id: str
    kind: Kind
    state: State
    amount: int
    gateway: str
    reference: str
    of: int | None
    by: str
    note: str
    at: datetime


async def receive(invoice: InvoiceRow, new: NewPayment, *, at: datetime) -> InvoiceRow:
    """Write down what came, and settle the invoice.

    A payment that was written down before changes nothing. What came for an invoice that is paid
    already is spare, and goes back. Refused `payment.amount`, `invoice.state` by hand.
    """
    if new.reference and await is_known(new.gateway, new.reference):
        return invoice
    try:
        sums = core.pay(invoice.sums, new.amount)
    except Refused:
        if new.gateway == OFFLINE:
            raise
        spare = await _write(invoice, "spare", "done", new, at=at)
        await _ask_back(invoice, spare, new.amount, by="gateway", note="", at=at)
        return invoice
    await _write(invoice, "paid", "done", new, at=at)
    await write_sums(invoice, sums, at=at)
    return await hold_invoice(invoice.id)


async def note_odd(invoice: InvoiceRow, new: NewPayment, *, at: datetime) -> None:
    """Money that is not what was asked for: nothing is settled, somebody has to look."""
    if not await is_known(new.gateway, new.reference):
        await _write(invoice, "odd", "asked", new, at=at)


async def undo(invoice: InvoiceRow, payment_id: int, *, at: datetime) -> InvoiceRow:
    """A payment by hand was a mistake; Refused `invoice.state`."""
    row = await Payment.get_or_none(id=payment_id, invoice_id=invoice.id, kind="paid", state="done")
    if row is None or row.gateway != OFFLINE:
        raise Refused("invoice.state")
    sums = core.unpay(invoice.sums, row.amount, paid_at=row.at, now=at)
    await Payment.filter(id=row.id).update(state="undone")
    await write_sums(invoice, sums, at=at)
    return await hold_invoice(invoice.id)


async def give_back(
    invoice: InvoiceRow, amount: int, *, by: str, note: str, at: datetime, is_done: bool = False
) -> InvoiceRow:
    """Give so much back, of the newest payments first; Refused `payment.amount`, `invoice.state`.

    What came through a company goes back through it, by a job. What came by hand is asked of
    whoever has the till; `is_done` says they gave it back already.
    """
    sums = core.refund(invoice.sums, amount)
    left = amount
    for payment, kept in await _kept(invoice):
        part = min(left, kept)
        if part:
            await _ask_back(invoice, payment, part, by=by, note=note, at=at, is_done=is_done)
            left -= part
    await write_sums(invoice, sums, at=at)
    return await hold_invoice(invoice.id)


async def void(invoice: InvoiceRow, *, at: datetime) -> InvoiceRow:
    """It is not owed any more; Refused `invoice.state`."""
    await write_sums(invoice, core.void(invoice.sums), at=at)
    return await hold_invoice(invoice.id)


async def finish_refund(back: PaymentRow, *, at: datetime, failure: str = "") -> bool:
    """It was given back, or could not be: then it is ours still. Whether it changed anything.

    One that was given back can fail later, when the client's bank sends it back.
    """
    invoice = await hold_invoice(back.invoice_id)
    row = await Payment.get(id=back.id)
    open_states = ("asked", "done") if failure else ("asked", "failed")
    if row.kind not in ("refund", "spare_back") or row.state not in open_states:
        return False
    if row.kind == "refund" and failure:
        await write_sums(invoice, core.unrefund(invoice.sums, row.amount), at=at)
    elif row.kind == "refund" and row.state == "failed":
        await write_sums(invoice, core.refund(invoice.sums, row.amount), at=at)
    note = failure[:NOTE_MAX] or row.note
    state: State = "failed" if failure else "done"
    await Payment.filter(id=row.id).update(state=state, at=at, note=note)
    if row.kind == "refund" and not failure:
        await _tell_returned(invoice, row.amount, at=at)
    return True


async def is_known(gateway: str, reference: str) -> bool:
    """Whether what the company calls so was written down before."""
    return await Payment.filter(gateway=gateway, reference=reference).exists()


async def find_payment(payment_id: int) -> PaymentRow | None:
    """By its id; None when there is none."""
    row = await Payment.get_or_none(id=payment_id)
    return None if row is None else payment_row(row)


async def refund_by_reference(org_id: str, reference: str) -> PaymentRow | None:
    """The refund with this key of ours; None when there is none."""
    kinds = ["refund", "spare_back"]
    row = await Payment.get_or_none(org_id=org_id, reference=reference, kind__in=kinds)
    return None if row is None else payment_row(row)


async def payments_of(invoice_ids: Collection[str]) -> list[PaymentRow]:
    """All of these invoices, the oldest first."""
    rows = await Payment.filter(invoice_id__in=list(invoice_ids)).order_by("id")
    return [payment_row(row) for row in rows]


async def to_look_at(org_id: str) -> list[PaymentRow]:
    """What somebody has to do something about: given back by hand, failed, or odd."""
    mine = Payment.filter(org_id=org_id)
    by_hand = await mine.filter(state="asked", gateway=OFFLINE).order_by("id").limit(200)
    failed = await mine.filter(state="failed").order_by("id").limit(200)
    odd = await mine.filter(kind="odd", state="asked").order_by("id").limit(200)
    rows = {row.id: row for row in (*by_hand, *failed, *odd)}
    return [payment_row(rows[one]) for one in sorted(rows)]


async def count_failed() -> int:
    """Refunds of all organisations that nobody has looked after."""
    return await Payment.filter(state="failed").count()


async def mark_done(payment: PaymentRow, *, by: str, at: datetime) -> None:
    """Somebody gave it back by hand, or looked after it; Refused `invoice.state`."""
    if payment.kind == "odd":
        await Payment.filter(id=payment.id, state="asked").update(state="done", by=by[:64])
        return
    is_theirs = payment.state == "failed" or payment.gateway == OFFLINE
    if not is_theirs or not await finish_refund(payment, at=at):
        raise Refused("invoice.state")
    await Payment.filter(id=payment.id).update(by=by[:64])


async def _kept(invoice: InvoiceRow) -> list[tuple[Payment, int]]:
    """Payments with what was not given back of each, the newest first."""
    rows = await Payment.filter(invoice_id=invoice.id).order_by("-id")
    back: dict[int, int] = {}
    for row in rows:
        if row.kind == "refund" and row.state in ("asked", "done") and row.of is not None:
            back[row.of] = back.get(row.of, 0) + row.amount
    paid = [row for row in rows if row.kind == "paid" and row.state == "done"]
    return [(row, row.amount - back.get(row.id, 0)) for row in paid]


async def _ask_back(
    invoice: InvoiceRow,
    payment: Payment,
    amount: int,
    *,
    by: str,
    note: str,
    at: datetime,
    is_done: bool = False,
) -> None:
    kind: Kind = "spare_back" if payment.kind == "spare" else "refund"
    is_by_hand = payment.gateway == OFFLINE
    state: State = "done" if is_by_hand and is_done else "asked"
    new = NewPayment(amount, payment.gateway, by, note=note)
    back = await _write(invoice, kind, state, new, at=at, of=payment.id)
    if not is_by_hand:
        job = NewJob(REFUND, invoice.org_id, str(back.id), {"payment": back.id})
        await add_jobs([job], at=at)
    elif state == "done":
        await _tell_returned(invoice, amount, at=at)


async def _tell_returned(invoice: InvoiceRow, amount: int, *, at: datetime) -> None:
    """To whoever hears of bookings: something was really given back."""
    scene = await find_scene(invoice.booking_id) if invoice.booking_id else None
    if scene is not None:
        more = {"number": invoice.number, "amount": amount, "currency": invoice.currency}
        await tell_of_booking("booking.refunded", scene, at=at, more=more)


async def _write(
    invoice: InvoiceRow,
    kind: Kind,
    state: State,
    new: NewPayment,
    *,
    at: datetime,
    of: int | None = None,
) -> Payment:
    return await Payment.create(
        org_id=invoice.org_id,
        invoice_id=invoice.id,
        kind=kind,
        state=state,
        amount=new.amount,
        gateway=new.gateway,
        reference=new.reference or new_id(),
        of=of,
        by=new.by[:64],
        note=new.note[:NOTE_MAX],
        at=at,
    )


def payment_row(row: Payment) -> PaymentRow:
    """As a value."""
    return PaymentRow(
        id=row.id,
        org_id=row.org_id,
        invoice_id=row.invoice_id,
        kind=cast(Kind, row.kind),
        state=cast(State, row.state),
        amount=row.amount,
        gateway=row.gateway,
        reference=row.reference,
        of=row.of,
        by=row.by,
        note=row.note,
        at=row.at,
    )
