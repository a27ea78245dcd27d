"""Offers: made, found, changed, put in order, removed. Who may is decided by the caller."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_rows import HostRow, OfferRow, host_row, offer_row
from classroom.store.practice_tables import Host, Offer

COUNT_MAX = 50
"""Of one host."""
_WRITTEN = ("hours", "intake", "cancel", "form_ids")
"""Columns that are JSON."""


async def offers_of(host_ids: Iterable[str], *, on: bool = False) -> list[OfferRow]:
    """In their order; `on`: those that can be booked."""
    rows = Offer.filter(host_id__in=list(host_ids))
    if on:
        rows = rows.filter(is_on=True)
    return [offer_row(row) for row in await rows.order_by("position", "created_at", "id")]


async def find_offer(offer_id: str) -> OfferRow | None:
    """The offer, also one that is off."""
    row = await Offer.get_or_none(id=offer_id)
    return None if row is None else offer_row(row)


async def offered(host_id: str, offer_id: str) -> tuple[HostRow, OfferRow]:
    """A host with one of their offers; Refused `host.unknown`, `offer.unknown`."""
    host = await Host.get_or_none(id=host_id, removed_at=None)
    if host is None:
        raise Refused("host.unknown")
    row = await Offer.get_or_none(id=offer_id, host_id=host_id)
    if row is None:
        raise Refused("offer.unknown")
    return host_row(host), offer_row(row)


async def create_offer(host_id: str, news: Mapping[str, Any], *, at: datetime) -> OfferRow:
    """At the end of the host's; Refused `offer.limit`. Every value is clean."""
    async with in_transaction():
        await Host.filter(id=host_id).update(turn=F("turn") + 1)
        count = await Offer.filter(host_id=host_id).count()
        if count >= COUNT_MAX:
            raise Refused("offer.limit", {"max": COUNT_MAX})
        row = await Offer.create(
            id=new_id(), host_id=host_id, created_at=at, **{"position": count, **_columns(news)}
        )
    return offer_row(await Offer.get(id=row.id))


async def change_offer(offer_id: str, news: Mapping[str, Any]) -> OfferRow:
    """The same with these columns; Refused `offer.unknown`. What was booked stays as it was."""
    if news:
        await Offer.filter(id=offer_id).update(**_columns(news))
    found = await find_offer(offer_id)
    if found is None:
        raise Refused("offer.unknown")
    return found


async def remove_offer(offer_id: str) -> None:
    """Nobody can book it any more; what was booked stays."""
    await Offer.filter(id=offer_id).delete()


def _columns(news: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(value, ensure_ascii=False)
        if name in _WRITTEN and value is not None
        else value
        for name, value in news.items()
    }
