"""Bookings read for those who see them: a client, and a desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from classroom.store.boards import failing
from classroom.store.booking_asked import WHOLE, Scene, as_scene
from classroom.store.booking_tables import Booking

MINE_MAX = 200
PAGE = 50
HELD_MAX = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of an organisation a desk wants to see. `hosts` None: everybody's. Seconds since 1970;
    `before_s` and `before_id`, the beginning and the id of the last one told, go on with a list
    that had more."""

    org_id: str
    hosts: Collection[str] | None = None
    client_id: str = ""
    states: tuple[str, ...] = ()
    from_s: int | None = None
    to_s: int | None = None
    name: str = ""
    before_s: int | None = None
    before_id: str = ""


async def scenes_of_clients(client_ids: Iterable[str]) -> list[Scene]:
    """Of these clients, the newest appointments first."""
    ids = list(client_ids)
    if not ids:
        return []
    rows = Booking.filter(client_id__in=ids).exclude(state="unconfirmed")
    return await _scenes(rows.order_by("-appointment__from_s", "id").limit(MINE_MAX))


async def scenes_wanted(wanted: Wanted) -> tuple[list[Scene], bool]:
    """The newest appointments first, and whether there are more; with `from_s` the oldest first."""
    rows = Booking.filter(org_id=wanted.org_id)
    if wanted.hosts is not None:
        rows = rows.filter(appointment__host_id__in=list(wanted.hosts))
    if wanted.client_id:
        rows = rows.filter(client_id=wanted.client_id)
    if wanted.states:
        rows = rows.filter(state__in=list(wanted.states))
    if wanted.from_s is not None:
        rows = rows.filter(appointment__to_s__gt=wanted.from_s)
    if wanted.to_s is not None:
        rows = rows.filter(appointment__from_s__lt=wanted.to_s)
    if wanted.name:
        rows = rows.filter(client__name__icontains=wanted.name)
    if wanted.before_s is not None:
        before = Q(appointment__from_s__lt=wanted.before_s)
        if wanted.before_id:  # many may begin at once
            before |= Q(appointment__from_s=wanted.before_s, id__gt=wanted.before_id)
        rows = rows.filter(before)
    found = await _scenes(rows.order_by("-appointment__from_s", "id").limit(PAGE + 1))
    return found[:PAGE], len(found) > PAGE


async def _scenes(rows: QuerySet[Booking]) -> list[Scene]:
    return [as_scene(row) for row in await rows.select_related(*WHOLE)]


async def held_too_long(at: datetime) -> list[str]:
    """Bookings that were to be confirmed or paid by now, the oldest first. Or StoreFailed."""
    with failing():
        rows = Booking.filter(state__in=["unconfirmed", "unpaid"], hold_until__lte=at)
        found = await rows.order_by("hold_until").limit(HELD_MAX).values_list("id", flat=True)
    return [str(one) for one in found]
