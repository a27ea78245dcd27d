"""What figures are made of: bookings, money and open hours of an organisation in a span of time."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from classroom.booking.diary import read_diary
from classroom.booking.figures import Offered, Paid, Talk
from classroom.booking.slot import open_spans
from classroom.booking.zone import wall
from classroom.store.booking_tables import Booking
from classroom.store.pay_tables import Invoice, Payment
from classroom.store.practice_tables import Host, Offer

_TALK = (
    *("appointment__host_id", "appointment__offer_id", "state", "appointment__from_s"),
    *("appointment__to_s", "held_ms", "stars", "appointment_id"),
)


async def talks_of(
    org_id: str, from_s: int, to_s: int, hosts: Collection[str] | None
) -> list[Talk]:
    """Bookings of appointments that begin in [from_s, to_s), of these hosts (None: of all)."""
    found = Booking.filter(
        org_id=org_id, appointment__from_s__gte=from_s, appointment__from_s__lt=to_s
    )
    if hosts is not None:
        found = found.filter(appointment__host_id__in=list(hosts))
    return [
        Talk(
            host=host,
            offer=offer or "",
            state=state,
            from_s=begin,
            minutes=(end - begin) // 60,
            held_min=None if held is None else round(held / 60_000),
            stars=stars,
            appointment=appointment,
        )
        for host, offer, state, begin, end, held, stars, appointment in await found.values_list(
            *_TALK
        )
    ]


async def paid_of(org_id: str, from_s: int, to_s: int, hosts: Collection[str] | None) -> list[Paid]:
    """Money that came and went back in the span. What came twice counts as neither."""
    begin, end = (datetime.fromtimestamp(second, UTC) for second in (from_s, to_s))
    found = Payment.filter(
        org_id=org_id, kind__in=["paid", "refund"], state="done", at__gte=begin, at__lt=end
    )
    rows = await found.values_list("invoice_id", "kind", "amount", "at")
    invoices = {
        one[0]: one
        for one in await Invoice.filter(org_id=org_id).values_list(
            "id", "host_id", "offer_id", "currency"
        )
    }
    paid = []
    for invoice_id, kind, amount, at in rows:
        _, host, offer, currency = invoices[invoice_id]
        if hosts is None or host in hosts:
            sign = 1 if kind == "paid" else -1
            paid.append(Paid(host, offer, int(at.timestamp()), sign * amount, currency))
    return paid


async def offered_of(
    org_id: str, from_s: int, to_s: int, hosts: Collection[str] | None, zone: str
) -> list[Offered]:
    """Minutes in which each host can be booked by their hours, by day of the organisation."""
    found = Host.filter(org_id=org_id, removed_at=None)
    if hosts is not None:
        found = found.filter(id__in=list(hosts))
    offered = []
    for row in await found:
        written = json.loads(row.diary or "{}")
        if not written:
            continue
        for span in open_spans(read_diary(written), from_s, to_s):
            day = wall(zone, span.from_s).day
            offered.append(Offered(row.id, day, (span.to_s - span.from_s) // 60))
    return offered


async def names_of(org_id: str) -> Mapping[str, str]:
    """Of hosts and offers, those who were removed too."""
    names = {row.id: row.name for row in await Host.filter(org_id=org_id)}
    offers = await Offer.filter(host__org_id=org_id)
    return names | {row.id: row.name for row in offers}
