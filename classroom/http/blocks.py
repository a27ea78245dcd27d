"""Times a host keeps free of everybody."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.book_told import read_at
from classroom.http.desk_door import desk_of_host
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store import timetable as store

CELL_S = 300
_HOST = ("host.unknown", "right.missing")
_NEW = (*_HOST, "booking.taken")


class BlockBody(Body):
    """From one instant until before another, at most 7 days; both on the grid of five minutes."""

    from_: str = Field(max_length=40, alias="from")
    to: str = Field(max_length=40)
    title: str = Field(default="", max_length=120)

    def asked(self) -> store.Asked:
        """Refused `body.malformed`."""
        from_s, to_s = read_at(self.from_, "from"), read_at(self.to, "to")
        fits = 0 < to_s - from_s <= store.BLOCK_MAX_S
        if not fits or from_s % CELL_S or to_s % CELL_S:
            raise Refused("body.malformed", {"field": "to"})
        return store.Asked(from_s, to_s, " ".join(self.title.split()))


@dataclass(frozen=True, slots=True)
class BlockTold:
    """The block's `id`."""

    id: str


def block_routes(doors: Doors) -> Blueprint:
    """`/api/hosts/<host_id>/blocks`."""
    routes = Blueprint("blocks", __name__)

    @routes.post("/api/hosts/<host_id>/blocks")
    @tells(BlockTold, by="account", status=201, body=BlockBody, refuses=_NEW)
    async def add(host_id: str) -> Response:
        """Keep a time free; what is booked in it is not touched, but refused."""
        await desk_of_host(doors, host_id, "host.change")
        made = await store.add_block(host_id, (await read_body(BlockBody)).asked())
        response = jsonify(BlockTold(made.id))
        response.status_code = 201
        return response

    @routes.patch("/api/hosts/<host_id>/blocks/<block_id>")
    @tells(BlockTold, by="account", body=BlockBody, refuses=(*_NEW, "booking.unknown"))
    async def change(host_id: str, block_id: str) -> Response:
        """Move a block, make it longer or shorter, or call it otherwise."""
        await desk_of_host(doors, host_id, "host.change")
        asked = (await read_body(BlockBody)).asked()
        made = await store.change_block(host_id, _id(block_id), asked)
        return jsonify(BlockTold(made.id))

    @routes.delete("/api/hosts/<host_id>/blocks/<block_id>")
    @tells(None, by="account", status=204, refuses=(*_HOST, "booking.unknown"))
    async def remove(host_id: str, block_id: str) -> Response:
        """Its time can be booked again."""
        await desk_of_host(doors, host_id, "host.change")
        await store.remove_block(host_id, _id(block_id))
        doors.appointments.wake("holding")
        return Response(b"", status=204)

    return routes


def _id(text: str) -> str:
    if not may_be_id(text):
        raise Refused("booking.unknown")
    return text
