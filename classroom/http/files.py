"""Files that are sent in a class: announced, brought in pieces, looked after until they are ready.

Who asks shows the seat token and is in the class; to whom a file is sent is decided there.
"""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify, request

from classroom.http.body import PIECE_MAX_BYTES, read_body
from classroom.http.doors import Doors
from classroom.http.files_begun import begin_file
from classroom.http.files_desk import FilesDesk
from classroom.http.files_space import NewFileBody, SpacesTold, spaces
from classroom.http.files_uploads import UploadTold
from classroom.http.limits import spend
from classroom.http.pictures import SendingRoom
from classroom.http.pieces import asked_offset
from classroom.http.shown_seat import seat_key, seat_of
from classroom.http.told import tells

SENT_MAX = 400
"""Pieces on their way at the same time. They go to the disk as they come; each is a request."""
SENT_TO_ROOM_MAX = 60
SENT_BY_SEAT_MAX = 4
_SENDING = ("room.not_joined", "right.missing", "lock.files", "chat.muted", "rate.limited")
_CHECKED = (
    "file.unknown",
    "file.type",
    "file.bomb",
    "file.broken",
    "file.infected",
    "file.not_scanned",
    "storage.full",
)


@dataclass(frozen=True, slots=True)
class BegunTold:
    """A file that is waited for."""

    file_id: str
    offset: int
    """Where the first piece begins."""
    piece_max: int
    """The most bytes of one piece."""


def file_routes(doors: Doors, desk: FilesDesk) -> Blueprint:
    """`/api/rooms/by-code/<code>/files`, and a file there while it is coming."""
    routes = Blueprint("files", __name__)
    _add_one(doors, desk, routes)

    @routes.get("/api/rooms/by-code/<code>/files")
    @tells(SpacesTold, by="seat", refuses=("room.not_joined", "rate.limited"))
    async def space(code: str) -> Response:
        """Tell how much space for files is taken."""
        seat = desk.seat_inside(code)
        spend(doors.limits.file_look, seat_key(seat))
        return jsonify(await spaces(doors, seat))

    @routes.post("/api/rooms/by-code/<code>/files")
    @tells(
        BegunTold,
        by="seat",
        status=201,
        body=NewFileBody,
        refuses=(*_SENDING, "file.empty", "file.size", "file.type", "file.limit", "file.share"),
    )
    async def begin(code: str) -> Response:
        """Announce a file; its bytes follow in pieces."""
        seat = seat_of(doors, code)
        doors.live.check_sending(seat.room_id, seat.participant_id)
        spend(doors.limits.file_new, seat_key(seat))
        file_id = await begin_file(doors, desk, seat, await read_body(NewFileBody))
        response = jsonify(BegunTold(file_id, 0, PIECE_MAX_BYTES))
        response.status_code = 201
        return response

    return routes


def _add_one(doors: Doors, desk: FilesDesk, routes: Blueprint) -> None:
    """Routes of one own file."""
    sending = SendingRoom(SENT_MAX, SENT_BY_SEAT_MAX)
    into_room = SendingRoom(SENT_MAX, SENT_TO_ROOM_MAX)

    @routes.get("/api/rooms/by-code/<code>/files/<file_id>")
    @tells(UploadTold, by="seat", refuses=("room.not_joined", "rate.limited", *_CHECKED))
    async def look(code: str, file_id: str) -> Response:
        """Tell how far an own file has come."""
        seat = desk.seat_inside(code)
        spend(doors.limits.file_look, seat_key(seat))
        return jsonify(await desk.progress(await desk.own_file(seat, file_id)))

    @routes.patch("/api/rooms/by-code/<code>/files/<file_id>")
    @tells(
        UploadTold,
        by="seat",
        body_kind="application/octet-stream",
        query={"offset": "where in the file the piece begins"},
        refuses=(*_SENDING, "upload.offset", "upload.busy", "file.size", *_CHECKED),
    )
    async def piece(code: str, file_id: str) -> Response:
        """Send the next piece of an own file, at most 4 MiB."""
        seat = seat_of(doors, code)
        doors.live.check_sending(seat.room_id, seat.participant_id)
        offset = asked_offset()
        row = await desk.own_file(seat, file_id)
        with into_room.held(seat.room_id, 1), sending.held(seat_key(seat), 1):
            await desk.take_turn(seat)
            if row.state == "coming":
                await desk.append(row, offset, aiter(request.body))
        return jsonify(await desk.progress(row))

    @routes.delete("/api/rooms/by-code/<code>/files/<file_id>")
    @tells(None, by="seat", status=204, refuses=("room.not_joined", "file.unknown", "upload.busy"))
    async def discard(code: str, file_id: str) -> Response:
        """Take away an own file that was not sent."""
        seat = desk.seat_inside(code)
        spend(doors.limits.file_look, seat_key(seat))
        await desk.discard(await desk.own_file(seat, file_id))
        return Response(b"", status=204)
