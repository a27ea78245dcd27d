"""The files of recordings for who plays them; tracks are put together for each session."""

from __future__ import annotations

import asyncio
import re
from functools import partial

from quart import Response, request

from classroom.errors import Refused
from classroom.http.files_answer import part_of
from classroom.http.pictures import FetchingTurns, Pieces
from classroom.http.recorded_manifest import manifest_answer
from classroom.http.recorded_texts import text_answer
from classroom.http.recording_right import UNKNOWN
from classroom.http.recording_session import LIVE, NOT_NOW, IsInside, may_go_on, still_granted
from classroom.jobs.recording_opening import Opened, Opening
from classroom.jobs.remembered import Remembered
from classroom.people.play_session import Playing
from recording.playtime import Holes, merged
from recording.vault import VirtualFile

FILES = 256
"""Tracks opened for sessions that are remembered."""
ASK_AGAIN = 8 * 1024 * 1024
"""Bytes of one answer after which it is asked again whether the right holds."""
MANIFEST = "manifest.json"
_TRACK = re.compile(r"([A-Za-z0-9_\-]{1,64})\.webm")


class Desk:
    """What the requests of all sessions share."""

    def __init__(self, opening: Opening, is_inside: IsInside) -> None:
        self._opening = opening
        self._is_inside = is_inside
        self._fetching = FetchingTurns()
        self._films: Remembered[VirtualFile] = Remembered(FILES)

    async def answer(self, key: str, playing: Playing, name: str) -> Response:
        """The file of this name, for who plays; `key` tells sessions apart. Refused, Damaged."""
        row = await still_granted(playing, self._is_inside)
        if row.state not in ("ready", *(LIVE if playing.by == "class" else ())):
            raise Refused(NOT_NOW[row.state])
        opened = await self._opening.open(row)
        cuts = () if playing.is_whole else merged(row.cuts)
        if name == MANIFEST:
            return await manifest_answer(self._opening, opened, playing, cuts)
        track = _TRACK.fullmatch(name)
        if track is None:
            return await text_answer(opened, name, cuts)
        film = await self._film(key, opened, track[1], cuts)
        turn = self._fetching.of(key)
        pieces = partial(_watched, playing, self._is_inside, film)
        return part_of(pieces, film.length, kind=film.content_type, turn=turn)

    async def _film(self, session: str, opened: Opened, track: str, cuts: Holes) -> VirtualFile:
        """The track as it was when the manifest was told: while it grows, parts of one answer and
        of the next are parts of one file."""
        place = (session, track, request.args.get("rev", "")[:20], cuts)
        index, key = await self._opening.index(opened, track), opened.key_of(track)
        if index is None or key is None:
            raise Refused(UNKNOWN)
        known = self._films.get(place)
        if known is not None:
            return known
        made = partial(VirtualFile, opened.folder, track, key, index, cuts, far=opened.far)
        return self._films.put(place, await asyncio.to_thread(made))


async def _watched(
    playing: Playing, is_inside: IsInside, film: VirtualFile, start: int, stop: int
) -> Pieces:
    """The bytes, as long as whoever fetches them may have them: a browser may take a whole hour in
    one answer."""
    given = 0
    async for piece in film.pieces(start, stop):
        yield piece
        given += len(piece)
        if given >= ASK_AGAIN:
            given = 0
            if not await may_go_on(playing, is_inside):
                return
