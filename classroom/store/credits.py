"""Packages: offered, sold, used by bookings, given back. Of a code we are given the hash alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import F

from classroom.booking.credit import Credit as Core
from classroom.booking.credit import spend
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_tables import Client
from classroom.store.pay_tables import Credit, CreditUse, Package

PACKAGES_MAX = 50


@dataclass(frozen=True, slots=True)
class PackageRow:
    """Appointments sold together; no offer named is all of them."""

    id: str
    org_id: str
    name: str
    offer_ids: tuple[str, ...]
    credits: int
    price: int
    currency: str
    days: int
    is_on: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A package somebody has, or whoever has its code."""

    id: str
    org_id: str
    client_id: str
    package_id: str
    name: str
    offer_ids: tuple[str, ...]
    total: int
    used: int
    until: datetime
    invoice_id: str
    created_at: datetime

    @property
    def left(self) -> int:
        """How many appointments it still pays."""
        return self.total - self.used


async def create_package(org_id: str, values: Mapping[str, Any], *, at: datetime) -> PackageRow:
    """A new one; Refused `package.limit`."""
    if await Package.filter(org_id=org_id).count() >= PACKAGES_MAX:
        raise Refused("package.limit", {"max": PACKAGES_MAX})
    columns = _columns(values)
    row = await Package.create(id=new_id(), org_id=org_id, created_at=at, **columns)
    return package_row(row)


async def change_package(org_id: str, package_id: str, values: Mapping[str, Any]) -> PackageRow:
    """Changed for whoever buys it from now on; Refused `package.unknown`."""
    columns = _columns(values)
    if columns:
        await Package.filter(id=package_id, org_id=org_id).update(**columns)
    return await must_find_package(org_id, package_id)


async def must_find_package(org_id: str, package_id: str) -> PackageRow:
    """Refused `package.unknown`."""
    row = await Package.get_or_none(id=package_id, org_id=org_id)
    if row is None:
        raise Refused("package.unknown")
    return package_row(row)


async def packages_of(org_id: str) -> list[PackageRow]:
    """All of an organisation, those that are sold first."""
    rows = await Package.filter(org_id=org_id).order_by("created_at", "id")
    return sorted((package_row(row) for row in rows), key=lambda one: not one.is_on)


async def sell(
    package: PackageRow, *, client_id: str, code_hash: str, invoice_id: str, at: datetime
) -> CreditRow:
    """Part of the transaction that makes its invoice."""
    row = await Credit.create(
        id=new_id(),
        org_id=package.org_id,
        client_id=client_id,
        package_id=package.id,
        name=package.name,
        offer_ids=json.dumps(package.offer_ids),
        code_hash=code_hash,
        total=package.credits,
        used=0,
        until=at + timedelta(days=package.days),
        invoice_id=invoice_id,
        created_at=at,
    )
    return credit_row(row)


@dataclass(frozen=True, slots=True)
class Which:
    """A package by the hash of its code, or, for whoever sees it at the desk, by its id."""

    code_hash: str = ""
    credit_id: str = ""


async def use(
    org_id: str, which: Which, *, booking_id: str, client_id: str, offer_id: str, at: datetime
) -> CreditRow:
    """Pay a booking with a package. Whose it is first is whose it stays: theirs in every browser,
    by the code and their address.

    Part of a transaction. Refused `voucher.unknown`, `voucher.old`, `voucher.offer`,
    `voucher.used`. The row is written before it is read, so nobody takes the last one twice.
    """
    one = {"code_hash": which.code_hash} if which.code_hash else {"id": which.credit_id}
    mine = Credit.filter(org_id=org_id, **one)
    now_free = mine.filter(used__lt=F("total"), until__gt=at)
    taken = await now_free.update(used=F("used") + 1)
    row = await mine.first()
    if row is None or not await _is_of(row.client_id, client_id):
        raise Refused("voucher.unknown")  # what was written is undone with the transaction
    core = Core(row.total, row.used - taken, int(row.until.timestamp()), _ids(row.offer_ids))
    spend(core, 1, offer_id=offer_id, now_s=int(at.timestamp()))
    if not taken:
        raise Refused("voucher.used", {"left": 0})
    await Credit.filter(id=row.id, client_id="").update(client_id=client_id)
    await CreditUse.create(booking_id=booking_id, credit_id=row.id, at=at)
    return credit_row(row)


async def _is_of(owner_id: str, client_id: str) -> bool:
    """Whether a package is nobody's yet, or this client's: in a browser that does not know them
    they are another client with the same address."""
    if owner_id in ("", client_id):
        return True
    pair = Client.filter(id__in=[owner_id, client_id], erased_at=None).exclude(email="")
    emails = await pair.values_list("email", flat=True)
    return len(emails) == 2 and len(set(emails)) == 1


async def look(org_id: str, code_hash: str, *, offer_id: str, at: datetime) -> CreditRow:
    """What a code would pay; Refused as `use`."""
    row = await Credit.filter(org_id=org_id, code_hash=code_hash).first()
    if row is None:
        raise Refused("voucher.unknown")
    core = Core(row.total, row.used, int(row.until.timestamp()), _ids(row.offer_ids))
    spend(core, 1, offer_id=offer_id, now_s=int(at.timestamp()))
    return credit_row(row)


async def use_of(booking_id: str) -> CreditRow | None:
    """The package that paid a booking and was not given back; None when none did."""
    used = CreditUse.filter(booking_id=booking_id, back_at=None)
    row = await used.select_related("credit").first()
    return None if row is None else credit_row(row.credit)


async def put_back(booking_id: str, *, at: datetime) -> bool:
    """Give back what a booking used, once; whether there was something. Part of a transaction."""
    used = CreditUse.filter(booking_id=booking_id, back_at=None)
    if not await used.update(back_at=at):
        return False
    row = await CreditUse.get(booking_id=booking_id)
    await Credit.filter(id=row.credit_id, used__gt=0).update(used=F("used") - 1)
    return True


async def credits_of(
    org_id: str, *, client_ids: Collection[str] | None = None, limit: int = 200
) -> list[CreditRow]:
    """The newest first; of these clients (None: of everybody)."""
    found = Credit.filter(org_id=org_id) if org_id else Credit.all()
    if client_ids is not None:
        found = found.filter(client_id__in=list(client_ids))
    rows = await found.order_by("-created_at", "id").limit(limit)
    return [credit_row(row) for row in rows]


async def buyers(client_ids: Collection[str]) -> Mapping[str, str]:
    """Names of clients; erased ones have none."""
    rows = await Client.filter(id__in=list(client_ids))
    return {row.id: row.name for row in rows}


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "offer_ids" in columns:
        columns["offer_ids"] = json.dumps(list(columns["offer_ids"]))
    return columns


def _ids(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def package_row(row: Package) -> PackageRow:
    """As a value."""
    return PackageRow(
        id=row.id,
        org_id=row.org_id,
        name=row.name,
        offer_ids=_ids(row.offer_ids),
        credits=row.credits,
        price=row.price,
        currency=row.currency,
        days=row.days,
        is_on=row.is_on,
        created_at=row.created_at,
    )


def credit_row(row: Credit) -> CreditRow:
    """As a value."""
    return CreditRow(
        id=row.id,
        org_id=row.org_id,
        client_id=row.client_id,
        package_id=row.package_id,
        name=row.name,
        offer_ids=_ids(row.offer_ids),
        total=row.total,
        used=row.used,
        until=row.until,
        invoice_id=row.invoice_id,
        created_at=row.created_at,
    )
