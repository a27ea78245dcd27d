"""Codes of packages: tried on the public page before anything is booked."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.booking.credit import read_code
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.package_told import CodeBody, CodeTold
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.people.secret import token_hash
from classroom.store import credits as store
from classroom.store.organisations import organisation_by_slug


def add_codes(doors: Doors, routes: Blueprint) -> None:
    """The trying."""

    @routes.post("/api/book/<org>/voucher")
    @tells(
        CodeTold,
        by="browser",
        body=CodeBody,
        refuses=(
            *("voucher.unknown", "voucher.used", "voucher.old", "voucher.offer"),
            *("host.unknown", "rate.limited"),
        ),
    )
    async def look(org: str) -> Response:
        """Try a code on the public page, before anything is booked."""
        spend(doors.limits.voucher, asking_address())
        body = await read_body(CodeBody)
        found = await organisation_by_slug(org[:64])
        if found is None:
            raise Refused("host.unknown")
        digest = token_hash(read_code(body.code))
        credit = await store.look(found.id, digest, offer_id=body.offer_id, at=utc_now())
        doors.limits.voucher.give_back(asking_address())
        return jsonify(CodeTold(credit.name, credit.left, credit.total, iso(credit.until)))
