"""Digits that prove an address: their number, until when they are good, how often they were tried.

What the digits are is made elsewhere of the number; here nothing is stored that lets anybody in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.booking_rows import ClientRow, client_row
from classroom.store.booking_tables import Booking, Client
from classroom.store.enrolment_tables import Enrolment

GOOD_FOR = timedelta(minutes=10)
TRIES_MAX = 5


async def new_code(client_id: str, *, until: datetime) -> ClientRow:
    """Other digits than before, which end. Part of the transaction it is called in; the first
    statement writes. Refused `client.unknown`."""
    alive = Client.filter(id=client_id, erased_at=None)
    changed = await alive.update(code_number=F("code_number") + 1, code_until=until, code_tries=0)
    if not changed:
        raise Refused("client.unknown")
    return client_row(await Client.get(id=client_id))


async def prove(client_id: str, fits: Callable[[ClientRow], bool], *, at: datetime) -> ClientRow:
    """The client, whose address is proved from now on; the digits are good once.

    Refused `client.code`, `client.code_old`. A try counts whatever becomes of it.
    """
    good = Client.filter(id=client_id, code_until__gt=at, code_tries__lt=TRIES_MAX)
    if not await good.update(code_tries=F("code_tries") + 1):
        raise Refused("client.code_old")
    row = client_row(await Client.get(id=client_id))
    if not fits(row):
        raise Refused("client.code")
    return await mark_proved(client_id)


async def mark_proved(client_id: str) -> ClientRow:
    """A letter to their address reached them.

    Whoever wrote the address down may have been somebody else: the browser and the account that
    were known before the proof are not any more.
    """
    async with in_transaction():
        unproved = Client.filter(id=client_id, is_proved=False)
        await unproved.update(is_proved=True, account_id="")
        await Client.filter(id=client_id).update(code_until=None)
        return client_row(await Client.get(id=client_id))


async def clients_alike(client: ClientRow) -> list[ClientRow]:
    """This one, whose address was just proved, and all others of the organisation that proved the
    same address."""
    if not client.email:
        return [client]
    rows = (
        await Client.filter(
            org_id=client.org_id, email=client.email, is_proved=True, erased_at=None
        )
        .exclude(id=client.id)
        .order_by("-created_at")
    )
    return [client, *(client_row(row) for row in rows)]


async def known_clients(shown: list[tuple[str, int]], account_id: str) -> list[ClientRow]:
    """Of ids with standings (`ClientRow.standing`) those that still count, and those kept in the
    account."""
    numbers = dict(shown)
    rows = await Client.filter(id__in=list(numbers), erased_at=None) if numbers else []
    found = [one for one in map(client_row, rows) if one.standing == numbers[one.id]]
    if account_id:
        ids = {one.id for one in found}
        kept = await Client.filter(account_id=account_id, erased_at=None).order_by("created_at")
        found += [client_row(row) for row in kept if row.id not in ids]
    return found


async def has_only(client_id: str, booking_id: str) -> bool:
    """Whether that is the one booking this client ever had."""
    return not await Booking.filter(client_id=client_id).exclude(id=booking_id).exists()


async def change_client(client_id: str, **news: str | bool) -> ClientRow:
    """The same with these columns; Refused `client.unknown`."""
    async with in_transaction():
        if news:
            await Client.filter(id=client_id, erased_at=None).update(**news)
        row = await Client.get_or_none(id=client_id, erased_at=None)
    if row is None:
        raise Refused("client.unknown")
    return client_row(row)


async def renew_links(client_id: str) -> ClientRow:
    """Every private link and every browser of theirs is forgotten, and so are the seats that were
    given to those browsers."""
    async with in_transaction():
        await Client.filter(id=client_id).update(link_number=F("link_number") + 1, code_until=None)
        client = client_row(await Client.get(id=client_id))
        seats = Enrolment.filter(id__in=list(client.enrolments))
        await seats.update(link_number=F("link_number") + 1)
        return client


async def link_number_of(client_id: str) -> int:
    """The number of their newest links; 0 for nobody."""
    row = await Client.get_or_none(id=client_id) if client_id else None
    return 0 if row is None else row.link_number
