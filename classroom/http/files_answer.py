"""Answers that have a file: in parts when asked for, and never a page that runs as ours."""

from __future__ import annotations

from asyncio import Semaphore
from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import quote

from quart import Response, request
from werkzeug.http import parse_range_header

from classroom.blobs.files import BlobStore
from classroom.blobs.kinds import SHOWN
from classroom.blobs.zipping import Packed, zipped
from classroom.errors import Refused
from classroom.http.pictures import PictureBody, Pieces
from classroom.ids import RoomId
from classroom.room.file_card import FileCard

WITHIN_S = 3600.0
"""The largest file over a line of 0.3 Mbit/s."""
POLICY = "sandbox; default-src 'none'"
PLAIN = "application/octet-stream"
ALL_NAME = "files.zip"


async def file_answer(
    blobs: BlobStore, room_id: RoomId, card: FileCard, turn: Semaphore
) -> Response:
    """The file, or the one part of it that `Range` names; Refused `file.unknown` when what it held
    is gone."""
    size = await blobs.size(room_id, card.id)
    if size is None:
        raise Refused("file.unknown")
    pieces = partial(blobs.pieces, room_id, card.id)
    kind = card.kind if card.kind in SHOWN else PLAIN
    return part_answer(pieces, size, kind=kind, name=card.name, turn=turn)


def part_answer(
    pieces: Callable[[int, int], Pieces], size: int, *, kind: str, name: str, turn: Semaphore
) -> Response:
    """The same as `part_of`, to be saved, and harmless if it is shown."""
    return _to_save(part_of(pieces, size, kind=kind, turn=turn), name)


def part_of(
    pieces: Callable[[int, int], Pieces],
    size: int,
    *,
    kind: str,
    turn: Semaphore,
    answer: type[Response] = Response,
) -> Response:
    """So many bytes, or the one part of them that `Range` names. `pieces` gives them from one
    place to before another."""
    start, stop, status = _part(size)
    read = start if request.method == "HEAD" else stop
    response = answer(PictureBody(partial(pieces, start, read), turn), content_type=kind)
    response.timeout = WITHIN_S
    response.status_code = status
    response.headers["Content-Length"] = str(stop - start)
    response.headers["Accept-Ranges"] = "bytes"
    if status == 416:
        response.headers["Content-Range"] = f"bytes */{size}"
    elif status == 206:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return response


def bytes_answer(body: PictureBody, *, kind: str, name: str) -> Response:
    """Bytes that somebody else made: to be saved, and harmless if they are shown."""
    response = Response(body, content_type=kind)
    response.timeout = WITHIN_S
    return _to_save(response, name)


def _to_save(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def zip_answer(
    blobs: BlobStore, room_id: RoomId, cards: Iterable[FileCard], turn: Semaphore
) -> Response:
    """All of them as one zip, made while it is sent."""
    packed = [
        Packed(card.name, card.bytes, card.at, partial(blobs.pieces, room_id, card.id))
        for card in cards
    ]
    body = PictureBody(partial(zipped, packed), turn)
    return bytes_answer(body, kind="application/zip", name=ALL_NAME)


def _part(size: int) -> tuple[int, int, int]:
    """From where to before where, and the status of the answer (RFC 9110, 14.2: what is no range
    of bytes, or several, is answered with the whole)."""
    asked = parse_range_header(request.headers.get("Range"))
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return 0, size, 200
    start, _ = asked.ranges[0]
    if start < 0 < size:  # so many of the last bytes, and all when there are fewer
        return max(0, size + start), size, 206
    found = asked.range_for_length(size)
    return (0, 0, 416) if found is None else (found[0], found[1], 206)
