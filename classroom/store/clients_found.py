"""Who books: a client that is known, or a new one.

An address proves nothing. Whoever types that of another is a new client, although the address may
stand there already: so they neither become that person, nor learn whether there is one. A booking
joins a known client only when the browser is known as that client, or somebody of the house says
so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_rows import ClientRow, client_row
from classroom.store.booking_tables import Client
from classroom.store.members import is_own_client
from classroom.store.practice_tables import Organisation
from classroom.store.statement import add, ask

OPEN_MAX = 5
"""Coming appointments of one address that were booked by themselves."""
_COMING = """
    SELECT COUNT(*) AS many FROM bookings b
    JOIN appointments a ON a.id = b.appointment_id JOIN clients c ON c.id = b.client_id
    WHERE b.org_id = $1 AND a.to_s > $2 AND b.made_by = 'client'
    AND b.state IN ('unconfirmed', 'unpaid', 'booked')"""


@dataclass(frozen=True, slots=True)
class ClientGiven:
    """Who is to have a booking: `id` of a client of the organisation, or what was written down.

    `known` are the clients the asking browser is known as; `by_house` when somebody of the
    organisation books for them; `of_hosts` are then the hosts whose clients they may know, None is
    all.
    """

    id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    locale: str = "en"
    zone: str = "UTC"
    known: tuple[str, ...] = ()
    by_house: bool = False
    of_hosts: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`is_known`: whoever asks may be told about this client: they just made it, or are known."""

    client: ClientRow
    is_known: bool


async def find_client(client_id: str) -> ClientRow | None:
    """Of any organisation, erased ones too."""
    row = await Client.get_or_none(id=client_id)
    return None if row is None else client_row(row)


async def is_address_proved(org_id: str, given: ClientGiven) -> bool:
    """Whether this browser is known as a client whose address was proved: no letter is needed."""
    return await Client.exists(
        org_id=org_id,
        email=given.email,
        id__in=list(given.known) or [""],
        is_proved=True,
        erased_at=None,
    )


async def client_for(org_id: str, given: ClientGiven, *, at: datetime) -> Found:
    """The client of a booking, made when nobody fits. Part of the transaction it is called in.

    Refused `client.unknown`, `client.erased` for an id.
    """
    if given.id:
        row = await Client.get_or_none(id=given.id, org_id=org_id)
        if row is None:
            raise Refused("client.unknown")
        if row.erased_at is not None:
            raise Refused("client.erased")
        return Found(client_row(row), is_known=True)
    may_fit = given.email != "" and (given.by_house or given.known)
    found = await _fitting(org_id, given) if may_fit else None
    if found is None and given.email and given.by_house:
        # Two who come at once with the same new address are one after the other.
        await Organisation.filter(id=org_id).select_for_update().first()
        found = await _fitting(org_id, given)
    return found or Found(await _make(org_id, given, at), is_known=True)


async def settled(org_id: str, given: ClientGiven, *, at: datetime) -> ClientGiven:
    """The same as the id of a client, made now when it is a new one: for who is booked for more
    than once."""
    if given.id:
        return given
    async with in_transaction():
        # First what writes: SQLite refuses a write after a read when somebody else wrote meanwhile.
        await Organisation.filter(id=org_id).update(slug=F("slug"))
        found = await client_for(org_id, given, at=at)
    return ClientGiven(id=found.client.id, by_house=True)


async def must_have_space(org_id: str, client: ClientRow, now_s: int) -> None:
    """Refused `booking.many` when the address has as many coming appointments as it may. Of who
    proved it, only their own count: what strangers book in their name does not keep them out."""
    is_own = client.is_proved or not client.email
    if is_own:
        found = await ask(f"{_COMING} AND b.client_id = $3", org_id, now_s, client.id)
    else:
        found = await ask(f"{_COMING} AND c.email = $3", org_id, now_s, client.email)
    if found[0]["many"] >= OPEN_MAX:
        raise Refused("booking.many", {"max": OPEN_MAX})


async def _fitting(org_id: str, given: ClientGiven) -> Found | None:
    rows = (
        await Client.filter(org_id=org_id, email=given.email, erased_at=None)
        .order_by("created_at", "id")
        .limit(20)
    )
    known = [row for row in rows if row.id in given.known]
    if known:
        chosen = next((row for row in known if row.is_proved), known[0])
        return Found(client_row(chosen), is_known=True)
    if given.by_house and given.of_hosts is not None:
        rows = [row for row in rows if await is_own_client(row.id, given.of_hosts)]
    if given.by_house and rows:
        chosen = next((row for row in rows if row.is_proved), rows[0])
        return Found(client_row(chosen), is_known=True)
    return None


async def _make(org_id: str, given: ClientGiven, at: datetime) -> ClientRow:
    row = Client(
        id=new_id(),
        org_id=org_id,
        name=given.name,
        email=given.email,
        phone=given.phone,
        locale=given.locale,
        zone=given.zone,
        account_id="",
        link_number=1,
        wants_reminders=True,
        is_proved=False,
        enrolments="[]",
        code_number=0,
        code_tries=0,
        created_at=at,
    )
    await add([row])
    return client_row(row)
