"""Files of a talk that its client was given, fetched afterwards without a seat in the class."""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.blobs.drafts import FileDrafts
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_answer import file_answer
from classroom.http.files_owner import is_private
from classroom.http.mine_door import KNOWN, at_booking
from classroom.http.pictures import FetchingTurns
from classroom.http.spending import spend_here
from classroom.http.told import tells
from classroom.ids import RoomId, may_be_id
from classroom.store.booking_asked import Scene
from classroom.store.files import FileRow, find_file


def talk_file_routes(doors: Doors) -> Blueprint:
    """`/api/mine/bookings/<booking_id>/files/<file_id>`."""
    routes = Blueprint("talk_files", __name__)
    drafts, fetching = FileDrafts(doors.settings.file_folder), FetchingTurns()

    @routes.get("/api/mine/bookings/<booking_id>/files/<file_id>")
    @tells(None, by="anybody", kind="*/*", refuses=(*KNOWN, "file.unknown"))
    async def content(booking_id: str, file_id: str) -> Response:
        """Fetch a file that was given to the client with the summary, or a part of it."""
        spend_here(doors.limits.book_look)
        scene = (await at_booking(doors, booking_id)).must_be_known()
        if all(one["id"] != file_id for one in scene.booking.files):
            raise Refused("file.unknown")
        row = await talk_file(scene, file_id)
        return await file_answer(drafts, row.room_id, row.card(), fetching.of(booking_id))

    return routes


async def talk_file(scene: Scene, file_id: str) -> FileRow:
    """A file that was sent to everybody in the room of the talk; Refused `file.unknown`."""
    room_id = scene.appointment.room_id
    row = await find_file(RoomId(room_id), file_id) if room_id and may_be_id(file_id) else None
    if row is None or row.state != "ready" or is_private(row):
        raise Refused("file.unknown")
    return row
