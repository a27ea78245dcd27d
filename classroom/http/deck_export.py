"""Decks on the stage as a PDF with what was drawn on them: to be saved, or handed out to the class.

The browser sends what was drawn as a PDF of its own; it knows the fonts and the shapes. Which pages
there are, and of which deck, is known here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from quart import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from classroom.blobs.files import pieces_of
from classroom.errors import Refused
from classroom.http.body import OVERLAY_MAX_BYTES
from classroom.http.deck_asked import Asked, asked_deck, asked_seat
from classroom.http.doors import Doors
from classroom.http.files_answer import bytes_answer
from classroom.http.files_begun import hand_out
from classroom.http.files_desk import FilesDesk
from classroom.http.pictures import FetchingTurns, PictureBody
from classroom.http.pieces import bounded
from classroom.http.told import tells
from classroom.jobs.burning import Export

PDF = "application/pdf"
FETCHED_WITHIN_S = 900.0
"""As long as our client waits; it lies on the disk until then."""
_PLACED = "/api/rooms/by-code/<code>/placements/<placement_id>"
_QUERY = {
    "pages": "leaves that the pages of the body belong to, as `3-0,3-1`",
    "slides": "`shown` for those the class was on, else all",
    "language": "of the word in the file's name: `en` or `zh-CN`",
}
_MADE = (
    *("room.not_joined", "right.missing", "rate.limited", "body.slow"),
    *("deck.unknown", "deck.not_ready", "deck.export", "deck.ink"),
    *("server.busy", "storage.full"),
)
_SENT = (
    *("lock.files", "chat.muted", "file.size", "file.limit"),
    *("file.infected", "file.not_scanned", "file.type", "file.unknown"),
)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file that everybody in the class has now."""

    file_id: str
    name: str
    bytes: int


def export_routes(doors: Doors, desk: FilesDesk) -> Blueprint:
    """`placements/<placement_id>/export` and `.../handout`."""
    routes = Blueprint("deck_export", __name__)
    fetching = FetchingTurns()

    @routes.post(f"{_PLACED}/export")
    @tells(None, by="seat", kind=PDF, body_kind=PDF, query=_QUERY, refuses=_MADE)
    async def export(code: str, placement_id: str) -> Response:
        """Put what was drawn on a deck into its PDF, and answer with it."""
        asked = await asked_deck(doors, asked_seat(doors, code), placement_id)
        made = await _made(doors, asked)
        body = PictureBody(partial(pieces_of, made), fetching.of(asked.seat.room_id))
        response = bytes_answer(body, kind=PDF, name=asked.name)
        response.timeout = FETCHED_WITHIN_S
        response.headers["Content-Length"] = str(os.fstat(made.fileno()).st_size)
        return response

    @routes.post(f"{_PLACED}/handout")
    @tells(
        HandedOut,
        by="seat",
        status=201,
        body_kind=PDF,
        query=_QUERY,
        refuses=(*_MADE, *_SENT),
    )
    async def handout(code: str, placement_id: str) -> Response:
        """Put what was drawn on a deck into its PDF, and send that to everybody in the class."""
        seat = asked_seat(doors, code)
        doors.live.check_sending(seat.room_id, seat.participant_id)
        asked = await asked_deck(doors, seat, placement_id)
        file = await hand_out(doors, desk, seat, asked.name, await _made(doors, asked))
        response = jsonify(HandedOut(file.id, file.name, file.bytes))
        response.status_code = 201
        return response

    return routes


async def _made(doors: Doors, asked: Asked) -> BinaryIO:
    """The PDF, open."""
    async with doors.decks.burning.begin(asked.seat.room_id, asked.who) as job:
        await _receive(job)
        return await job.burn(asked.row, asked.order)


async def _receive(job: Export) -> None:
    """What was drawn; Refused `deck.ink` when it is too much, `body.slow` when it broke off."""
    much = Refused("deck.ink", {"megabytes": OVERLAY_MAX_BYTES >> 20})
    length = request.content_length
    if length is not None and length > OVERLAY_MAX_BYTES:
        raise much
    try:
        came = await job.receive(bounded(aiter(request.body), OVERLAY_MAX_BYTES, much))
    except RequestEntityTooLarge as error:
        raise much from error
    if length is not None and came != length:
        raise Refused("body.slow")
