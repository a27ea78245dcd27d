"""Keys of payment companies that were put aside: what was begun with them comes to its end.

A client may be on a page of the old account when an organisation changes its keys or goes on by
hand. The money that comes then is still verified, taken and given back with the old ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from classroom.store.checkouts import LIVES
from classroom.store.pay_first import OFFLINE
from classroom.store.pay_tables import PayKeys
from classroom.store.pay_ways import WaysRow

KEPT = LIVES + timedelta(days=3)
"""As long as a page lives that was begun in the last moment; and Stripe sends a message that was
not taken again for three days."""
USED_MAX = 5


@dataclass(frozen=True, slots=True)
class KeysRow:
    """Sealed keys stay sealed here."""

    gateway: str
    key_sealed: str
    signing_sealed: str


async def put_aside(ways: WaysRow, *, at: datetime) -> None:
    """Keep the keys of an organisation, before others take their place; none is nothing."""
    if ways.gateway != OFFLINE and ways.key_sealed:
        await PayKeys.create(
            org_id=ways.org_id,
            gateway=ways.gateway,
            key_sealed=ways.key_sealed,
            signing_sealed=ways.signing_sealed,
            until=at + KEPT,
        )


async def keys_aside(org_id: str, *, at: datetime) -> list[KeysRow]:
    """The newest first."""
    kept = PayKeys.filter(org_id=org_id, until__gt=at)
    rows = await kept.order_by("-until", "-id").limit(USED_MAX)
    return [KeysRow(row.gateway, row.key_sealed, row.signing_sealed) for row in rows]


async def forget_keys(at: datetime) -> None:
    """Those whose time is over."""
    await PayKeys.filter(until__lte=at).delete()
