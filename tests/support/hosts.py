"""An organisation with a host and offers, put into the database directly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from classroom.booking.diary import Bounds, Diary, Hours, write_diary
from classroom.store.booking_asked import Take
from classroom.store.booking_rows import By
from classroom.store.clients_found import ClientGiven
from tests.support.rows import BERLIN, new_host, new_offer, new_organisation

NOW = datetime(2027, 3, 22, 8, 0, tzinfo=UTC)
"""A Monday, six days before Europe's clocks go forward."""
NOW_S = int(NOW.timestamp())
MONDAY_S = int(datetime(2027, 3, 29, 7, 0, tzinfo=UTC).timestamp())
"""Monday 29 March at 09:00 in Berlin, when the host's hours begin."""
HOUR_S = 3600


@dataclass
class Place:
    """What was made."""

    org_id: str
    host_id: str
    offer_id: str

    def ask(self, start_s: int = MONDAY_S, *, email: str = "ana@example.org", **more: Any) -> Take:
        """A client's booking of the offer."""
        given = {
            "offer_id": self.offer_id,
            "client": ClientGiven(name="Ana", email=email, zone="America/New_York"),
            "by": By("client"),
        }
        return Take(host_id=self.host_id, start_s=start_s, **{**given, **more})


async def make_place(
    *,
    slug: str = "north",
    terms: dict[str, Any] | None = None,
    bounds: Bounds | None = None,
    **offer: Any,
) -> Place:
    """Open Monday to Friday from 09:00 to 17:00 in Berlin; talks of an hour."""
    org = new_organisation(NOW, slug=slug, terms=json.dumps(terms or {}))
    await org.save()
    hours = tuple(Hours(day, 9 * 60, 17 * 60) for day in range(5))
    diary = Diary(BERLIN, hours, bounds=bounds or Bounds(notice_min=60))
    own = {"slug": "helen", "name": "Helen", "diary": json.dumps(write_diary(diary))}
    host = new_host(org.id, NOW, **own)
    await host.save()
    return Place(org.id, host.id, await add_offer(host.id, **offer))


async def add_offer(host_id: str, **own: Any) -> str:
    """Another offer of the host; its id."""
    offer = new_offer(host_id, NOW, **own)
    await offer.save()
    return offer.id
