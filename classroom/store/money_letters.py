"""Letters about money: an invoice when somebody has to pay by themselves, a receipt when they did.

Whoever pays on a company's page before the appointment counts gets no invoice by mail: they are on
that page now. Part of the transaction of the change.

A new booking's money comes last in it, after all that can be done before: whoever makes an invoice
waits for everybody else who does in the same organisation, because its numbers have no holes.
"""

from __future__ import annotations

from datetime import datetime

from classroom.booking.letter_kind import LetterKind
from classroom.booking.money import Language, money_text
from classroom.booking.when import say_day
from classroom.store.booking_asked import Scene
from classroom.store.booking_rows import Change
from classroom.store.invoice_following import follow_money
from classroom.store.invoices import InvoiceRow, invoice_of
from classroom.store.letter_matter import Asked, Lookups, language_of, scene_of_change
from classroom.store.letter_posting import Letters
from classroom.store.letters import post_all
from classroom.store.pay_ways import ways_of
from classroom.store.seen import INVOICE, WAYS

_DUE: dict[Language, str] = {"en": "To be paid by {day}.", "zh-CN": "请在{day}前支付。"}


async def follow_with_money(letters: Letters, change: Change) -> None:
    """What the change does with money, and all letters of both; the last follower of bookings."""
    known = Lookups(change.seen)
    if change.deed == "make":
        drafts = await letters.drafts(change, known)
        await follow_money(change)
    else:  # its letters say what came back
        await follow_money(change)
        drafts = await letters.drafts(change, known)
    found = await _asked(change)
    if found is not None:
        draft = await letters.draft(*found, known, at=change.at)
        drafts += [] if draft is None else [draft]
    await post_all(drafts, at=change.at)


async def _asked(change: Change) -> tuple[LetterKind, Scene, Asked] | None:
    """The letter of the invoice or of the receipt that came with the change."""
    if change.deed not in ("make", "confirm", "pay", "held", "missed", "correct"):
        return None
    invoice = await _invoice(change)
    if invoice is None or change.body.get("tell") is False:
        return None
    if change.deed == "pay":
        is_paid = invoice.paid_at == change.at and invoice.state == "paid"
        return _letter(change, invoice, "") if is_paid else None
    if not _is_new(invoice, change.at) or change.after.state == "unpaid":
        return None
    return _letter(change, invoice, await _due(invoice, change))


async def _invoice(change: Change) -> InvoiceRow | None:
    """A booking that is made has none but what this change gave it."""
    if change.deed == "make":
        made: InvoiceRow | None = change.seen.get(INVOICE)
        return made
    return await invoice_of(change.after.id)


def _is_new(invoice: InvoiceRow, at: datetime) -> bool:
    return invoice.state == "open" and invoice.created_at == at


def _letter(change: Change, invoice: InvoiceRow, due: str) -> tuple[LetterKind, Scene, Asked]:
    language = language_of(change.client.locale)
    amount = money_text(invoice.sums.amount, invoice.currency, language, whole=True)
    words = {"number": invoice.number, "amount": amount, **({"due": due} if due else {})}
    kind: LetterKind = "invoice" if due else "receipt"
    asked = Asked(once=f"{kind}.{invoice.id}", words=words)
    return kind, scene_of_change(change), asked


async def _due(invoice: InvoiceRow, change: Change) -> str:
    """Until when, and how."""
    language = language_of(change.client.locale)
    how = (await change.seen.read(WAYS, lambda: ways_of(invoice.org_id))).how
    due_at = invoice.due_at or change.at
    day = say_day(int(due_at.timestamp()), change.client.zone, language)
    return " ".join(one for one in (_DUE[language].format(day=day), " ".join(how.split())) if one)
