"""Shapes of how an organisation is paid, in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from classroom.clock import iso
from classroom.http.body import Body
from classroom.pay.stripe_gateway import is_installed
from classroom.store.pay_ways import WaysRow

TAX_MAX = 10_000
KEY_MAX = 300


class WaysBody(Body):
    """Only what is given changes. Keys go with `gateway` stripe; `gateway` offline puts them aside,
    for what is on its way, and forgets them after three days."""

    gateway: Literal["offline", "stripe"] | None = None
    key: str | None = Field(default=None, min_length=8, max_length=KEY_MAX)
    signing: str | None = Field(default=None, min_length=8, max_length=KEY_MAX)
    tax_percent: int | None = Field(default=None, ge=0, le=TAX_MAX)
    tax_note: str | None = Field(default=None, max_length=200)
    how: str | None = Field(default=None, max_length=500)
    reception_refunds: bool | None = None


@dataclass(frozen=True, slots=True)
class WaysTold:
    """`key_end` is the end of the key that is kept; `hook` is the path messages go to."""

    gateway: str
    key_end: str
    has_signing: bool
    is_test: bool
    checked_at: str | None
    hook: str
    tax_percent: int
    tax_note: str
    how: str
    reception_refunds: bool
    can_stripe: bool
    """Whether this installation has what Stripe needs."""


def ways_told(ways: WaysRow) -> WaysTold:
    """Without any key."""
    return WaysTold(
        gateway=ways.gateway,
        key_end=ways.key_end,
        has_signing=ways.signing_sealed != "",
        is_test=ways.is_test,
        checked_at=None if ways.checked_at is None else iso(ways.checked_at),
        hook=f"/api/pay/stripe/{ways.org_id}",
        tax_percent=ways.tax.percent,
        tax_note=ways.tax.note,
        how=ways.how,
        reception_refunds=ways.reception_refunds,
        can_stripe=is_installed(),
    )
