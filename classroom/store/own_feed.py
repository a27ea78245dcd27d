"""What a host's own feed shows, and which of its addresses is good."""

from __future__ import annotations

from dataclasses import dataclass

from tortoise.expressions import F

from classroom.booking.feed_out import Shown
from classroom.store.host_week import entries_of
from classroom.store.practice_tables import Host

BEHIND_S = 30 * 24 * 3600
AHEAD_S = 400 * 24 * 3600


@dataclass(frozen=True, slots=True)
class FeedOwner:
    """Whose feed it is; `number` is that of its newest addresses."""

    host_id: str
    name: str
    org_name: str
    locale: str
    number: int


async def feed_owner(host_id: str) -> FeedOwner | None:
    """None for a host who was removed, or who is nobody's calendar any more."""
    host = await Host.get_or_none(id=host_id, removed_at=None).select_related("org")
    if host is None or host.member_id is None:
        return None
    return FeedOwner(host.id, host.name, host.org.name, host.org.locale, host.feed_number)


async def end_addresses(host_id: str) -> None:
    """Every address there is leads nowhere from now on."""
    await Host.filter(id=host_id).update(feed_number=F("feed_number") + 1)


async def shown_of(host_id: str, own: str, *, now_s: int) -> list[Shown]:
    """Appointments from a month ago until 400 days ahead; `own` ends their UIDs."""
    entries = await entries_of(host_id, now_s - BEHIND_S, now_s + AHEAD_S)
    return [
        Shown(
            f"{one.id}{own}",
            one.from_s,
            one.to_s,
            one.offer or one.title,
            tuple(person.name for person in one.people if person.name),
        )
        for one in entries
    ]
