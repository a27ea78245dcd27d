"""Captions of a recording: sent, read and written out anew, taken away by who owns it."""

from __future__ import annotations

import asyncio
import re

from quart import Blueprint, Response, request

from classroom.errors import Refused
from classroom.http.body import CAPTIONS_MAX_BYTES
from classroom.http.doors import Doors
from classroom.http.recording_asker import must_edit
from classroom.http.told import tells
from classroom.lesson.captions import NoCaptions, read_captions, write_captions
from classroom.people.account import clean_line
from classroom.store.recording_captions import CaptionRow, drop_caption, put_caption
from classroom.store.recordings import RecordingRow

LABEL_MAX = 40
VTT = "text/vtt"
KNOWN = ("recording.unknown", "recording.caption")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?")


def caption_routes(doors: Doors) -> Blueprint:
    """`captions` of a recording."""
    routes = Blueprint("recording_captions", __name__)

    @routes.put("/api/recordings/<recording_id>/captions/<locale>")
    @tells(
        None,
        by="account",
        status=204,
        body_kind=VTT,
        query={"label": "how the language is called"},
        refuses=KNOWN,
    )
    async def put(recording_id: str, locale: str) -> Response:
        """Give an own recording captions in one language."""
        row, _ = await must_edit(doors, recording_id)
        await put_caption(row.id, await _caption(row, locale))
        return Response(b"", status=204)

    @routes.delete("/api/recordings/<recording_id>/captions/<locale>")
    @tells(None, by="account", status=204, refuses=KNOWN)
    async def drop(recording_id: str, locale: str) -> Response:
        """Take captions away."""
        row, _ = await must_edit(doors, recording_id)
        await drop_caption(row.id, locale[:16])
        return Response(b"", status=204)

    return routes


async def _caption(row: RecordingRow, locale: str) -> CaptionRow:
    """What was sent, written out anew; Refused `recording.caption`."""
    raw: bytes = await request.get_data(as_text=False)  # type: ignore[assignment]
    if _LOCALE.fullmatch(locale) is None or len(raw) > CAPTIONS_MAX_BYTES:
        raise Refused("recording.caption")
    try:
        cues = await asyncio.to_thread(read_captions, raw, row.duration_ms)
    except NoCaptions as fault:
        raise Refused("recording.caption") from fault
    label = clean_line(request.args.get("label") or locale, field="title", longest=LABEL_MAX)
    return CaptionRow(locale, label, write_captions(cues))
