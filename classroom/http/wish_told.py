"""A wish of the waiting list, as whoever has it sees it."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.booking.states import Waiting
from classroom.http.offer_cards import OfferCard, OrgCard, offer_card, org_card
from classroom.store.waitlist import WaitRow


@dataclass(frozen=True, slots=True)
class WishHost:
    """With whom."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class WishTold:
    """A wish. Days of the host, both included; minutes since their midnight."""

    id: str
    organisation: OrgCard
    host: WishHost
    offer: OfferCard
    from_day: str
    to_day: str
    from_min: int
    to_min: int
    state: Waiting


def wish_told(row: WaitRow, locale: str) -> WishTold:
    """In the form in which it is sent."""
    return WishTold(
        id=row.id,
        organisation=org_card(row.org, locale),
        host=WishHost(row.host.slug, row.host.name),
        offer=offer_card(row.offer),
        from_day=row.wish.from_day.isoformat(),
        to_day=row.wish.to_day.isoformat(),
        from_min=row.wish.from_min,
        to_min=row.wish.to_min,
        state=row.state,
    )
