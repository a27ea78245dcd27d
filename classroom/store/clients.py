"""Clients of an organisation: searched, looked at with their talks, changed, handed on.

Whether somebody may is decided by the caller. Who was erased is in no list.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import F, Q
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.booking_rows import (
    AppointmentRow,
    BookingRow,
    ClientRow,
    OfferRow,
    appointment_row,
    booking_row,
    client_row,
    offer_row,
)
from classroom.store.booking_tables import Booking, Client
from classroom.store.client_tables import ClientHost
from classroom.store.practice_tables import Host

PAGE = 50
TALKS_MAX = 500
DONE = ("held", "missed", "live")
COMING = ("unconfirmed", "unpaid", "booked", "live")


@dataclass(frozen=True, slots=True)
class ClientListed:
    """A client as they stand in a list; seconds since 1970, None where there is none."""

    client: ClientRow
    talks: int
    """Held ones."""
    last_s: int | None
    next_s: int | None
    hosts: tuple[str, ...]
    """Whose client they are."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A booking with its time, its host and what was booked."""

    booking: BookingRow
    appointment: AppointmentRow
    host_name: str
    offer: OfferRow | None


async def find_client(org_id: str, client_id: str) -> ClientRow:
    """Refused `client.unknown`, `client.erased`."""
    row = await Client.get_or_none(id=client_id, org_id=org_id)
    if row is None:
        raise Refused("client.unknown")
    if row.erased_at is not None:
        raise Refused("client.erased")
    return client_row(row)


async def organisation_of(client_id: str) -> str | None:
    """Whose client that is; None when there is none."""
    row = await Client.get_or_none(id=client_id)
    return None if row is None else row.org_id


async def search_clients(
    org_id: str, text: str, *, now_s: int, only: Collection[str] | None, after: str = ""
) -> tuple[list[ClientListed], bool]:
    """By name, address or telephone, 50 at a time by name, and whether there are more.

    `only` are the ids somebody may see, None all; `after` the id of the last one told.
    """
    rows = Client.filter(org_id=org_id, erased_at=None)
    if only is not None:
        rows = rows.filter(id__in=list(only))
    for word in text.split()[:5]:
        one = Q(name__icontains=word) | Q(email__icontains=word) | Q(phone__icontains=word)
        rows = rows.filter(one)
    last = await Client.get_or_none(id=after) if after else None
    if last is not None:
        rows = rows.filter(Q(name__gt=last.name) | Q(name=last.name, id__gt=last.id))
    found = await rows.order_by("name", "id").limit(PAGE + 1)
    shown = [client_row(row) for row in found[:PAGE]]
    return await _listed(shown, now_s), len(found) > PAGE


async def talks_of(client_id: str) -> list[Talk]:
    """The newest first."""
    rows = (
        await Booking.filter(client_id=client_id)
        .select_related("appointment__host", "appointment__offer")
        .order_by("-appointment__from_s", "-id")
        .limit(TALKS_MAX)
    )
    return [
        Talk(
            booking_row(row),
            appointment_row(row.appointment),
            row.appointment.host.name,
            None if row.appointment.offer is None else offer_row(row.appointment.offer),
        )
        for row in rows
    ]


async def hosts_of(client_id: str) -> dict[str, str]:
    """Whose client they are, by a booking or handed on: host ids with names."""
    handed = await ClientHost.filter(client_id=client_id).values_list("host_id", flat=True)
    booked = await Booking.filter(client_id=client_id).values_list(
        "appointment__host_id", flat=True
    )
    ids = {str(one) for one in (*handed, *booked)}
    rows = await Host.filter(id__in=list(ids)).order_by("name")
    return {row.id: row.name for row in rows}


async def change_client(org_id: str, client_id: str, news: Mapping[str, Any]) -> ClientRow:
    """The same with these columns; another address is not proved, nor by digits that were mailed to
    the one before. Refused as `find_client`."""
    client = await find_client(org_id, client_id)
    columns = dict(news)
    if columns.get("email", client.email) != client.email:
        columns |= {"is_proved": False, "code_until": None}
    if columns:
        await Client.filter(id=client_id).update(**columns)
    return await find_client(org_id, client_id)


async def hand_over(org_id: str, client_id: str, host_id: str, *, by: str, at: datetime) -> None:
    """They are that host's client, too; Refused `host.unknown` and as `find_client`."""
    await find_client(org_id, client_id)
    if not await Host.filter(id=host_id, org_id=org_id, removed_at=None).exists():
        raise Refused("host.unknown")
    async with in_transaction():
        # First what writes: SQLite cannot write after a read when others wrote meanwhile.
        await Client.filter(id=client_id).update(name=F("name"))
        if not await ClientHost.filter(client_id=client_id, host_id=host_id).exists():
            await ClientHost.create(client_id=client_id, host_id=host_id, by=by, at=at)


async def _listed(clients: list[ClientRow], now_s: int) -> list[ClientListed]:
    rows = await Booking.filter(client_id__in=[one.id for one in clients]).values_list(
        "client_id", "state", "appointment__from_s", "appointment__host__name"
    )
    found: list[ClientListed] = []
    for client in clients:
        own = [row[1:] for row in rows if row[0] == client.id]
        past = [from_s for state, from_s, _ in own if state in DONE]
        coming = [from_s for state, from_s, _ in own if state in COMING and from_s >= now_s]
        found.append(
            ClientListed(
                client=client,
                talks=sum(state == "held" for state, _, _ in own),
                last_s=max(past, default=None),
                next_s=min(coming, default=None),
                hosts=tuple(sorted({str(name) for _, _, name in own})),
            )
        )
    return found
