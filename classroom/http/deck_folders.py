"""Folders of a library of decks."""

from __future__ import annotations

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.deck_door import DeckDoor
from classroom.http.deck_told import FolderTold, folder_told
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.people.account import clean_line
from classroom.store import deck_folders as store

NAME_MAX = 60
_PLACED = ("right.missing", "folder.unknown", "folder.deep", "title.empty", "title.long")


class NewFolder(Body):
    """A folder; an empty `parent_id` is the top."""

    name: str = Field(max_length=NAME_MAX * 4)
    parent_id: str = Field(default="", max_length=64)


class FolderChange(Body):
    """What is absent stays."""

    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    parent_id: str | None = Field(default=None, max_length=64)


def folder_routes(doors: Doors, door: DeckDoor) -> Blueprint:
    """`deck-folders`."""
    routes = Blueprint(f"{door.name}deck_folders", __name__)
    change = doors.limits.deck_change

    @routes.post(f"{door.prefix}/deck-folders")
    @tells(
        FolderTold,
        by=door.by,
        status=201,
        body=NewFolder,
        refuses=(*door.refuses, *_PLACED, "folder.limit"),
    )
    async def create(code: str = "") -> Response:
        """Make a folder for decks."""
        owner = (await door.asker(code, change)).must_own()
        body = await read_body(NewFolder)
        row = await store.add_folder(owner, _clean(body.name), body.parent_id)
        response = jsonify(folder_told(row))
        response.status_code = 201
        return response

    @routes.patch(f"{door.prefix}/deck-folders/<folder_id>")
    @tells(FolderTold, by=door.by, body=FolderChange, refuses=(*door.refuses, *_PLACED))
    async def patch(folder_id: str, code: str = "") -> Response:
        """Rename a folder, or put it into another one."""
        owner = (await door.asker(code, change)).must_own()
        body = await read_body(FolderChange)
        name = None if body.name is None else _clean(body.name)
        row = await store.change_folder(
            owner, _known(folder_id), name=name, parent_id=body.parent_id
        )
        return jsonify(folder_told(row))

    @routes.delete(f"{door.prefix}/deck-folders/<folder_id>")
    @tells(
        None,
        by=door.by,
        status=204,
        refuses=(*door.refuses, "right.missing", "folder.unknown", "folder.full"),
    )
    async def remove(folder_id: str, code: str = "") -> Response:
        """Delete an empty folder."""
        owner = (await door.asker(code, change)).must_own()
        await store.remove_folder(owner, _known(folder_id))
        return Response(b"", status=204)

    return routes


def _clean(name: str) -> str:
    return clean_line(name, field="title", longest=NAME_MAX)


def _known(folder_id: str) -> str:
    if not may_be_id(folder_id):
        raise Refused("folder.unknown")
    return folder_id
