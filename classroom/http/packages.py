"""Packages of appointments: offered and changed by the team, with what was sold of them."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.booking.money import read_currency
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.money_told import PackageTold, package_told
from classroom.http.package_codes import add_codes
from classroom.http.package_sales import add_sales
from classroom.http.package_told import NewPackage, PackageChange, SoldBefore, sold_told
from classroom.http.told import tells
from classroom.store import credits as store

_CHANGES = ("organisation.unknown", "right.missing", "package.unknown", "payment.currency")


def package_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/packages`, `/api/credits` and the trying of codes."""
    routes = Blueprint("packages", __name__)

    @routes.get("/api/organisations/<org_id>/packages")
    @tells(list[PackageTold], by="account", refuses=("organisation.unknown", "right.missing"))
    async def listing(org_id: str) -> Response:
        """List what an organisation sells together."""
        mine = await desk(doors, org_id)
        mine.hosts_for("money.see")
        return jsonify([package_told(one) for one in await store.packages_of(org_id)])

    @routes.post("/api/organisations/<org_id>/packages")
    @tells(
        PackageTold,
        by="account",
        status=201,
        body=NewPackage,
        refuses=(*_CHANGES, "package.limit"),
    )
    async def create(org_id: str) -> Response:
        """Offer a package."""
        mine = await desk(doors, org_id)
        mine.must("packages.change")
        body = await read_body(NewPackage)
        values = body.model_dump() | {
            "name": body.name.strip(),
            "currency": read_currency(body.currency or mine.org.currency),
        }
        made = await store.create_package(org_id, values, at=utc_now())
        response = jsonify(package_told(made))
        response.status_code = 201
        return response

    @routes.patch("/api/organisations/<org_id>/packages/<package_id>")
    @tells(PackageTold, by="account", body=PackageChange, refuses=_CHANGES)
    async def change(org_id: str, package_id: str) -> Response:
        """Change a package, or sell it no more; what was sold stays as it was."""
        mine = await desk(doors, org_id)
        mine.must("packages.change")
        body = await read_body(PackageChange)
        news = body.model_dump(exclude_none=True)
        return jsonify(package_told(await store.change_package(org_id, package_id, news)))

    _add_sold(doors, routes)
    add_sales(doors, routes)
    add_codes(doors, routes)
    return routes


def _add_sold(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/credits")
    @tells(
        list[SoldBefore],
        by="account",
        query={"org": "The organisation's id.", "client": "Only this client's."},
        refuses=("organisation.unknown", "right.missing", "client.unknown"),
    )
    async def credits() -> Response:
        """List packages that were sold, with what is left on each."""
        mine = await desk(doors, request.args.get("org", ""))
        client_id = request.args.get("client", "")[:64]
        if client_id:
            await mine.must_with_client("money.see", client_id)
        elif mine.hosts_for("money.see") is not None:
            raise Refused("right.missing", {"right": "money.see"})
        ids = [client_id] if client_id else None
        found = await store.credits_of(mine.org.id, client_ids=ids)
        names = await store.buyers({one.client_id for one in found})
        return jsonify([sold_told(one, names) for one in found])
