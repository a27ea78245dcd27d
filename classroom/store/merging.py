"""Two clients who are one person become one: all that is the one's becomes the other's, at once.

There is no way back: afterwards nobody can say whose a talk was. What stays under the old id is in
`merged`.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal

from tortoise.expressions import F
from tortoise.models import Model
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.booking_news import tell_of_merging
from classroom.store.booking_rows import ClientRow, client_row
from classroom.store.booking_tables import Booking, Client, Series, WaitEntry
from classroom.store.client_tables import AuditLine, ClientHost, ClientTask, MergedClient, Note
from classroom.store.clients import hosts_of
from classroom.store.letter_tables import Letter
from classroom.store.pay_tables import Credit, Invoice
from classroom.store.visit_tables import Visit

Part = Literal["name", "email", "phone", "locale", "zone"]
"""What of the one who goes may stand with the one who stays."""
MOVED: tuple[tuple[type[Model], str], ...] = (
    (Booking, "client_id"),
    (WaitEntry, "client_id"),
    (Series, "client_id"),
    (Note, "client_id"),
    (ClientTask, "client_id"),
    (AuditLine, "client_id"),
    (Visit, "client_id"),
    (Letter, "client"),
    (Invoice, "client_id"),
    (Credit, "client_id"),
)
"""Tables with the column that names a client. Beside them: `client_hosts`, each host once."""
_NOBODY: dict[str, Any] = {
    "name": "",
    "email": "",
    "phone": "",
    "enrolments": "[]",
    "account_id": "",
    "is_proved": False,
    "code_until": None,
}
LATE = timedelta(hours=1)
"""For so long after a merging it is looked whether somebody still wrote under the old id."""


async def merge(
    org_id: str,
    keep_id: str,
    gone_id: str,
    *,
    taking: Collection[Part] = (),
    by: str,
    at: datetime,
) -> ClientRow:
    """The one who stays, with all that was the other's; `taking` names what is taken over of who
    the other is. The same again changes nothing.

    Refused `client.unknown`, `client.erased`, `client.same` for one and the same,
    `client.being_erased` while one of them is.
    """
    if keep_id == gone_id:
        raise Refused("client.same")
    async with in_transaction():
        # First what writes, and in one order: two who merge the same wait for each other.
        for one in sorted((keep_id, gone_id)):
            await Client.filter(id=one, org_id=org_id).update(name=F("name"))
        if await MergedClient.filter(client_id=gone_id, into_id=keep_id).exists():
            return client_row(await Client.get(id=keep_id))
        keep, gone = await _alive(org_id, keep_id), await _alive(org_id, gone_id)
        erasing = ClientTask.filter(client_id__in=[keep_id, gone_id], kind="erase")
        if await erasing.filter(state__in=["waiting", "failed"]).exists():
            raise Refused("client.being_erased")
        await _note_merged(keep, gone, by=by, at=at)
        await Client.filter(id=keep_id).update(**_person(keep, gone, taking))
        await Client.filter(id=gone_id).update(**_NOBODY, erased_at=at)
        await _move(keep_id, gone_id)
        kept = client_row(await Client.get(id=keep_id))
        await tell_of_merging(kept, gone_id, list(await hosts_of(keep_id)), at=at)
        return kept


async def move_late(*, at: datetime) -> None:
    """What was written under an old id by somebody who had begun before the merging."""
    for row in await MergedClient.filter(at__gt=at - LATE):
        async with in_transaction():
            await _move(row.into_id, row.client_id)


async def _alive(org_id: str, client_id: str) -> Client:
    row = await Client.get_or_none(id=client_id, org_id=org_id)
    if row is None:
        raise Refused("client.unknown")
    if row.erased_at is not None:
        raise Refused("client.erased")
    return row


def _person(keep: Client, gone: Client, taking: Collection[Part]) -> dict[str, Any]:
    """Who they are from now on. An address is as proved as it was; an account that was bound while
    nobody had proved theirs does not become that of somebody who did."""
    columns: dict[str, Any] = {part: getattr(gone, part) for part in taking}
    is_proved = gone.is_proved if "email" in taking else keep.is_proved
    if keep.email == gone.email:
        is_proved = keep.is_proved or gone.is_proved
    if is_proved != keep.is_proved or "email" in taking:
        columns |= {"is_proved": is_proved, "code_until": None}
    own = keep.account_id if keep.is_proved or not is_proved else ""
    columns["account_id"] = own or (gone.account_id if gone.is_proved else "")
    seats = [*json.loads(keep.enrolments), *json.loads(gone.enrolments)]
    columns["enrolments"] = json.dumps(list(dict.fromkeys(seats)))
    columns["created_at"] = min(keep.created_at, gone.created_at)
    return columns


async def _note_merged(keep: Client, gone: Client, *, by: str, at: datetime) -> None:
    """Whoever was found to be the one who goes is the one who stays, too. Links of theirs that
    were made new since are good no more."""
    earlier = MergedClient.filter(into_id=gone.id)
    await earlier.exclude(into_number=gone.link_number).update(link_number=0)
    await earlier.update(into_id=keep.id, into_number=keep.link_number)
    await MergedClient.create(
        client_id=gone.id,
        into_id=keep.id,
        link_number=gone.link_number,
        into_number=keep.link_number,
        by=by,
        at=at,
    )


async def _move(keep_id: str, gone_id: str) -> None:
    """Part of a transaction; done again it moves what came since."""
    for table, column in MOVED:
        await table.filter(**{column: gone_id}).update(**{column: keep_id})
    hosts = await ClientHost.filter(client_id=keep_id).values_list("host_id", flat=True)
    handed = ClientHost.filter(client_id=gone_id)
    await handed.filter(host_id__in=[str(one) for one in hosts]).delete()
    await handed.update(client_id=keep_id)
