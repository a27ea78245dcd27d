"""The picture of a recording's card."""

from __future__ import annotations

from contextlib import suppress

from quart import Blueprint, Response

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_asker import asked_for
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.jobs.recording_lines import picture
from recording.errors import Damaged
from recording.manifest import DERIVED_KEY

KNOWN = ("recording.unknown",)


def poster_routes(doors: Doors) -> Blueprint:
    """`poster.webp` of a recording."""
    routes = Blueprint("recording_poster", __name__)

    @routes.get("/api/recordings/<recording_id>/poster.webp")
    @tells(None, by="account", kind="image/webp", refuses=(*KNOWN, "rate.limited"))
    async def poster(recording_id: str) -> Response:
        """The picture of a recording's card; none of one that was cut, which it might show."""
        spend(doors.limits.recording_look, asking_address())
        row, _ = await asked_for(doors, recording_id)
        body = None
        if row.state == "ready" and not row.cuts:
            with suppress(Damaged, FileNotFoundError):
                opened = await doors.library.opening.open(row)
                body = await picture(opened, "poster.webp", DERIVED_KEY)
        if body is None:
            raise Refused("recording.unknown")
        headers = {"Cache-Control": "private, max-age=60"}
        return Response(body, headers=headers, content_type="image/webp")

    return routes
