"""What becomes of money when something becomes of a booking: part of the same transaction.

Paid before: an invoice with the booking. Paid after: one when it was held. A package pays instead
of an invoice. A booking that does not happen gives back what the rule says; what was not paid yet
is not owed any more, unless the rule gives nothing back.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from classroom.booking.credit import read_code
from classroom.booking.refund import Missed, Step, Why, back, percent_back, read_rule
from classroom.errors import Refused
from classroom.people.secret import token_hash
from classroom.store.booking_rows import Change
from classroom.store.credits import Which, put_back, use, use_of
from classroom.store.invoices import (
    InvoiceRow,
    LineRow,
    NewInvoice,
    hold_invoice,
    invoice_of,
    make_invoice,
    write_moment,
)
from classroom.store.pay_ways import ways_of
from classroom.store.payments import NewPayment, give_back, receive, void
from classroom.store.seen import INVOICE, WAYS

DUE_AFTER = timedelta(days=14)
"""Something paid after the appointment."""
COUNTING = ("unpaid", "booked")


async def follow_money(change: Change) -> None:
    """The follower of every change; Refused `voucher.*`, `invoice.state`, `payment.amount`."""
    if change.deed == "make":
        await _use_package(change)
    if change.deed in ("make", "confirm", "owe") and change.after.state in COUNTING:
        await _bill_before(change)
    elif change.deed == "pay":
        await _pay(change)
    elif change.deed == "move":
        await _move(change)
    elif change.deed in ("cancel", "lapse", "held", "missed", "correct"):
        await _end(change)


def _package_of(change: Change) -> Which | None:
    """With which package a booking is paid that is made."""
    code, credit_id = change.body.get("voucher"), change.body.get("credit")
    if code:
        return Which(code_hash=token_hash(read_code(str(code))))
    if credit_id and change.by.kind == "account":
        return Which(credit_id=str(credit_id))
    return None


async def _use_package(change: Change) -> None:
    which = _package_of(change)
    if which is None:
        return
    await use(
        change.org.id,
        which,
        booking_id=change.after.id,
        client_id=change.client.id,
        offer_id=change.offer.id if change.offer else "",
        at=change.at,
    )


async def _bill_before(change: Change) -> None:
    if change.after.pay != "before" or not change.after.price:
        return
    if await _is_settled(change):
        return
    starts = datetime.fromtimestamp(change.appointment.from_s, UTC)
    await _bill(change, change.after.hold_until or starts)


async def _bill(change: Change, due_at: datetime) -> InvoiceRow:
    booking, org = change.after, change.org
    ways = await change.seen.read(WAYS, lambda: ways_of(org.id))
    address = [line.strip() for line in org.office.address.splitlines() if line.strip()]
    new = NewInvoice(
        org_id=org.id,
        zone=org.zone,
        kind="booking",
        currency=booking.currency,
        lines=(LineRow(change.appointment.title, booking.price, change.appointment.from_s),),
        client_name=change.client.name,
        sender=(org.name, *address),
        tax=ways.tax,
        booking_id=booking.id,
        client_id=change.client.id,
        host_id=change.host.id,
        offer_id=change.offer.id if change.offer else "",
        due_at=due_at,
    )
    invoice = await make_invoice(new, at=change.at)
    change.seen.keep(INVOICE, invoice)
    return invoice


async def _is_settled(change: Change) -> bool:
    """Whether a package paid it, or there is an invoice. What was made now has no other of both
    than what this change gave it."""
    if change.deed == "make":
        return _package_of(change) is not None
    return await use_of(change.after.id) is not None or await _live(change) is not None


async def _live(change: Change) -> InvoiceRow | None:
    """The booking's invoice that still means something, held; None when there is none."""
    found = await invoice_of(change.after.id)
    if found is None or found.state == "void":
        return None
    return await hold_invoice(found.id)


async def _pay(change: Change) -> None:
    """Money came. For a booking that was given up before it was owed, what came goes back.

    What was told of before changes nothing: a booking that lapsed does not count again for it.
    """
    found = await invoice_of(change.after.id)
    if found is None:
        raise Refused("invoice.unknown")
    body = change.body
    paid = NewPayment(
        amount=int(body["amount"]),
        gateway=str(body["gateway"]),
        by=change.by.text(),
        reference=str(body.get("reference", "")),
        note=str(body.get("said", "")),
    )
    held = await hold_invoice(found.id)
    invoice = await receive(held, paid, at=change.at)
    came = invoice.sums.received - held.sums.received
    if change.before is not None and change.before.state == "lapsed" and not came:
        raise Refused("booking.over")
    if change.after.state == "cancelled" and held.state == "void" and came:
        await give_back(invoice, came, by="clock", note="", at=change.at)


async def _move(change: Change) -> None:
    """What was asked stays asked, and what was paid stays paid: only the time is another."""
    found = await _live(change)
    if found is None:
        return
    starts = datetime.fromtimestamp(change.appointment.from_s, UTC)
    is_due = found.state == "open" and change.after.state != "unpaid"
    await write_moment(found, change.appointment.from_s, starts if is_due else None)


async def _end(change: Change) -> None:
    """It was held, missed, cancelled or has lapsed."""
    why = _why(change)
    if why is None:
        await _bill_after(change)
        return
    percent = _percent(change, why)
    if percent:
        await put_back(change.after.id, at=change.at)
    elif why == "missed_by_client":
        await _bill_after(change)
        return
    found = await _live(change)
    if found is None:
        return
    part = back(found.sums.kept, percent)
    if part:
        note = str(change.body.get("why", ""))
        await give_back(found, part, by=change.by.text(), note=note, at=change.at)
        change.returned.append(part)
    elif found.state == "open" and not found.sums.kept and (percent or why == "lapsed"):
        await void(found, at=change.at)


async def _bill_after(change: Change) -> None:
    """It was held, or counts as if: what is paid after it is owed now."""
    if change.after.pay == "free" or not change.after.price:
        return
    if not await _is_settled(change):
        await _bill(change, change.at + DUE_AFTER)


def _why(change: Change) -> Why | None:
    """Why it does not happen; None when it was held."""
    if change.after.state == "held":
        return None
    if change.after.state == "missed":
        return "missed_by_host" if change.body.get("who") == "host" else "missed_by_client"
    if change.deed == "lapse":
        return "lapsed"
    return "client" if change.by.kind == "client" else "host"


def _percent(change: Change, why: Why) -> int:
    """How much comes back. Who cancels for the client may say another percentage."""
    said = change.body.get("refund")
    if why == "host" and isinstance(said, int) and not isinstance(said, bool):
        return min(100, max(0, said))
    before_s = change.appointment.from_s - int(change.at.timestamp())
    missed: Missed = "charged" if change.org.office.missed_is_charged else "free"
    if change.before is not None and change.before.state in ("unpaid", "unconfirmed"):
        return 100
    return percent_back(rule_of(change), why, before_s=before_s, missed=missed)


def rule_of(change: Change) -> tuple[Step, ...]:
    """The offer's rule, else the organisation's, else all until nothing may be changed any more."""
    own = change.offer.cancel if change.offer else None
    return read_terms_rule({**change.org.terms, **(own or {})})


def read_terms_rule(terms: dict[str, object]) -> tuple[Step, ...]:
    """The steps in stored terms."""
    if "refund" in terms:
        return read_rule(terms["refund"])
    hours = terms.get("hours", 24)
    return (Step(hours if isinstance(hours, int) else 24, 100),)
