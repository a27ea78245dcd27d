"""Files of a class for whoever may see them: what they hold, and previews of pictures."""

from __future__ import annotations

from functools import partial

from quart import Blueprint, Response

from classroom.blobs.previews import KIND as PREVIEW_KIND
from classroom.blobs.previews import preview_name
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_answer import bytes_answer, file_answer
from classroom.http.files_desk import FilesDesk
from classroom.http.limits import spend
from classroom.http.pictures import KEPT_BY_BROWSERS, FetchingTurns, PictureBody
from classroom.http.shown_seat import seat_key
from classroom.http.told import tells

_SEEING = ("room.not_joined", "file.unknown", "rate.limited")


def reading_routes(doors: Doors, desk: FilesDesk) -> Blueprint:
    """What is below a file's address."""
    routes = Blueprint("file_reading", __name__)
    fetching = FetchingTurns()

    @routes.get("/api/rooms/by-code/<code>/files/<file_id>/content")
    @tells(None, by="seat", kind="*/*", refuses=_SEEING)
    async def content(code: str, file_id: str) -> Response:
        """Fetch a file, or with `Range` a part of it."""
        seat = desk.seat_inside(code)
        spend(doors.limits.file_look, seat_key(seat))
        card = doors.live.file_for(seat.room_id, seat.participant_id, file_id)
        return await file_answer(desk.drafts, seat.room_id, card, fetching.of(seat_key(seat)))

    @routes.get("/api/rooms/by-code/<code>/files/<file_id>/preview")
    @tells(None, by="seat", kind=PREVIEW_KIND, refuses=_SEEING)
    async def preview(code: str, file_id: str) -> Response:
        """Fetch a small form of a picture."""
        seat = desk.seat_inside(code)
        spend(doors.limits.file_look, seat_key(seat))
        card = doors.live.file_for(seat.room_id, seat.participant_id, file_id)
        name = preview_name(card.id)
        size = await desk.drafts.size(seat.room_id, name)
        if size is None:
            raise Refused("file.unknown")
        pieces = partial(desk.drafts.pieces, seat.room_id, name)
        body = PictureBody(pieces, fetching.of(seat_key(seat)))
        response = bytes_answer(body, kind=PREVIEW_KIND, name="preview.webp")
        response.headers["Content-Length"] = str(size)
        response.headers["Cache-Control"] = KEPT_BY_BROWSERS
        return response

    return routes
