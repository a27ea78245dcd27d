"""Rooms of the person who is signed in. Somebody else's room does not exist here."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.blobs.files import BlobStore
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.visitor import this_visitor
from classroom.ids import RoomId, may_be_id
from classroom.people.account import clean_line
from classroom.store.rooms import (
    TITLE_MAX,
    RoomRow,
    change_room,
    create_room,
    delete_room,
    room_by_id,
    rooms_of,
)

CAPACITY_MAX = 500


class RoomTitle(Body):
    """What a room is made of."""

    title: str = Field(max_length=TITLE_MAX * 4)

    def clean(self) -> str:
        """Its one spelling; Refused `title.empty`, `title.long`."""
        return clean_line(self.title, field="title", longest=TITLE_MAX)


class RoomChange(Body):
    """What is given is new; what is not stays. `capacity` null is what the operator set."""

    title: str | None = Field(default=None, max_length=TITLE_MAX * 4)
    capacity: int | None = Field(default=None, ge=1, le=CAPACITY_MAX)
    lobby: bool | None = None

    def clean(self) -> dict[str, str | int | bool | None]:
        """The values to store; Refused `title.empty`, `title.long`."""
        new: dict[str, str | int | bool | None] = {}
        if self.title is not None:
            new["title"] = clean_line(self.title, field="title", longest=TITLE_MAX)
        if "capacity" in self.model_fields_set:
            new["capacity"] = self.capacity
        if self.lobby is not None:
            new["has_lobby"] = self.lobby
        return new


def room_routes(doors: Doors, blobs: BlobStore) -> Blueprint:
    """`/api/rooms` and what is below it by id."""
    routes = Blueprint("rooms", __name__)

    @routes.get("/api/rooms")
    async def listing() -> Response:
        account = (await this_visitor(doors)).must_be_signed_in()
        return jsonify([room_json(doors, room) for room in await rooms_of(account.id)])

    @routes.post("/api/rooms")
    async def create() -> Response:
        account = (await this_visitor(doors)).must_be_signed_in()
        title = (await read_body(RoomTitle)).clean()
        room = await create_room(title, owner_id=account.id, at=utc_now())
        response = jsonify(room_json(doors, room))
        response.status_code = 201
        return response

    @routes.patch("/api/rooms/<room_id>")
    async def change(room_id: str) -> Response:
        room = await _own_room(doors, room_id)
        new = (await read_body(RoomChange)).clean()
        changed = await change_room(room.id, **new)
        if changed is None:
            raise Refused("room.unknown")
        return jsonify(room_json(doors, changed))

    @routes.delete("/api/rooms/<room_id>")
    async def remove(room_id: str) -> Response:
        room = await _own_room(doors, room_id)
        await doors.live.end(room.id)  # first: it still has something to store
        await delete_room(room.id)
        await doors.live.end(room.id)  # whoever came in meanwhile
        await blobs.remove_folder(room.id)
        return Response(b"", status=204)

    @routes.post("/api/rooms/<room_id>/end")
    async def end(room_id: str) -> Response:
        room = await _own_room(doors, room_id)
        await doors.live.end(room.id)
        return Response(b"", status=204)

    return routes


def room_json(doors: Doors, room: RoomRow) -> dict[str, Any]:
    """A room as its owner sees it."""
    look = doors.live.look(room.id)
    return {
        "id": room.id,
        "code": room.code,
        "title": room.title,
        "created_at": iso(room.created_at),
        "capacity": room.capacity,
        "lobby": room.has_lobby,
        "live": None
        if look is None
        else {"participants": len(look.participant_ids), "started_at": look.started_at},
    }


async def _own_room(doors: Doors, room_id: str) -> RoomRow:
    account = (await this_visitor(doors)).must_be_signed_in()
    room = await room_by_id(RoomId(room_id)) if may_be_id(room_id) else None
    if room is None or room.owner_id != account.id:
        raise Refused("room.unknown")
    return room
