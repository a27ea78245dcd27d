"""Invoices and packages of who a browser is known as."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.http.doors import Doors
from classroom.http.known_client import clients_here
from classroom.http.limits import spend
from classroom.http.money_told import CreditTold, InvoiceMine, credit_told, invoice_mine
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.store.credits import credits_of
from classroom.store.invoices import invoices_of_clients

LISTED = 200


def add_lists(doors: Doors, routes: Blueprint) -> None:
    """The lists."""

    @routes.get("/api/mine/invoices")
    @tells(list[InvoiceMine], by="anybody", refuses=("rate.limited",))
    async def invoices() -> Response:
        """List all that who this browser is known as has to pay or paid, the newest first."""
        spend(doors.limits.money, asking_address())
        ids = [one.id for one in await clients_here(doors)]
        rows = await invoices_of_clients(ids, limit=LISTED) if ids else []
        return jsonify([invoice_mine(row) for row in rows])

    @routes.get("/api/mine/credits")
    @tells(list[CreditTold], by="anybody", refuses=("rate.limited",))
    async def credits() -> Response:
        """List the packages of who this browser is known as."""
        spend(doors.limits.money, asking_address())
        ids = [one.id for one in await clients_here(doors)]
        rows = await credits_of("", client_ids=ids) if ids else []
        return jsonify([credit_told(row) for row in rows])
