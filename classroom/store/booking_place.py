"""Where a booking is made: what is booked, with whom and at whom, read with one statement.

With it comes what those who follow the booking ask of host and organisation, so that they need not
ask again: how it is paid, when people are reminded, where the host gets letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from classroom.store.booking_rows import HostRow, OfferRow, host_row, offer_row
from classroom.store.organisations import OrganisationRow, organisation_row
from classroom.store.pay_tables import PayWays
from classroom.store.pay_ways import WaysRow, ways_row
from classroom.store.practice_tables import Host, Offer, Organisation
from classroom.store.seen import EMAIL, RULES, WAYS, WORDS, Seen
from classroom.store.statement import ask, made_of, selected


@dataclass(frozen=True, slots=True)
class Place:
    """`again` is the booking that the page with this mark made already, or ""."""

    host: HostRow
    offer: OfferRow
    org: OrganisationRow
    again: str
    seen: Seen


async def find_place(host_id: str, offer_id: str, once: str | None) -> Place | None:
    """None when the host has no such offer."""
    rows = await ask(_text(), offer_id, host_id, once)
    return _place(rows[0]) if rows else None


def _place(row: Mapping[str, Any]) -> Place:
    host = host_row(made_of(Host, "h", row))
    org = organisation_row(made_of(Organisation, "g", row))
    paid = WaysRow(org.id) if row["w.org_id"] is None else ways_row(made_of(PayWays, "w", row))
    seen = Seen()
    seen.keep(WAYS, paid)
    seen.keep(RULES, row["own_rules"] or row["house_rules"])
    seen.keep(EMAIL + host.id, row["email"] or "")
    if not row["has_words"]:
        seen.keep(WORDS + org.id, {})
    return Place(host, offer_row(made_of(Offer, "o", row)), org, row["again"] or "", seen)


def _text() -> str:
    return f"""
    SELECT {selected(Offer, "o")}, {selected(Host, "h")}, {selected(Organisation, "g")},
        {selected(PayWays, "w")}, a.email AS email,
        own.rules AS own_rules, house.rules AS house_rules,
        EXISTS (SELECT 1 FROM letter_words l WHERE l.org = h.org_id) AS has_words,
        (SELECT b.id FROM bookings b WHERE b.org_id = h.org_id AND b.once = $3) AS again
    FROM offers o JOIN hosts h ON h.id = o.host_id JOIN organisations g ON g.id = h.org_id
    LEFT JOIN members m ON m.id = h.member_id LEFT JOIN accounts a ON a.id = m.account_id
    LEFT JOIN pay_ways w ON w.org_id = g.id
    LEFT JOIN reminder_rules own ON own.org = g.id AND own.offer = o.id
    LEFT JOIN reminder_rules house ON house.org = g.id AND house.offer = ''
    WHERE o.id = $1 AND o.host_id = $2"""
