"""Everything over HTTP that has to do with files of classes, put together."""

from __future__ import annotations

from quart import Blueprint

from classroom.blobs.drafts import FileDrafts
from classroom.http.doors import Doors
from classroom.http.files import file_routes
from classroom.http.files_by_ticket import ticket_routes
from classroom.http.files_desk import FilesDesk
from classroom.http.files_owner import owner_routes
from classroom.http.files_reading import reading_routes


def files_desk(doors: Doors) -> FilesDesk:
    """Of all files of classes; made once."""
    return FilesDesk(doors, FileDrafts(doors.settings.file_folder))


def file_resources(doors: Doors, desk: FilesDesk) -> tuple[Blueprint, ...]:
    """Their routes: for who sends files, for who may see them, and for the owner of the room."""
    return (
        file_routes(doors, desk),
        reading_routes(doors, desk),
        ticket_routes(doors, desk),
        owner_routes(doors, desk),
    )
