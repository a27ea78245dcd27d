"""All that is known of a client as one zip, for the team and for the client: made while it is sent.

JSON of the person, talks, signatures and letters, the files of their talks, receipts as PDF.
"""

from __future__ import annotations

import asyncio
from functools import partial

from quart import Blueprint, Response

from classroom.blobs.drafts import FileDrafts
from classroom.blobs.zipping import Packed, zipped
from classroom.http.client_door import desk_of_client
from classroom.http.client_packed import packed_client
from classroom.http.doors import Doors
from classroom.http.files_answer import bytes_answer
from classroom.http.limits import spend
from classroom.http.mine_door import at_booking
from classroom.http.pictures import FetchingTurns, PictureBody
from classroom.http.told import tells
from classroom.http.visitor import asking_address

NAME = "client.zip"


def client_export_routes(doors: Doors) -> Blueprint:
    """`/api/clients/<client_id>/export.zip` and the same for the client."""
    routes = Blueprint("client_export", __name__)
    turns = FetchingTurns()
    drafts = FileDrafts(doors.settings.file_folder)

    @routes.get("/api/clients/<client_id>/export.zip")
    @tells(
        bytes,
        by="account",
        kind="application/zip",
        refuses=("client.unknown", "client.erased", "right.missing", "rate.limited"),
    )
    async def export(client_id: str) -> Response:
        """Take away all that is known of a client; notes only when the organisation says so."""
        mine, client = await desk_of_client(doors, client_id, "client.export")
        spend(doors.limits.client_task, mine.account.id)
        await mine.opened("client.export", client_id, client_id)
        packed = await packed_client(drafts, client, mine.org)
        return _answer(packed, turns.of(mine.account.id))

    @routes.get("/api/mine/bookings/<booking_id>/export.zip")
    @tells(
        bytes,
        by="browser",
        kind="application/zip",
        refuses=("booking.unknown", "booking.digits", "rate.limited"),
    )
    async def own(booking_id: str) -> Response:
        """Take away all that the organisation knows of one, for a browser that is known."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        spend(doors.limits.client_task, asking_address())
        packed = await packed_client(drafts, scene.client, scene.org)
        return _answer(packed, turns.of(scene.client.id))

    return routes


def _answer(packed: list[Packed], turn: asyncio.Semaphore) -> Response:
    body = PictureBody(partial(zipped, packed), turn)
    return bytes_answer(body, kind="application/zip", name=NAME)
