"""Sending decks: announced with their sizes, brought in pieces, a deck when all have come."""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import PIECE_MAX_BYTES, read_body
from classroom.http.deck_announced import NewUpload, announced
from classroom.http.deck_door import DeckAsker, DeckDoor
from classroom.http.deck_sending import DeckSending, SentTold
from classroom.http.doors import Doors
from classroom.http.pictures import SendingRoom
from classroom.http.pieces import PieceTurns, asked_offset
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store.deck_uploads import UploadRow, add_upload, find_upload

SENT_MAX = 200
"""Pieces of all people that come at once; each waits for the disk, none lies in memory."""
SENT_EACH_MAX = 4
_FILE = ("deck.empty", "deck.type", "deck.old_office", "deck.large")
_PLACE = ("deck.quota", "deck.limit", "deck.unknown", "folder.unknown", "storage.full")
_MADE = (*_FILE, *_PLACE, "deck.encrypted", "upload.unknown")


@dataclass(frozen=True, slots=True)
class PieceTold:
    """Where the first piece of a file begins."""

    index: int
    offset: int


@dataclass(frozen=True, slots=True)
class UploadBegun:
    """An upload that is waited for."""

    upload_id: str
    pieces: list[PieceTold]
    piece_max: int
    """The most bytes of one piece."""


@dataclass(frozen=True, slots=True)
class Receiving:
    """What both doors share."""

    sending: DeckSending
    turns: PieceTurns
    space: SendingRoom

    @classmethod
    def of(cls, doors: Doors) -> Receiving:
        """Made once."""
        settings = doors.settings
        return cls(
            DeckSending(doors.decks, file_mb=settings.deck_mb, library_mb=settings.decks_mb),
            PieceTurns(doors.limits.deck_piece),
            SendingRoom(SENT_MAX, SENT_EACH_MAX),
        )


def upload_routes(doors: Doors, door: DeckDoor, receiving: Receiving) -> Blueprint:
    """`decks/uploads`."""
    routes = Blueprint(f"{door.name}deck_uploads", __name__)
    sending, look = receiving.sending, doors.limits.deck_look

    @routes.post(f"{door.prefix}/decks/uploads")
    @tells(
        UploadBegun,
        by=door.by,
        status=201,
        body=NewUpload,
        refuses=(
            *door.refuses,
            *_FILE,
            *_PLACE,
            "deck.office_missing",
            "deck.office_unsafe",
            "right.missing",
            "title.empty",
            "title.long",
        ),
    )
    async def begin(code: str = "") -> Response:
        """Announce files that become a deck, or a new version of one."""
        asker = await door.asker(code, doors.limits.deck_new)
        upload = announced(asker, await read_body(NewUpload))
        sending.check(upload.sources)
        await add_upload(upload, doors.settings.decks_mb * 1024**2, at=utc_now())
        await sending.open(upload)
        pieces = [PieceTold(index, 0) for index in range(len(upload.sources))]
        response = jsonify(UploadBegun(upload.id, pieces, PIECE_MAX_BYTES))
        response.status_code = 201
        return response

    @routes.delete(f"{door.prefix}/decks/uploads/<upload_id>")
    @tells(None, by=door.by, status=204, refuses=(*door.refuses, "upload.unknown", "upload.busy"))
    async def discard(upload_id: str, code: str = "") -> Response:
        """Give up an upload."""
        asker = await door.asker(code, look)
        await sending.discard(await _own(upload_id, asker))
        return Response(b"", status=204)

    _add_pieces(doors, door, receiving, routes)
    return routes


def _add_pieces(doors: Doors, door: DeckDoor, receiving: Receiving, routes: Blueprint) -> None:
    sending, look = receiving.sending, doors.limits.deck_look

    @routes.get(f"{door.prefix}/decks/uploads/<upload_id>/<index>")
    @tells(SentTold, by=door.by, refuses=(*door.refuses, *_MADE))
    async def ask(upload_id: str, index: str, code: str = "") -> Response:
        """Tell how far a file of an upload has come."""
        asker = await door.asker(code, look)
        made = sending.made(upload_id, asker.sender)
        if made is not None:  # whoever asks did not hear the last answer
            upload, deck_id = made
            size = upload.sources[_index(upload, index)].bytes
            return jsonify(SentTold(size, is_ready=True, deck_id=deck_id))
        upload = await _own(upload_id, asker)
        return jsonify(await sending.progress(upload, _index(upload, index)))

    @routes.patch(f"{door.prefix}/decks/uploads/<upload_id>/<index>")
    @tells(
        SentTold,
        by=door.by,
        body_kind="application/octet-stream",
        query={"offset": "where in the file the piece begins"},
        refuses=(*door.refuses, *_MADE, "upload.offset", "upload.busy", "server.busy"),
    )
    async def piece(upload_id: str, index: str, code: str = "") -> Response:
        """Send the next piece of a file, at most 4 MiB."""
        asker = await door.asker(code, look)
        offset = asked_offset()
        upload = await _own(upload_id, asker)
        number = _index(upload, index)
        with receiving.space.held(asker.sender, 1):
            await receiving.turns.take(asker.sender)
            await sending.append(upload, number, offset, aiter(request.body))
        return jsonify(await sending.progress(upload, number))


async def _own(upload_id: str, asker: DeckAsker) -> UploadRow:
    upload = await find_upload(upload_id, asker.sender) if may_be_id(upload_id) else None
    if upload is None:
        raise Refused("upload.unknown")
    return upload


def _index(upload: UploadRow, text: str) -> int:
    names = [str(number) for number in range(len(upload.sources))]
    if text not in names:
        raise Refused("upload.unknown")
    return names.index(text)
