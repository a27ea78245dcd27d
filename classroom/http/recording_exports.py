"""Files made of recordings: ordered, listed, taken back. Who may edit a recording may, and who has
a link that says so, in the session they play it in.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_asker import must_edit
from classroom.http.recording_export_told import (
    GONE,
    ExportsTold,
    ExportTold,
    Listing,
    NewExport,
    export_told,
    wish_of,
)
from classroom.http.recording_right import UNKNOWN
from classroom.http.recording_taker import NOT_READY, note_taken, taker
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.store.recording_exports import find_export
from classroom.store.recordings import RecordingRow


def export_routes(doors: Doors) -> Blueprint:
    """`/api/recordings/<recording_id>/exports`."""
    routes = Blueprint("recording_exports", __name__)
    _add_lists(doors, routes)

    @routes.post("/api/recordings/<recording_id>/exports")
    @tells(
        ExportTold,
        by="browser",
        status=202,
        body=NewExport,
        refuses=(
            UNKNOWN,
            *NOT_READY,
            "recording.cuts",
            "recording.export_copy",
            "recording.storage",
            "rate.limited",
        ),
    )
    async def order(recording_id: str) -> Response:
        """Have a file made of a recording; 200 and the one there is, when it is the same."""
        spend(doors.limits.recording_export, asking_address())
        body = await read_body(NewExport)
        row, playing = await taker(doors, recording_id, body.session)
        wish = wish_of(body, row.duration_ms)
        export, is_new = await doors.exports.order(row, wish, by_link=playing.by == "share")
        if is_new:
            await note_taken(playing, "exported", export.form)
        response = jsonify(export_told(row, export, doors.exports.left_s(export.id)))
        response.status_code = 202 if is_new else 200
        return response

    @routes.delete("/api/recordings/<recording_id>/exports/<export_id>")
    @tells(None, by="account", status=204, refuses=(UNKNOWN, GONE))
    async def remove(recording_id: str, export_id: str) -> Response:
        """Take back a file made of an own recording, or stop making it."""
        row, _ = await must_edit(doors, recording_id)
        export = await find_export(row.id, export_id[:32])
        if export is None:
            raise Refused(GONE)
        await doors.exports.remove(export)
        return Response(b"", status=204)

    return routes


def _add_lists(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/recordings/<recording_id>/exports")
    @tells(ExportsTold, by="account", refuses=(UNKNOWN, "rate.limited"))
    async def own(recording_id: str) -> Response:
        """List the files made of an own recording, and how far they are."""
        spend(doors.limits.recording_look, asking_address())
        row, _ = await must_edit(doors, recording_id)
        return await told(row)

    @routes.post("/api/recordings/<recording_id>/exports/listed")
    @tells(ExportsTold, by="browser", body=Listing, refuses=(UNKNOWN, *NOT_READY, "rate.limited"))
    async def listed(recording_id: str) -> Response:
        """List the files made of a recording one plays by a link that lets take it away."""
        spend(doors.limits.recording_look, asking_address())
        row, _ = await taker(doors, recording_id, (await read_body(Listing)).session)
        return await told(row)

    async def told(row: RecordingRow) -> Response:
        found = await doors.exports.all_of(row)
        exports = [export_told(row, one, doors.exports.left_s(one.id)) for one in found]
        return jsonify(ExportsTold(exports, await doors.exports.can_copy(row)))
