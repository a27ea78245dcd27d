"""What comes back of a booking, as people are told before they press."""

from __future__ import annotations

from datetime import datetime

from classroom.booking.refund import back, percent_back, until_s
from classroom.clock import iso
from classroom.http.money_told import RuleTold, moment
from classroom.store.booking_asked import Scene, find_scene
from classroom.store.invoice_following import read_terms_rule
from classroom.store.invoices import InvoiceRow


def rule_told(scene: Scene, invoice: InvoiceRow | None, at: datetime) -> RuleTold:
    """When its client cancels now; `amount` of what was paid."""
    own = scene.offer.cancel if scene.offer else None
    rule = read_terms_rule({**scene.org.terms, **(own or {})})
    from_s, now_s = scene.appointment.from_s, int(at.timestamp())
    percent = percent_back(rule, "client", before_s=from_s - now_s)
    if scene.booking.state in ("unpaid", "unconfirmed"):
        percent = 100
    until = until_s(rule, from_s, now_s)
    kept = 0 if invoice is None else invoice.sums.kept
    return RuleTold(percent, back(kept, percent), None if until is None else iso(moment(until)))


async def rule_of_invoice(invoice: InvoiceRow, at: datetime) -> RuleTold | None:
    """None of a package, and of a booking that is over or gone."""
    scene = await find_scene(invoice.booking_id) if invoice.booking_id else None
    if scene is None or not scene.booking.is_open:
        return None
    return rule_told(scene, invoice, at)
