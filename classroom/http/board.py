"""Pictures for the board of a room: sent by who may draw there, fetched by everybody inside.

Who asks shows the seat token (`Authorization: Seat <token>`); an account has nothing to say here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

from quart import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from classroom.blobs.files import BlobStore
from classroom.blobs.pictures import BYTES_MAX, Picture, read_picture, too_large
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import fine, spend
from classroom.http.pictures import FetchingTurns, PictureBody, SendingRoom, picture_response
from classroom.http.shown_seat import leads_class, seat_author, seat_key, seat_of
from classroom.http.told import tells
from classroom.ids import may_be_id, new_id
from classroom.people.seat import SeatClaims
from classroom.store.board_assets import AssetRow, add_asset, find_asset, must_have_place

READING_AT_ONCE = 2
"""Pictures decoded at the same time: each may take 300 MB for a second."""
WASTED_TRIES = 3
"""That a picture costs which cannot be read, beside its own: decoding it was work for nothing."""


@dataclass(frozen=True, slots=True)
class PictureTold:
    """A picture that was taken for a board."""

    asset: str
    """Its id, which never changes its meaning."""
    width: int
    height: int


_SENT = (
    "asset.broken",
    "asset.large",
    "asset.limit",
    "asset.share",
    "asset.type",
    "body.slow",
    "pen.missing",
    "rate.limited",
    "server.busy",
    "storage.full",
)


class _Share(TypedDict):
    author: str
    has_share: bool


def board_routes(doors: Doors, blobs: BlobStore) -> Blueprint:
    """`/api/rooms/by-code/<code>/board/assets`."""
    routes = Blueprint("board", __name__)
    reading = asyncio.Semaphore(READING_AT_ONCE)
    sending, fetching = SendingRoom(), FetchingTurns()

    @routes.post("/api/rooms/by-code/<code>/board/assets")
    @tells(PictureTold, by="seat", status=201, body_kind="image/*", refuses=_SENT)
    async def send(code: str) -> Response:
        """Send a picture for the board: PNG, JPEG, WebP or GIF, at most 10 MB."""
        seat = seat_of(doors, code)
        if not doors.live.may_draw(seat.room_id, seat.participant_id):
            raise Refused("pen.missing")  # asked once: what was begun with a pen is finished
        with sending.held(seat_key(seat), _promised()):
            spend(doors.limits.picture_seat, seat_key(seat))
            spend(doors.limits.picture_room, seat.room_id)
            await must_have_place(seat.room_id, 0, **_share(doors, seat))
            raw = await _body()
            async with reading:
                picture = await _read(doors, seat, raw)
        asset = await _keep(blobs, seat, picture, _share(doors, seat))
        response = jsonify(PictureTold(asset.id, asset.width, asset.height))
        response.status_code = 201
        return response

    @routes.get("/api/rooms/by-code/<code>/board/assets/<asset_id>")
    @tells(
        None,
        by="seat",
        kind="image/*",
        refuses=("asset.unknown", "room.not_joined", "rate.limited"),
    )
    async def fetch(code: str, asset_id: str) -> Response:
        """Fetch a picture of the board."""
        seat = seat_of(doors, code)
        if not doors.live.is_inside(seat.room_id, seat.participant_id):
            raise Refused("room.not_joined")
        spend(doors.limits.picture_look, seat_key(seat))
        asset = await find_asset(seat.room_id, asset_id) if may_be_id(asset_id) else None
        size = None if asset is None else await blobs.size(seat.room_id, asset.id)
        if asset is None or size is None:
            raise Refused("asset.unknown")
        pieces = partial(blobs.pieces, seat.room_id, asset.id)
        body = PictureBody(pieces, fetching.of(seat_key(seat)))
        return picture_response(body, kind=asset.kind, size=size)

    return routes


def _share(doors: Doors, seat: SeatClaims) -> _Share:
    """Whose the picture is, and whether they may only have a part of the board's place."""
    return {"author": seat_author(seat), "has_share": not leads_class(doors, seat)}


def _promised() -> int:
    """How many bytes the body may have; Refused `asset.large` when that is known to be too much."""
    length = request.content_length
    if length is not None and length > BYTES_MAX:
        raise too_large()
    return BYTES_MAX if length is None else length


async def _body() -> bytes:
    """What was sent; Refused `asset.large` as soon as that is known."""
    try:
        raw = await request.get_data(cache=False, as_text=False)
    except RequestEntityTooLarge as error:
        raise too_large() from error
    return raw if isinstance(raw, bytes) else raw.encode()


async def _read(doors: Doors, seat: SeatClaims, raw: bytes) -> Picture:
    """The picture; one that is none costs its sender further tries."""
    try:
        return await asyncio.to_thread(read_picture, raw)
    except Refused:
        fine(doors.limits.picture_seat, seat_key(seat), WASTED_TRIES)
        fine(doors.limits.picture_room, seat.room_id, WASTED_TRIES)
        raise


async def _keep(blobs: BlobStore, seat: SeatClaims, picture: Picture, share: _Share) -> AssetRow:
    """The file first: a picture that is known is always there."""
    asset = AssetRow(new_id(), picture.kind, picture.width, picture.height, len(picture.content))
    await blobs.put(seat.room_id, asset.id, picture.content)
    is_noted = False
    try:
        await add_asset(seat.room_id, asset, **share, at=utc_now())
        is_noted = True
    finally:
        if not is_noted:
            await blobs.remove(seat.room_id, asset.id)
    return asset
