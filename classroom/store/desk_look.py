"""What a desk looks at: everybody of an organisation who waits, for whom, and what comes next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from classroom.booking.intake import Answer, reason_of
from classroom.booking.queue import LET_IN
from classroom.store.booking_tables import Appointment, Booking
from classroom.store.practice_tables import Host
from classroom.store.visits import MessageRow, VisitRow, messages_of, open_visits, past_visits

DAY_S = 24 * 3600
UNSURE_S = 3 * DAY_S
"""For so long a desk is asked what became of an appointment."""
UNSURE_AFTER_S = 15 * 60
"""What could be told by itself was told by then."""
SHOWN_MAX = 50
REASON_MAX = 300
"""Letters of a reason; who wants more opens the client."""


@dataclass(frozen=True, slots=True)
class HostNow:
    """Somebody clients wait for. `account_id` is empty when nobody signs in as them."""

    id: str
    slug: str
    name: str
    title: str
    picture: str
    zone: str
    account_id: str
    is_free: bool
    free_since: datetime | None


@dataclass(frozen=True, slots=True)
class Unsure:
    """An appointment that is over, and nobody knows whether it was held."""

    booking_id: str
    client_id: str
    name: str
    host_id: str
    from_s: int


@dataclass(frozen=True, slots=True)
class Wrote:
    """What somebody who waits answered when they booked."""

    fields: tuple[Mapping[str, Any], ...]
    answers: Mapping[str, Answer]

    def reason(self, *, sees_private: bool) -> str:
        """Why they come, as far as one may see it."""
        return reason_of(self.fields, self.answers, sees_private=sees_private, longest=REASON_MAX)


NOTHING = Wrote((), {})


@dataclass(frozen=True, slots=True)
class OrgNow:
    """An organisation's waiting room at one moment."""

    org_id: str
    hosts: dict[str, HostNow]
    visits: tuple[VisitRow, ...]
    past: tuple[VisitRow, ...]
    messages: dict[str, list[MessageRow]]
    unsure: tuple[Unsure, ...] = ()
    talk_to_s: dict[str, int] = field(default_factory=dict)
    """By host: the planned end of the talk that goes on."""
    next_s: dict[str, int] = field(default_factory=dict)
    """By host: when the next appointment begins."""
    wrote: dict[str, Wrote] = field(default_factory=dict)
    """By booking."""

    def reason_of(self, visit: VisitRow, *, sees_private: bool) -> str:
        """What they wrote in the waiting room, else what they wrote when they booked."""
        before = self.wrote.get(visit.booking_id, NOTHING)
        return visit.reason or before.reason(sees_private=sees_private)


async def look_at(org_id: str, *, now_s: int) -> OrgNow:
    """As it is in the database."""
    visits = await open_visits(org_id=org_id)
    hosts = await _hosts(org_id)
    return OrgNow(
        org_id=org_id,
        hosts=hosts,
        visits=tuple(visits),
        past=tuple(await past_visits(org_id, from_s=now_s - DAY_S, limit=SHOWN_MAX)),
        messages=await messages_of([one.id for one in visits]),
        unsure=await _unsure(org_id, now_s, {one.booking_id for one in visits}),
        talk_to_s=await _talks(visits),
        next_s=await next_starts(list(hosts), now_s=now_s),
        wrote=await _wrote([one.booking_id for one in visits if one.booking_id]),
    )


async def next_starts(host_ids: list[str], *, now_s: int) -> dict[str, int]:
    """When each host's next appointment begins, for those who have one within a day."""
    found = Appointment.filter(
        host_id__in=host_ids,
        state="open",
        kind__in=["talk", "group", "class"],
        from_s__gt=now_s,
        from_s__lt=now_s + DAY_S,
    ).order_by("-from_s")
    return {str(host): int(at) for host, at in await found.values_list("host_id", "from_s")}


async def free_hosts() -> list[tuple[str, HostNow]]:
    """Everybody who takes visitors at once now, with their organisation."""
    rows = await Host.filter(is_free=True, removed_at=None).select_related("member")
    return [(row.org_id, _host(row)) for row in rows]


async def switch_free(host_id: str, *, at: datetime | None) -> None:
    """They take visitors at once from then on; None is not any more."""
    await Host.filter(id=host_id).update(is_free=at is not None, free_since=at)


async def _hosts(org_id: str) -> dict[str, HostNow]:
    rows = await Host.filter(org_id=org_id, removed_at=None).select_related("member")
    return {row.id: _host(row) for row in sorted(rows, key=lambda row: (row.name, row.id))}


async def _talks(visits: list[VisitRow]) -> dict[str, int]:
    on = {one.appointment_id: one.host_id for one in visits if one.state in LET_IN}
    found: dict[str, int] = {}
    if on:
        for appointment, to_s in await Appointment.filter(id__in=list(on)).values_list(
            "id", "to_s"
        ):
            host = on[str(appointment)]
            found[host] = max(found.get(host, 0), int(to_s))
    return found


async def _wrote(booking_ids: list[str]) -> dict[str, Wrote]:
    if not booking_ids:
        return {}
    rows = await Booking.filter(id__in=booking_ids).values_list(
        "id", "intake", "appointment__offer__intake"
    )
    return {
        str(booking): Wrote(tuple(json.loads(fields or "[]")), json.loads(answers))
        for booking, answers, fields in rows
    }


async def _unsure(org_id: str, now_s: int, on: set[str]) -> tuple[Unsure, ...]:
    """Those that are over for a while, still open, and of nobody who is in a talk (`on`)."""
    rows = (
        await Booking.filter(
            org_id=org_id,
            state__in=["booked", "live"],
            appointment__to_s__lt=now_s - UNSURE_AFTER_S,
            appointment__to_s__gt=now_s - UNSURE_S,
            appointment__kind__in=["talk", "group"],
        )
        .select_related("appointment", "client")
        .limit(SHOWN_MAX)
    )
    return tuple(
        Unsure(
            row.id,
            row.client_id,
            row.client.name,
            row.appointment.host_id,
            row.appointment.from_s,
        )
        for row in rows
        if row.id not in on
    )


def _host(row: Host) -> HostNow:
    return HostNow(
        id=row.id,
        slug=row.slug,
        name=row.name,
        title=row.title,
        picture=row.picture,
        zone=row.zone,
        account_id=row.member.account_id if row.member is not None else "",
        is_free=row.is_free,
        free_since=row.free_since,
    )
