"""Who of an organisation opened what, for its administrators: a list, and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from quart import Blueprint, Response, jsonify, request

from classroom.clock import iso
from classroom.http.desk_door import desk
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.organisation_told import AuditTold, OpeningTold
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.lesson.csv import plain_cell
from classroom.store.audit import EXPORT_MAX, PAGE, Opening, openings

_QUERY = {
    "client": "only what was opened of this client",
    "account": "only what this account opened",
    "what": "only openings of this kind",
    "before": "the id of the last line told",
}
_HEAD = ("time", "account", "name", "what", "of", "client")


def audit_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/audit` and the same as CSV."""
    routes = Blueprint("audit", __name__)
    refuses = ("organisation.unknown", "right.missing", "rate.limited")

    @routes.get("/api/organisations/<org_id>/audit")
    @tells(AuditTold, by="account", query=_QUERY, refuses=refuses)
    async def listing(org_id: str) -> Response:
        """List who opened what, 200 at a time, for administrators; kept three years."""
        found = await _openings(doors, org_id, PAGE + 1)
        told = [
            OpeningTold(
                one.id, one.account_id, one.name, one.what, one.of, one.client_id, iso(one.at)
            )
            for one in found[:PAGE]
        ]
        return jsonify(AuditTold(told, len(found) > PAGE))

    @routes.get("/api/organisations/<org_id>/audit.csv")
    @tells(bytes, by="account", kind="text/csv", query=_QUERY, refuses=refuses)
    async def table(org_id: str) -> Response:
        """The same as a table, up to 20 000 lines."""
        found = await _openings(doors, org_id, EXPORT_MAX)
        response = Response(_csv(found), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = "attachment; filename=audit.csv"
        return response

    return routes


async def _openings(doors: Doors, org_id: str, limit: int) -> list[Opening]:
    spend(doors.limits.audit, asking_address())
    mine = await desk(doors, org_id)
    mine.must("audit.read")
    before = request.args.get("before", "0")
    return await openings(
        org_id,
        client_id=request.args.get("client", "")[:64],
        account_id=request.args.get("account", "")[:64],
        what=request.args.get("what", "")[:32],
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0,
        limit=limit,
    )


def _csv(lines: Iterable[Opening]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_HEAD)
    for one in lines:
        row = (iso(one.at), one.account_id, one.name, one.what, one.of, one.client_id)
        table.writerow([plain_cell(text) for text in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
