"""Who buys a package, and the invoice of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from classroom.http.desk_door import Desk
from classroom.store import credits as store
from classroom.store.clients import find_client
from classroom.store.invoices import InvoiceRow, LineRow, NewInvoice, make_invoice
from classroom.store.pay_ways import ways_of


async def buyer_of(mine: Desk, client_id: str) -> str:
    """Their name. Who takes money of their own clients alone sells to them alone."""
    if not client_id:
        mine.must("money.take")
        return ""
    await mine.must_with_client("money.take", client_id)
    return (await find_client(mine.org.id, client_id)).name


async def bill_package(
    mine: Desk, package: store.PackageRow, client_id: str, name: str, *, at: datetime
) -> InvoiceRow | None:
    """None for a package that costs nothing. Part of the caller's transaction."""
    if not package.price:
        return None
    org, ways = mine.org, await ways_of(mine.org.id)
    address = [line.strip() for line in org.office.address.splitlines() if line.strip()]
    more: dict[str, Any] = {}
    if mine.role == "counsellor" and mine.host_ids:
        more["host_id"] = min(mine.host_ids)  # theirs, so that they see it
    new = NewInvoice(
        org_id=org.id,
        zone=org.zone,
        kind="package",
        currency=package.currency,
        lines=(LineRow(package.name, package.price),),
        client_name=name,
        sender=(org.name, *address),
        tax=ways.tax,
        client_id=client_id,
        **more,
    )
    return await make_invoice(new, at=at)
