"""The log of a booking: every change, who made it and when. Lines are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from classroom.store.booking_rows import By
from classroom.store.booking_tables import BookingLine
from classroom.store.statement import add
from classroom.store.tables import Account

READ_MAX = 200


@dataclass(frozen=True, slots=True)
class LineRow:
    """`by` is the kind and the id of who did it, with a colon between."""

    number: int
    at: datetime
    by: str
    deed: str
    body: Mapping[str, Any]


async def add_line(
    booking_id: str, deed: str, body: Mapping[str, Any], *, by: By, at: datetime
) -> None:
    """Part of a transaction that is alone with the booking's host."""
    last = 0
    if deed != "make":
        found = await BookingLine.filter(booking_id=booking_id).order_by("-number").first()
        last = 0 if found is None else found.number
    line = BookingLine(
        booking_id=booking_id,
        number=last + 1,
        at=at,
        by=by.text()[:64],
        deed=deed,
        body=json.dumps(dict(body), separators=(",", ":"), ensure_ascii=False),
    )
    await add([line])


async def lines_of(booking_id: str) -> list[LineRow]:
    """The newest two hundred, oldest first."""
    rows = await BookingLine.filter(booking_id=booking_id).order_by("-number").limit(READ_MAX)
    return [
        LineRow(row.number, row.at, row.by, row.deed, json.loads(row.body))
        for row in reversed(rows)
    ]


async def names_of(lines: list[LineRow]) -> dict[str, str]:
    """Of the accounts that stand in the lines; who is gone has none."""
    ids = {line.by.partition(":")[2] for line in lines if line.by.startswith("account:")}
    found = await Account.filter(id__in=list(ids)).values_list("id", "name") if ids else []
    return {str(id_): str(name) for id_, name in found}
