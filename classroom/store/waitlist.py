"""Who waits for a free time of an offer: they wish for days and hours, and get the first that fits.

A time that became free is held for one of them at a time. Whoever lets it pass is off the list: the
time goes to the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from classroom.booking import states
from classroom.booking.states import WaitDeed, Waiting
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_rows import Change, HostRow, OfferRow, host_row, offer_row
from classroom.store.booking_tables import WaitEntry
from classroom.store.clients_found import ClientGiven, client_for
from classroom.store.organisations import OrganisationRow, organisation_row

OPEN_MAX = 5
"""Wishes of one address in an organisation that are still open."""
LOOK_MAX = 500
"""Wishes that are looked at at once, the oldest first."""
_OPEN: tuple[Waiting, ...] = ("waiting", "offered")
_LAPSED: dict[str, WaitDeed] = {
    "confirm": "take",
    "owe": "take",
    "lapse": "lapse",
    "cancel": "leave",
}
"""What becomes of a wish with what becomes of the booking that was held for it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Days of the host, both included, and minutes since their midnight."""

    from_day: date
    to_day: date
    from_min: int
    to_min: int


WaitPlace = tuple[datetime, str]
"""Where somebody stands on the list: since when, and the id of their wish."""


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A wish with whose it is."""

    id: str
    client_id: str
    state: Waiting
    offered: str
    wish: Wish
    offer: OfferRow
    host: HostRow
    org: OrganisationRow
    place: WaitPlace


async def join(
    org_id: str, offer_id: str, given: ClientGiven, wish: Wish, *, at: datetime
) -> tuple[str, str]:
    """The ids of the new wish and of whose it is; Refused `booking.many`."""
    async with in_transaction():
        # First what writes: SQLite refuses a write after a read when somebody else wrote meanwhile.
        over = WaitEntry.filter(offer_id=offer_id, state="waiting", to_day__lt=_yesterday(at))
        await over.update(state="ended")
        client = (await client_for(org_id, given, at=at)).client
        same = WaitEntry.filter(client__org_id=org_id, client__email=client.email)
        if await same.filter(state__in=list(_OPEN)).count() >= OPEN_MAX:
            raise Refused("booking.many", {"max": OPEN_MAX})
        row = await WaitEntry.create(
            id=new_id(),
            offer_id=offer_id,
            client_id=client.id,
            from_day=wish.from_day,
            to_day=wish.to_day,
            from_min=wish.from_min,
            to_min=wish.to_min,
            state="waiting",
            at=at,
        )
    return row.id, client.id


async def wishes_of(client_ids: list[str]) -> list[WaitRow]:
    """Open ones of these clients, the oldest first."""
    if not client_ids:
        return []
    return await _read(client_id__in=client_ids, state__in=list(_OPEN))


async def waiting_wishes(after: WaitPlace | None = None) -> list[WaitRow]:
    """Everybody who waits, the oldest first; of more than `LOOK_MAX` those behind a place."""
    if after is None:
        return await _read(state="waiting")
    since, entry_id = after
    return await _read(Q(at__gt=since) | Q(at=since, id__gt=entry_id), state="waiting")


async def leave(entry_id: str, client_ids: list[str]) -> str:
    """Off the list; the booking that was held for them, if any. Refused `booking.unknown`."""
    row = await WaitEntry.get_or_none(id=entry_id, client_id__in=client_ids or [""])
    if row is None:
        raise Refused("booking.unknown")
    if await _turn(row.id, "waiting", "leave") or not await _turn(row.id, "offered", "leave"):
        return ""
    return (await WaitEntry.get(id=row.id)).offered


async def end_old(at: datetime) -> None:
    """Wishes whose last day is over everywhere."""
    await WaitEntry.filter(state="waiting", to_day__lt=_yesterday(at)).update(state="ended")


async def follow_waiting(change: Change) -> None:
    """A wish knows the booking that is held for it, and ends with it; a follower of bookings.

    Refused `booking.over` when whoever wished for it left meanwhile.
    """
    if change.deed == "make" and change.by.kind == "list":
        waiting = WaitEntry.filter(id=change.by.id, state="waiting")
        if not await waiting.update(state="offered", offered=change.after.id):
            raise Refused("booking.over")
    deed = _LAPSED.get(change.deed)
    if deed is None or change.after.made_by != "list":
        return
    row = await WaitEntry.get_or_none(offered=change.after.id, state="offered")
    if row is not None:
        await _turn(row.id, "offered", deed)


def _yesterday(at: datetime) -> date:
    """A day that is over in every zone."""
    return (at - timedelta(days=2)).date()


async def _turn(entry_id: str, state: Waiting, deed: WaitDeed) -> bool:
    """Whether it was in this state still."""
    after = states.move(states.WAITLIST, state, deed, "booking.over")
    return bool(await WaitEntry.filter(id=entry_id, state=state).update(state=after))


async def _read(*which: Q, **where: Any) -> list[WaitRow]:
    rows = (
        await WaitEntry.filter(*which, **where)
        .select_related("offer__host__org")
        .order_by("at", "id")
        .limit(LOOK_MAX)
    )
    return [
        WaitRow(
            id=row.id,
            client_id=row.client_id,
            state=cast(Waiting, row.state),
            offered=row.offered,
            wish=Wish(row.from_day, row.to_day, row.from_min, row.to_min),
            offer=offer_row(row.offer),
            host=host_row(row.offer.host),
            org=organisation_row(row.offer.host.org),
            place=(row.at, row.id),
        )
        for row in rows
    ]
