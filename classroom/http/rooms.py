"""Rooms of the person who is signed in. Somebody else's room does not exist here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.blobs.files import BlobStore
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.own_room import own_room
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.jobs.room_removal import RoomRemoval
from classroom.people.account import clean_line
from classroom.room.recording_state import Policy
from classroom.store.rooms import (
    TITLE_MAX,
    RoomRow,
    change_room,
    create_room,
    rooms_of,
)

CAPACITY_MAX = 500
KEPT_MAX = 3650
"""Days."""

_TITLE = ("title.empty", "title.long")


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
    enrolled_pass_lobby: bool | None = None
    """Whether enrolled people come in without waiting."""
    enrolled_only: bool | None = None
    """Whether only enrolled people come in, and who teaches."""
    recording_policy: Policy | None = None
    """Whether everybody is asked, who comes in has agreed, or nothing is ever recorded."""
    recording_days: int | None = Field(default=None, ge=1, le=KEPT_MAX)
    """How long a recording is kept."""
    recording_remind: int | None = Field(default=None, ge=0, le=KEPT_MAX)
    """How many days before that its owner is told; 0 is never."""
    recording_members: bool | None = None
    """Whether who took part and is known may watch."""

    def clean(self) -> dict[str, str | int | bool | None]:
        """The values to store; Refused `title.empty`, `title.long`."""
        new: dict[str, str | int | bool | None] = {}
        if self.title is not None:
            new["title"] = clean_line(self.title, field="title", longest=TITLE_MAX)
        if "capacity" in self.model_fields_set:
            new["capacity"] = self.capacity
        flags = {
            "has_lobby": self.lobby,
            "lets_enrolled_in": self.enrolled_pass_lobby,
            "is_enrolled_only": self.enrolled_only,
        }
        recording = {
            "recording_policy": self.recording_policy,
            "recording_days": self.recording_days,
            "recording_remind": self.recording_remind,
            "recording_members": self.recording_members,
        }
        given = {**flags, **recording}
        new.update({column: value for column, value in given.items() if value is not None})
        return new


@dataclass(frozen=True, slots=True)
class ClassTold:
    """A class that goes on."""

    participants: int
    started_at: str


@dataclass(frozen=True, slots=True)
class RoomTold:
    """A room as its owner sees it."""

    id: str
    code: str
    """What its address ends with: `/r/<code>`."""
    title: str
    created_at: str
    capacity: int | None
    """How many may be in it besides teachers; null is what the operator set."""
    lobby: bool
    """Whether newcomers wait until they are let in."""
    enrolled_pass_lobby: bool
    """Whether enrolled people come in without waiting."""
    enrolled_only: bool
    """Whether only enrolled people come in, and who teaches."""
    recording_policy: Policy
    recording_days: int
    """How long a recording is kept."""
    recording_remind: int
    """How many days before that its owner is told."""
    recording_members: bool
    """Whether who took part and is known may watch."""
    live: ClassTold | None
    """The class in it; null while there is none."""


def room_routes(doors: Doors, *folders: BlobStore) -> Blueprint:
    """`/api/rooms` and what is below it by id."""
    routes = Blueprint("rooms", __name__)

    @routes.get("/api/rooms")
    @tells(list[RoomTold], by="account")
    async def listing() -> Response:
        """List own rooms."""
        account = (await this_visitor(doors)).must_be_signed_in()
        return jsonify([room_told(doors, room) for room in await rooms_of(account.id)])

    @routes.post("/api/rooms")
    @tells(RoomTold, by="account", status=201, body=RoomTitle, refuses=_TITLE)
    async def create() -> Response:
        """Make a room."""
        account = (await this_visitor(doors)).must_be_signed_in()
        title = (await read_body(RoomTitle)).clean()
        room = await create_room(title, owner_id=account.id, at=utc_now())
        response = jsonify(room_told(doors, room))
        response.status_code = 201
        return response

    @routes.get("/api/rooms/<room_id>")
    @tells(RoomTold, by="account", refuses=("room.unknown",))
    async def show(room_id: str) -> Response:
        """Show one room, and whether there is a class in it."""
        return jsonify(room_told(doors, await own_room(doors, room_id)))

    _add_changes(doors, routes, *folders)
    return routes


def _add_changes(doors: Doors, routes: Blueprint, *folders: BlobStore) -> None:
    @routes.patch("/api/rooms/<room_id>")
    @tells(RoomTold, by="account", body=RoomChange, refuses=("room.unknown", *_TITLE))
    async def change(room_id: str) -> Response:
        """Change a room's title, capacity, lobby, how enrolled people come in, recording.

        All but the title and `enrolled_only` count from the next class on.
        """
        room = await own_room(doors, room_id)
        new = (await read_body(RoomChange)).clean()
        changed = await change_room(room.id, **new)
        if changed is None:
            raise Refused("room.unknown")
        return jsonify(room_told(doors, changed))

    @routes.delete("/api/rooms/<room_id>")
    @tells(None, by="account", status=204, refuses=("room.unknown", "recording.held"))
    async def remove(room_id: str) -> Response:
        """Delete a room with everything in it, recordings too; a class in it ends."""
        room = await own_room(doors, room_id)
        await RoomRemoval(doors.live.end, doors.library.deletion, folders).remove(room.id)
        return Response(b"", status=204)

    @routes.post("/api/rooms/<room_id>/end")
    @tells(None, by="account", status=204, refuses=("room.unknown",))
    async def end(room_id: str) -> Response:
        """End the class in a room for everybody."""
        room = await own_room(doors, room_id)
        await doors.live.end(room.id)
        return Response(b"", status=204)


def room_told(doors: Doors, room: RoomRow) -> RoomTold:
    """A room, and whether there is a class in it now."""
    look = doors.live.look(room.id)
    return RoomTold(
        id=room.id,
        code=room.code,
        title=room.title,
        created_at=iso(room.created_at),
        capacity=room.capacity,
        lobby=room.has_lobby,
        enrolled_pass_lobby=room.lets_enrolled_in,
        enrolled_only=room.is_enrolled_only,
        recording_policy=cast(Policy, room.recording_policy),
        recording_days=room.recording_days,
        recording_remind=room.recording_remind,
        recording_members=room.recording_members,
        live=None if look is None else ClassTold(len(look.participant_ids), look.started_at),
    )
