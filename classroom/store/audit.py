"""Who of an organisation opened what: a line for each opening, kept three years.

A line names who looked and the ids of what was looked at; nothing of a client is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from classroom.store.client_tables import AuditLine

KEPT = timedelta(days=3 * 366)
PAGE = 200
EXPORT_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Opening:
    """One line."""

    id: int
    account_id: str
    name: str
    what: str
    of: str
    client_id: str
    at: datetime


async def note_opened(
    org_id: str,
    account: tuple[str, str],
    what: str,
    of: str,
    *,
    at: datetime,
    client_id: str = "",
) -> None:
    """Write down that this account (its id and name) opened `what` (a deed's or thing's word)."""
    await AuditLine.create(
        org_id=org_id,
        account_id=account[0],
        name=account[1],
        what=what,
        of=of,
        client_id=client_id,
        at=at,
    )


async def openings(
    org_id: str,
    *,
    client_id: str = "",
    account_id: str = "",
    what: str = "",
    before: int = 0,
    limit: int = PAGE,
) -> list[Opening]:
    """The newest first; `before` is the id of the last one told. Empty filters are none."""
    rows = AuditLine.filter(org_id=org_id)
    if client_id:
        rows = rows.filter(client_id=client_id)
    if account_id:
        rows = rows.filter(account_id=account_id)
    if what:
        rows = rows.filter(what=what)
    if before:
        rows = rows.filter(id__lt=before)
    return [
        Opening(row.id, row.account_id, row.name, row.what, row.of, row.client_id, row.at)
        for row in await rows.order_by("-id").limit(limit)
    ]


async def forget_openings(*, at: datetime) -> int:
    """Those that are too old; how many went."""
    return await AuditLine.filter(at__lt=at - KEPT).delete()
