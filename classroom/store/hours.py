"""When hosts can be booked, as they wrote it, and how long what they offer is."""

from __future__ import annotations

import json

from classroom.booking.diary import Diary, write_diary
from classroom.booking.slot import Lengths
from classroom.errors import Refused
from classroom.store.booking_rows import HostRow, host_row, offer_row
from classroom.store.practice_tables import Host, Offer


async def host_of(host_id: str) -> HostRow:
    """A host who was not removed; Refused `host.unknown`."""
    row = await Host.get_or_none(id=host_id, removed_at=None)
    if row is None:
        raise Refused("host.unknown")
    return host_row(row)


async def write_hours(host_id: str, diary: Diary) -> None:
    """From now on; what is booked stays booked."""
    text = json.dumps(write_diary(diary), separators=(",", ":"))
    await Host.filter(id=host_id).update(diary=text, zone=diary.zone)


async def lengths_of(host_id: str, offer_id: str) -> Lengths:
    """Of one offer of a host; Refused `offer.unknown`."""
    row = await Offer.get_or_none(id=offer_id, host_id=host_id)
    if row is None:
        raise Refused("offer.unknown")
    return offer_row(row).lengths()


async def shortest_of(host_id: str) -> int:
    """Minutes of the shortest thing that can be booked now; 0 when nothing can."""
    minutes = await Offer.filter(host_id=host_id, is_on=True).values_list("minutes", flat=True)
    return min((int(str(one)) for one in minutes), default=0)
