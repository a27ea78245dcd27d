"""The files of a room for its owner, also when no class goes on: none becomes unreachable."""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify

from classroom.clock import iso
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_answer import file_answer
from classroom.http.files_desk import FilesDesk
from classroom.http.own_room import own_room
from classroom.http.pictures import FetchingTurns
from classroom.http.told import tells
from classroom.ids import RoomId, may_be_id
from classroom.room.chat_scope import PERSON
from classroom.store.files import FileRow, files_of, find_file

_OWN = ("room.unknown", "file.unknown")


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file of a room."""

    file_id: str
    name: str
    """Empty for a private one."""
    kind: str
    bytes: int
    owner_name: str
    """Whose it is."""
    at: str
    is_private: bool
    """One person sent it to another, or to nobody yet, or it is coming: it can only be removed."""


@dataclass(frozen=True, slots=True)
class FilesTold:
    """All files of a room, the newest first."""

    files: list[FileTold]
    bytes: int
    max_bytes: int


def owner_routes(doors: Doors, desk: FilesDesk) -> Blueprint:
    """`/api/rooms/<room_id>/files`."""
    routes = Blueprint("room_files", __name__)
    fetching = FetchingTurns()

    @routes.get("/api/rooms/<room_id>/files")
    @tells(FilesTold, by="account", refuses=("room.unknown",))
    async def listing(room_id: str) -> Response:
        """List the files that were sent in a room's classes."""
        room = await own_room(doors, room_id)
        rows = await files_of(room.id)
        most = doors.settings.room_files_mb * 1024**2
        taken = sum(row.bytes for row in rows)
        return jsonify(FilesTold([_told(row) for row in rows], taken, most))

    @routes.get("/api/rooms/<room_id>/files/<file_id>/content")
    @tells(None, by="account", kind="*/*", refuses=_OWN)
    async def content(room_id: str, file_id: str) -> Response:
        """Fetch a file of a room, or with `Range` a part of it."""
        room = await own_room(doors, room_id)
        row = await _taking_space(room.id, file_id)
        if is_private(row):
            raise Refused("file.unknown")
        return await file_answer(desk.drafts, room.id, row.card(), fetching.of(room.id))

    @routes.delete("/api/rooms/<room_id>/files/<file_id>")
    @tells(None, by="account", status=204, refuses=_OWN)
    async def remove(room_id: str, file_id: str) -> Response:
        """Remove a file of a room for good, also from a class that is on."""
        room = await own_room(doors, room_id)
        row = await _taking_space(room.id, file_id)
        doors.live.drop_file(room.id, row.id)
        await desk.disposal.remove(room.id, [row.id])
        return Response(b"", status=204)

    return routes


def is_private(row: FileRow) -> bool:
    """Whether it is between two people, or its owner's alone."""
    return not row.scope or row.scope.startswith(PERSON)


def _told(row: FileRow) -> FileTold:
    private = is_private(row)
    return FileTold(
        file_id=row.id,
        name="" if private else row.name,
        kind=row.kind,
        bytes=row.bytes,
        owner_name=row.owner_name,
        at=iso(row.sent_at or row.created_at),
        is_private=private,
    )


async def _taking_space(room_id: RoomId, file_id: str) -> FileRow:
    row = await find_file(room_id, file_id) if may_be_id(file_id) else None
    if row is None or row.state == "refused":
        raise Refused("file.unknown")
    return row
