"""What a series of bookings is made of: its host and offer, and one asking for each beginning."""

from __future__ import annotations

from collections.abc import Sequence

from classroom.errors import Refused
from classroom.http.desk_booking_door import made_by
from classroom.http.desk_door import Desk
from classroom.store.booking_asked import Take
from classroom.store.booking_rows import HostRow, OfferRow
from classroom.store.clients_found import ClientGiven
from classroom.store.hosts import find_host
from classroom.store.offers import find_offer
from classroom.store.series import Judged


async def host_and_offer(host_id: str, offer_id: str) -> tuple[HostRow, OfferRow]:
    """Refused `host.unknown`, `offer.unknown`."""
    host, offer = await find_host(host_id), await find_offer(offer_id)
    if host is None:
        raise Refused("host.unknown")
    if offer is None or offer.host_id != host.id:
        raise Refused("offer.unknown")
    return host, offer


def asks_of(
    mine: Desk, offer: OfferRow, client: ClientGiven, judged: Sequence[Judged], series_id: str
) -> list[Take]:
    """For each beginning that can be; told in one letter, not in one each."""
    return [
        Take(
            host_id=offer.host_id,
            offer_id=offer.id,
            start_s=one.start_s,
            client=client,
            by=mine.by,
            made_by=made_by(mine, offer.host_id),
            series=series_id,
            anyway=True,
            body={"tell": False},
        )
        for one in judged
        if not one.code
    ]
