"""Invoices: made with the next number, found, listed. Numbers of a year have no holes.

What comes in and goes back is in `payments`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from tortoise.expressions import F, Q

from classroom.booking.invoice import State, Sums, number_of, year_of
from classroom.booking.money import Tax
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.letter_tables import Letter
from classroom.store.pay_tables import Invoice, InvoiceYear
from classroom.store.statement import add, ask

Kind = Literal["booking", "package"]
LINES_MAX = 20
NAME_MAX = 120
_COUNT = """
    UPDATE invoice_years SET count = count + 1 WHERE org_id = $1 AND year = $2 RETURNING count"""


@dataclass(frozen=True, slots=True)
class LineRow:
    """What was sold. `at_s` is when an appointment begins, None of a package."""

    text: str
    amount: int
    at_s: int | None = None


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """Everything that is printed is given now, and stays so. `zone` is the organisation's."""

    org_id: str
    zone: str
    kind: Kind
    currency: str
    lines: tuple[LineRow, ...]
    client_name: str
    sender: tuple[str, ...]
    tax: Tax
    booking_id: str = ""
    client_id: str = ""
    host_id: str = ""
    offer_id: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice as a plain value."""

    id: str
    org_id: str
    number: str
    kind: Kind
    booking_id: str
    client_id: str
    host_id: str
    offer_id: str
    sums: Sums
    currency: str
    tax: Tax
    client_name: str
    sender: tuple[str, ...]
    lines: tuple[LineRow, ...]
    due_at: datetime | None
    created_at: datetime
    paid_at: datetime | None

    @property
    def state(self) -> State:
        """What it is now."""
        return self.sums.state


async def make_invoice(new: NewInvoice, *, at: datetime) -> InvoiceRow:
    """The next one of the year. Part of the transaction it is called in: when that is undone, the
    number is given to the next."""
    amount = sum(line.amount for line in new.lines)
    year = year_of(at, new.zone)
    row = Invoice(
        id=new_id(),
        org_id=new.org_id,
        number=number_of(year, await _next(new.org_id, year)),
        kind=new.kind,
        booking_id=new.booking_id,
        client_id=new.client_id,
        host_id=new.host_id,
        offer_id=new.offer_id,
        state="open",
        amount=amount,
        received=0,
        returned=0,
        currency=new.currency,
        tax_percent=new.tax.percent,
        tax_note=new.tax.note,
        client_name=new.client_name[:NAME_MAX],
        sender=json.dumps(new.sender, ensure_ascii=False),
        lines=_written(new.lines),
        due_at=new.due_at,
        created_at=at,
    )
    await add([row])
    return invoice_row(row)


async def _next(org_id: str, year: int) -> int:
    """The count of the next one. Whoever comes at the same time waits for this transaction."""
    counted = await ask(_COUNT, org_id, year)
    if not counted:
        await add([InvoiceYear(org_id=org_id, year=year, count=0)], once=True)
        counted = await ask(_COUNT, org_id, year)
    return int(counted[0]["count"])


async def hold_invoice(invoice_id: str) -> InvoiceRow:
    """Nobody else changes it until the transaction ends; Refused `invoice.unknown`.

    A write comes first: a transaction that has read cannot become one that writes on SQLite.
    """
    await Invoice.filter(id=invoice_id).update(state=F("state"))
    return await must_find(invoice_id)


async def find_invoice(invoice_id: str) -> InvoiceRow | None:
    """By its id; None when there is none."""
    row = await Invoice.get_or_none(id=invoice_id)
    return None if row is None else invoice_row(row)


async def must_find(invoice_id: str) -> InvoiceRow:
    """By its id; Refused `invoice.unknown`."""
    row = await Invoice.get_or_none(id=invoice_id)
    if row is None:
        raise Refused("invoice.unknown")
    return invoice_row(row)


async def invoice_of(booking_id: str) -> InvoiceRow | None:
    """The newest one of a booking; None when it has none."""
    row = await Invoice.filter(booking_id=booking_id).order_by("-created_at", "-number").first()
    return None if row is None else invoice_row(row)


async def invoices_by_booking(booking_ids: Collection[str]) -> dict[str, InvoiceRow]:
    """The newest of each booking that has one."""
    found = Invoice.filter(booking_id__in=list(booking_ids))
    rows = await found.order_by("created_at", "number")
    return {row.booking_id: invoice_row(row) for row in rows}


async def invoices(
    org_id: str,
    *,
    limit: int,
    states: Collection[str] = (),
    host_ids: Collection[str] | None = None,
    before: datetime | None = None,
    after: str = "",
    like: Mapping[str, str] | None = None,
) -> list[InvoiceRow]:
    """The newest first; of these hosts (None: of all), made before then, those `after` the one of
    this id. `like` are whole values of columns: booking_id, client_id, number."""
    found = Invoice.filter(org_id=org_id, **(like or {}))
    if states:
        found = found.filter(state__in=list(states))
    if host_ids is not None:
        found = found.filter(host_id__in=list(host_ids))
    if before is not None:
        found = found.filter(created_at__lt=before)
    last = await Invoice.get_or_none(id=after, org_id=org_id) if after else None
    if last is not None:  # a series makes many at once
        same = Q(created_at=last.created_at, number__lt=last.number)
        found = found.filter(Q(created_at__lt=last.created_at) | same)
    rows = await found.order_by("-created_at", "-number").limit(limit)
    return [invoice_row(row) for row in rows]


async def invoices_of_clients(client_ids: Collection[str], *, limit: int) -> list[InvoiceRow]:
    """What clients have to pay or paid, the newest first."""
    found = Invoice.filter(client_id__in=list(client_ids))
    rows = await found.order_by("-created_at", "-number").limit(limit)
    return [invoice_row(row) for row in rows]


async def write_sums(invoice: InvoiceRow, sums: Sums, *, at: datetime) -> None:
    """Part of a transaction that holds it."""
    paid_at = invoice.paid_at
    if sums.state == "paid" and invoice.state in ("open", "void"):
        paid_at = at
    elif sums.state == "open":
        paid_at = None
    await Invoice.filter(id=invoice.id).update(
        state=sums.state, received=sums.received, returned=sums.returned, paid_at=paid_at
    )
    if invoice.state == "open" and sums.state != "open":  # nobody is asked for it any more
        asking = Letter.filter(once=f"invoice.{invoice.id}", state="waiting")
        await asking.update(state="dropped", failure="over", sent_at=at)


async def write_moment(invoice: InvoiceRow, at_s: int, due_at: datetime | None) -> None:
    """The appointment was moved: its line tells the new time."""
    lines = tuple(LineRow(one.text, one.amount, at_s) for one in invoice.lines)
    due = invoice.due_at if due_at is None else due_at
    await Invoice.filter(id=invoice.id).update(lines=_written(lines), due_at=due)


def _written(lines: tuple[LineRow, ...]) -> str:
    if len(lines) > LINES_MAX:
        raise ValueError("too many lines")
    told: list[dict[str, Any]] = [
        {"text": one.text, "amount": one.amount, "at_s": one.at_s} for one in lines
    ]
    return json.dumps(told, ensure_ascii=False)


def invoice_row(row: Invoice) -> InvoiceRow:
    """As a value."""
    return InvoiceRow(
        id=row.id,
        org_id=row.org_id,
        number=row.number,
        kind=cast(Kind, row.kind),
        booking_id=row.booking_id,
        client_id=row.client_id,
        host_id=row.host_id,
        offer_id=row.offer_id,
        sums=Sums(cast(State, row.state), row.amount, row.received, row.returned),
        currency=row.currency,
        tax=Tax(row.tax_percent, row.tax_note),
        client_name=row.client_name,
        sender=tuple(json.loads(row.sender)),
        lines=tuple(LineRow(**one) for one in json.loads(row.lines)),
        due_at=row.due_at,
        created_at=row.created_at,
        paid_at=row.paid_at,
    )
