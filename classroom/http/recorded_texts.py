"""Lines, captions and pictures of a recording, for who plays it."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Iterable

from quart import Response, request

from classroom.errors import Refused
from classroom.http.recording_right import UNKNOWN
from classroom.jobs.recording_lines import chat, events, picture, tape
from classroom.jobs.recording_opening import Opened
from classroom.lesson.captions import outside_of
from classroom.lesson.recorded_lines import Line, chat_for, events_for, tape_for, to_the_end
from classroom.store.recording_captions import captions_of
from recording.manifest import DERIVED_KEY, ROOM_KEY, key_name
from recording.playtime import Holes

LINES = "text/plain; charset=utf-8"
WORTH_PACKING_BYTES = 1024
_CAPTIONS = re.compile(r"captions-([A-Za-z0-9\-]{2,8})\.vtt")
_SHEET = re.compile(r"thumbs-(\d{1,4})\.webp")
_ASSET = re.compile(r"asset-([A-Za-z0-9_.~\-]{1,200})")


async def text_answer(opened: Opened, name: str, cuts: Holes) -> Response:
    """Lines, captions or a picture, by their name. Refused `recording.unknown`, Damaged."""
    ended = to_the_end(cuts, opened.row.duration_ms)
    captions, asset = _CAPTIONS.fullmatch(name), _ASSET.fullmatch(name)
    if name == "events.jsonl":
        people = {one.pid: one.kinds for one in opened.people}
        return await _lines(events_for(await events(opened), people, ended))
    if name == "chat.jsonl":
        return await _lines(chat_for(await chat(opened), ended))
    if name == "board.tape":
        return await _lines(tape_for(await tape(opened), ended))
    if captions is not None:
        return await _captions(opened, captions[1], cuts)
    if asset is not None:
        return await _asset(opened, asset[1])
    sheet = _SHEET.fullmatch(name)
    if sheet is not None and not cuts:  # one shows what was cut out, too
        return await _sheet(opened, f"thumbs/sprite-{int(sheet[1])}")
    raise Refused(UNKNOWN)


async def _sheet(opened: Opened, name: str) -> Response:
    body = await picture(opened, name, DERIVED_KEY)
    if body is None:
        raise Refused(UNKNOWN)
    return Response(body, content_type="image/webp")


async def _captions(opened: Opened, locale: str, cuts: Holes) -> Response:
    for one in await captions_of(opened.row.id):
        if one.locale == locale:
            body = outside_of(one.body, cuts).encode()
            return await _packed(body, "text/vtt; charset=utf-8")
    raise Refused(UNKNOWN)


async def _asset(opened: Opened, name: str) -> Response:
    """A picture: of the room, or of somebody who is in it with that kind."""
    pid, mark, rest = name.partition("~")
    kind = rest.partition("~")[0]
    key = key_name(pid, kind) if mark else ROOM_KEY
    is_in = any(one.pid == pid and kind in one.kinds for one in opened.people)
    body = None
    if not mark or is_in:
        body = await picture(opened, f"assets/{name}", key)
    if body is None:
        raise Refused(UNKNOWN)
    return Response(body, content_type=_picture(body))


async def _lines(lines: Iterable[Line]) -> Response:
    def written() -> bytes:
        return b"".join(
            json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
            for line in lines
        )

    return await _packed(await asyncio.to_thread(written), LINES)


async def _packed(body: bytes, kind: str) -> Response:
    headers = {"Vary": "Accept-Encoding"}
    wants = "gzip" in request.headers.get("Accept-Encoding", "")
    if wants and len(body) >= WORTH_PACKING_BYTES:
        body = await asyncio.to_thread(gzip.compress, body, 4, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers=headers, content_type=kind)


def _picture(body: bytes) -> str:
    if body.startswith(b"\x89PNG"):
        return "image/png"
    if body.startswith(b"\xff\xd8"):
        return "image/jpeg"
    return "image/webp" if body[8:12] == b"WEBP" else "application/octet-stream"
