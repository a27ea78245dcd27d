"""Files of a client's talks, fetched at the desk without a seat in the class."""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.blobs.drafts import FileDrafts
from classroom.errors import Refused
from classroom.http.client_door import desk_of_client
from classroom.http.doors import Doors
from classroom.http.files_answer import file_answer
from classroom.http.limits import spend
from classroom.http.pictures import FetchingTurns
from classroom.http.told import tells
from classroom.store.client_files import files_of_talks

_KNOWN = ("client.unknown", "client.erased", "right.missing", "rate.limited", "file.unknown")


def client_file_routes(doors: Doors) -> Blueprint:
    """`/api/clients/<client_id>/files/<file_id>`."""
    routes = Blueprint("client_files", __name__)
    drafts, turns = FileDrafts(doors.settings.file_folder), FetchingTurns()

    @routes.get("/api/clients/<client_id>/files/<file_id>")
    @tells(None, by="account", kind="*/*", refuses=_KNOWN)
    async def content(client_id: str, file_id: str) -> Response:
        """Fetch a file of a client's talk, or with `Range` a part of it; it is written down."""
        mine, _ = await desk_of_client(doors, client_id, "files.read")
        spend(doors.limits.file_look, mine.account.id)
        found = [one.file for one in await files_of_talks(client_id) if one.file.id == file_id]
        if not found:
            raise Refused("file.unknown")
        await mine.opened("files.read", file_id, client_id)
        row = found[0]
        return await file_answer(drafts, row.room_id, row.card(), turns.of(mine.account.id))

    return routes
