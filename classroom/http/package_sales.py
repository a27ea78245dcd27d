"""Packages that are sold by the team: each makes its code and its invoice.

A code is told once, when it is sold; nobody can read it again.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify
from tortoise.transactions import in_transaction

from classroom.booking.credit import new_code
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.money_told import credit_told
from classroom.http.package_bill import bill_package, buyer_of
from classroom.http.package_told import SellBody, SoldTold
from classroom.http.told import tells
from classroom.people.secret import token_hash
from classroom.store import credits as store

_REFUSES = (
    *("organisation.unknown", "right.missing", "package.unknown", "payment.currency"),
    *("client.unknown", "client.erased"),
)


def add_sales(doors: Doors, routes: Blueprint) -> None:
    """The selling."""

    @routes.post("/api/organisations/<org_id>/packages/<package_id>/sell")
    @tells(
        SoldTold,
        by="account",
        status=201,
        body=SellBody,
        refuses=_REFUSES,
    )
    async def sell(org_id: str, package_id: str) -> Response:
        """Sell a package: makes its invoice and its code."""
        mine = await desk(doors, org_id)
        body = await read_body(SellBody)
        name = await buyer_of(mine, body.client_id)
        package = await store.must_find_package(org_id, package_id)
        if not package.is_on:
            raise Refused("package.unknown")
        code, at = new_code(), utc_now()
        async with in_transaction():
            invoice = await bill_package(mine, package, body.client_id, name, at=at)
            invoice_id = "" if invoice is None else invoice.id
            credit = await store.sell(
                package,
                client_id=body.client_id,
                code_hash=token_hash(code),
                invoice_id=invoice_id,
                at=at,
            )
        response = jsonify(SoldTold(credit_told(credit), code, invoice_id))
        response.status_code = 201
        return response
