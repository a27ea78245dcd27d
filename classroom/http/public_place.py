"""Organisations, hosts and offers by the words of public addresses."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.ids import may_be_id
from classroom.store.booking_rows import HostRow, OfferRow
from classroom.store.hosts import host_at
from classroom.store.offers import find_offer
from classroom.store.organisations import OrganisationRow, organisation_by_slug


async def public_organisation(org: str) -> OrganisationRow:
    """Refused `host.unknown`."""
    found = await organisation_by_slug(org[:64])
    if found is None:
        raise Refused("host.unknown")
    return found


async def public_host(org: str, host: str) -> tuple[OrganisationRow, HostRow]:
    """Unlisted ones, too; Refused `host.unknown`."""
    found = await host_at(org[:64], host[:64])
    if found is None:
        raise Refused("host.unknown")
    return found


async def public_offer(host: HostRow, offer_id: str) -> OfferRow:
    """What can be booked with this host; Refused `offer.unknown`."""
    found = await find_offer(offer_id) if may_be_id(offer_id) else None
    if found is None or found.host_id != host.id or not found.is_on:
        raise Refused("offer.unknown")
    return found
