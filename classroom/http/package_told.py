"""Shapes of packages and of what was sold of them, in requests and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field

from classroom.booking.credit import CREDITS_MAX, DAYS_MAX
from classroom.booking.money import AMOUNT_MAX
from classroom.http.body import Body
from classroom.http.money_told import CreditTold, credit_told
from classroom.store import credits as store

OFFERS_MAX = 50


class NewPackage(Body):
    """No offer named is all of them. `price` in minor units of `currency`, the organisation's when
    it is left out."""

    name: str = Field(min_length=1, max_length=120)
    offer_ids: list[str] = Field(default_factory=list, max_length=OFFERS_MAX)
    credits: int = Field(ge=1, le=CREDITS_MAX)
    price: int = Field(ge=0, lt=AMOUNT_MAX)
    currency: str = Field(default="", max_length=3)
    days: int = Field(default=365, ge=1, le=DAYS_MAX)


class PackageChange(Body):
    """Only what is given changes, for whoever buys it from now on."""

    name: str | None = Field(default=None, min_length=1, max_length=120)
    price: int | None = Field(default=None, ge=0, lt=AMOUNT_MAX)
    days: int | None = Field(default=None, ge=1, le=DAYS_MAX)
    is_on: bool | None = None


class SellBody(Body):
    """To whom; empty: whoever uses the code first."""

    client_id: str = Field(default="", max_length=64)


class CodeBody(Body):
    """A code somebody typed, for this offer."""

    code: str = Field(max_length=40)
    offer_id: str = Field(max_length=64)


@dataclass(frozen=True, slots=True)
class SoldTold:
    """`code` is told only now. `invoice_id` is "" for one that costs nothing."""

    credit: CreditTold
    code: str
    invoice_id: str


@dataclass(frozen=True, slots=True)
class SoldBefore(CreditTold):
    """With whose it is, for the team; "" as long as nobody used it."""

    client_name: str


@dataclass(frozen=True, slots=True)
class CodeTold:
    """What a code pays: `left` of `total`, until then."""

    name: str
    left: int
    total: int
    until: str


def sold_told(one: store.CreditRow, names: Mapping[str, str]) -> SoldBefore:
    """With the name of whose it is."""
    told = credit_told(one)
    short = {name: getattr(told, name) for name in CreditTold.__slots__}
    return SoldBefore(**short, client_name=names.get(one.client_id, ""))
