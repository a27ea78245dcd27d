"""A row that is held: whoever would change what hangs on it waits until the transaction ends."""

from __future__ import annotations

from typing import Any

from tortoise.expressions import F
from tortoise.queryset import QuerySet


async def hold(rows: QuerySet[Any], column: str) -> bool:
    """Hold these rows; whether there are any. The first statement of a transaction.

    It writes `column` as it is. SQLite knows no lock for rows, and fails at once, without waiting,
    when a transaction that began by reading writes after another one did.
    """
    return bool(await rows.update(**{column: F(column)}))
