"""Hosts: made, found, changed, removed. Who may is decided by the caller."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.functions import Avg, Count
from tortoise.transactions import in_transaction

from classroom.booking.diary import Diary, write_diary
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_rows import HostRow, host_row
from classroom.store.booking_tables import Booking
from classroom.store.organisations import OrganisationRow, organisation_row
from classroom.store.practice_tables import Host, Organisation

COUNT_MAX = 200
"""Of one organisation."""


@dataclass(frozen=True, slots=True)
class StarsRow:
    """Of ratings that both the client and the organisation show."""

    mean: float
    count: int


async def find_host(host_id: str) -> HostRow | None:
    """The host, unless they were removed."""
    row = await Host.get_or_none(id=host_id, removed_at=None)
    return None if row is None else host_row(row)


async def host_at(org_slug: str, host_slug: str) -> tuple[OrganisationRow, HostRow] | None:
    """By the words of the address of their page; unlisted hosts have one, too."""
    row = (
        await Host.filter(org__slug=org_slug, slug=host_slug, removed_at=None)
        .select_related("org")
        .first()
    )
    return None if row is None else (organisation_row(row.org), host_row(row))


async def hosts_of(org_id: str, *, listed: bool = False) -> list[HostRow]:
    """By name; `listed`: those of the public page."""
    rows = Host.filter(org_id=org_id, removed_at=None)
    if listed:
        rows = rows.filter(is_listed=True)
    return [host_row(row) for row in await rows.order_by("name", "id").limit(COUNT_MAX)]


async def create_host(
    org_id: str, *, name: str, slug: str, zone: str, title: str, about: str, at: datetime
) -> HostRow:
    """Somebody without an account and without hours; Refused `organisation.slug`, `offer.limit`."""
    try:
        async with in_transaction():
            # First what writes: SQLite cannot write after a read when others wrote meanwhile.
            await Organisation.filter(id=org_id).update(slug=F("slug"))
            if await Host.filter(org_id=org_id, removed_at=None).count() >= COUNT_MAX:
                raise Refused("offer.limit", {"max": COUNT_MAX})
            made = await Host.create(
                id=new_id(),
                org_id=org_id,
                slug=slug,
                name=name,
                title=title,
                about=about,
                zone=zone,
                diary=json.dumps(write_diary(Diary(zone))),
                created_at=at,
            )
    except IntegrityError as error:
        raise Refused("organisation.slug") from error
    return host_row(await Host.get(id=made.id))


async def change_host(host_id: str, **news: str | bool) -> HostRow:
    """The same with these columns; Refused `host.unknown`, `organisation.slug`."""
    try:
        async with in_transaction():
            if news:
                await Host.filter(id=host_id).update(**news)
    except IntegrityError as error:
        raise Refused("organisation.slug") from error
    row = await find_host(host_id)
    if row is None:
        raise Refused("host.unknown")
    return row


async def remove_host(host_id: str, *, at: datetime) -> None:
    """Nothing can be booked with them any more; what was booked can be read and cancelled.

    Their address is free for somebody else.
    """
    await Host.filter(id=host_id, removed_at=None).update(
        removed_at=at, is_listed=False, is_free=False, member_id=None, slug=f"-{host_id}"
    )


async def stars_of(host_ids: Iterable[str]) -> dict[str, StarsRow]:
    """Of each host who has ratings that are shown."""
    rows = (
        await Booking.filter(
            appointment__host_id__in=list(host_ids),
            is_shown=True,
            may_show=True,
            stars__isnull=False,
        )
        .annotate(mean=Avg("stars"), count=Count("id"))
        .group_by("appointment__host_id")
        .values_list("appointment__host_id", "mean", "count")
    )
    return {str(host): StarsRow(float(mean), int(count)) for host, mean, count in rows}
