"""Recordings renamed, cut, held, kept for longer or shorter, and deleted by their owners."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from quart import Blueprint, Response

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.recording_asker import must_edit
from classroom.http.recording_counts import one_told
from classroom.http.recording_told import (
    TITLE_MAX,
    WHY_MAX,
    RecordingChange,
    RecordingTold,
    clean_cuts,
    read_time,
)
from classroom.http.told import tells
from classroom.people.account import clean_line
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.recordings import RecordingRow, change_recording

DAYS_MAX = 3650
KNOWN = ("recording.unknown",)


def change_routes(doors: Doors) -> Blueprint:
    """One recording, for who owns it."""
    routes = Blueprint("recording_change", __name__)

    @routes.patch("/api/recordings/<recording_id>")
    @tells(
        RecordingTold,
        by="account",
        body=RecordingChange,
        refuses=(*KNOWN, "recording.cuts", "recording.not_ready", "title.empty", "title.long"),
    )
    async def patch(recording_id: str) -> Response:
        """Rename an own recording, cut parts out, hold it, or say until when it is kept."""
        row, granted = await must_edit(doors, recording_id)
        new = _changes(row, await read_body(RecordingChange))
        if not await change_recording(row.id, **new):
            raise Refused("recording.unknown")
        if "hold" in new:
            deed = ConsentDeed(utc_now(), "hold", granted.viewer, granted.name, {"on": new["hold"]})
            await add_lines(row.id, [deed])
        row, granted = await must_edit(doors, recording_id)
        if "cuts" in new:
            await doors.exports.all_of(row)  # those with other cuts go
        return await one_told(row, granted.right)

    @routes.delete("/api/recordings/<recording_id>")
    @tells(
        None,
        by="account",
        status=204,
        refuses=(*KNOWN, "recording.held", "recording.not_ready"),
    )
    async def remove(recording_id: str) -> Response:
        """Delete an own recording for good: its keys, then its files."""
        row, _ = await must_edit(doors, recording_id)
        if row.hold:
            raise Refused("recording.held")
        if row.state == "recording":
            raise Refused("recording.not_ready")
        with suppress(OSError):  # its keys are gone; what is left of its files goes within the hour
            await doors.library.deletion.delete(row.id)
        return Response(b"", status=204)

    return routes


def _changes(row: RecordingRow, body: RecordingChange) -> dict[str, Any]:
    new: dict[str, Any] = {}
    if body.title is not None:
        new["title"] = clean_line(body.title, field="title", longest=TITLE_MAX)
    if body.cuts is not None:
        if row.state == "recording":
            raise Refused("recording.not_ready")
        new["cuts"] = clean_cuts(body.cuts, row.duration_ms)
    if "delete_after" in body.model_fields_set:
        new["delete_after"] = _kept_until(body.delete_after)
        new["reminded_at"] = None
    if body.hold is not None:
        new["hold"] = body.hold
    if body.hold_why is not None:
        new["hold_why"] = " ".join(body.hold_why.split())[:WHY_MAX]
    return new


def _kept_until(text: str | None) -> datetime | None:
    if text is None:
        return None
    at = read_time(text, "delete_after")
    now = utc_now()
    if not now <= at <= now + timedelta(days=DAYS_MAX):
        raise Refused("body.malformed", {"field": "delete_after"})
    return at
