"""The library of recordings: listed, and who watched one."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_asker import asked_for, must_edit
from classroom.http.recording_counts import counted, one_told
from classroom.http.recording_found import PAGE, found_here
from classroom.http.recording_told import (
    LibraryTold,
    RecordingTold,
    ViewsTold,
    recording_told,
    view_told,
)
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.store.recording_shares import views_of

VIEWS_MAX = 500
KNOWN = ("recording.unknown",)


def library_routes(doors: Doors) -> Blueprint:
    """`/api/recordings` and one recording."""
    routes = Blueprint("recordings", __name__)

    @routes.get("/api/recordings")
    @tells(
        LibraryTold,
        by="account",
        query={
            "room_id": "only those of this room",
            "before": "only those begun before (ISO 8601)",
            "q": "words of titles",
        },
        refuses=("rate.limited", "room.unknown"),
    )
    async def listing() -> Response:
        """List recordings: own ones, and those one may watch because one took part."""
        spend(doors.limits.recording_look, asking_address())
        found = await found_here(doors)
        counts = await counted([row.id for row, _ in found[:PAGE]])
        told = [recording_told(row, may, counts[row.id]) for row, may in found[:PAGE]]
        return jsonify(LibraryTold(told, has_more=len(found) > PAGE))

    @routes.get("/api/recordings/<recording_id>")
    @tells(RecordingTold, by="account", refuses=KNOWN)
    async def one(recording_id: str) -> Response:
        """Tell of one recording, also how far it is."""
        row, granted = await asked_for(doors, recording_id)
        return await one_told(row, granted.right)

    _add_lists(doors, routes)
    return routes


def _add_lists(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/recordings/<recording_id>/views")
    @tells(ViewsTold, by="account", refuses=KNOWN)
    async def views(recording_id: str) -> Response:
        """List who watched an own recording or took it away."""
        row, _ = await must_edit(doors, recording_id)
        found = await views_of(row.id, limit=VIEWS_MAX)
        return jsonify(ViewsTold([view_told(view) for view in found]))
