"""How an organisation is paid: by hand, or through a payment company with its own keys, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from classroom.booking.money import Tax
from classroom.store.pay_first import OFFLINE
from classroom.store.pay_tables import PayWays

STRIPE = "stripe"


@dataclass(frozen=True, slots=True)
class WaysRow:
    """Sealed keys stay sealed here; `key_end` is what people see of them."""

    org_id: str
    gateway: str = OFFLINE
    key_sealed: str = ""
    key_end: str = ""
    signing_sealed: str = ""
    is_test: bool = False
    checked_at: datetime | None = None
    tax: Tax = field(default_factory=Tax)
    how: str = ""
    reception_refunds: bool = False

    @property
    def is_online(self) -> bool:
        """Whether clients can pay on a page of a company."""
        return self.gateway != OFFLINE


async def ways_of(org_id: str) -> WaysRow:
    """By hand and without tax, until somebody sets it."""
    row = await PayWays.get_or_none(org_id=org_id)
    return WaysRow(org_id) if row is None else ways_row(row)


async def online_orgs() -> list[str]:
    """All that are paid through a company."""
    return [row.org_id for row in await PayWays.exclude(gateway=OFFLINE)]


async def change_ways(org_id: str, news: Mapping[str, Any]) -> WaysRow:
    """Write these columns."""
    if not await PayWays.filter(org_id=org_id).exists():
        new = PayWays(
            org_id=org_id,
            **{"gateway": OFFLINE, "key_sealed": "", "key_end": "", "signing_sealed": ""},
            **{"is_test": False, "tax_percent": 0, "tax_note": "", "how": ""},
            reception_refunds=False,
        )
        await PayWays.bulk_create([new], ignore_conflicts=True)
    if news:
        await PayWays.filter(org_id=org_id).update(**news)
    return await ways_of(org_id)


def ways_row(row: PayWays) -> WaysRow:
    """As a value."""
    return WaysRow(
        org_id=row.org_id,
        gateway=row.gateway,
        key_sealed=row.key_sealed,
        key_end=row.key_end,
        signing_sealed=row.signing_sealed,
        is_test=row.is_test,
        checked_at=row.checked_at,
        tax=Tax(row.tax_percent, row.tax_note),
        how=row.how,
        reception_refunds=row.reception_refunds,
    )
