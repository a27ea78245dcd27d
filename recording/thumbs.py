"""Thumbs: what the main picture was every five seconds, in sheets of a hundred, and a poster.

Of films only key frames are decoded: one comes every ten seconds at least. The board is painted as
it is for films. All of it is sealed under the key of what is made of everybody. Blocking, for the
child alone.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from PIL import Image

from media.journal.envelope import seal_whole
from recording import webm
from recording.blackboard import Blackboard
from recording.body import replace
from recording.index import Index
from recording.manifest import DERIVED_KEY
from recording.scenes import BOARD, Film, Source, main_of
from recording.shelf import Recorded, Shelf
from recording.vault import BodyReader

EVERY_MS: Final = 5_000
SIZE: Final = (160, 90)
COLUMNS: Final = 10
EACH: Final = COLUMNS * COLUMNS
"""Thumbs of a sheet."""
POSTER: Final = (640, 360)
POSTER_FILE: Final = "poster.webp"
LOOKED_AT: Final = 12
"""Moments of which the poster is chosen."""
PIXELS_MAX: Final = 40_000_000
"""A larger picture is nobody's screen."""
_GROUND: Final = (24, 26, 30)
_QUALITY: Final = 70
_DECODERS: Final = {
    "video/VP8": "vp8",
    "video/VP9": "vp9",
    "video/AV1": "libdav1d",
    "video/H264": "h264",
}


def sheet_name(number: int) -> str:
    """Of the sheet with a hundred thumbs, from 0."""
    return f"sprite-{number}"


def thumbs(
    folder: Path,
    recording_id: str,
    keys: Mapping[str, bytes],
    order: Mapping[str, Any],
    tell: Callable[[int], None],
) -> dict[str, Any]:
    """`order` has `tracks` ({id, pid, source, key}) and `duration_ms`. Damaged, OSError."""
    shelf = Shelf(folder, recording_id, [Recorded(**track) for track in order["tracks"]], keys)
    moments = range(0, max(order["duration_ms"], 1), EVERY_MS)
    looked_at = set(moments[:: max(len(moments) // LOOKED_AT, 1)])
    shown = _Shown(folder, shelf, keys, SIZE)
    best, poster_ms, count = -1.0, 0, 0
    for first in range(0, len(moments), EACH):
        part = moments[first : first + EACH]
        rows = -(-len(part) // COLUMNS)
        sheet = Image.new("RGB", (SIZE[0] * COLUMNS, SIZE[1] * rows), _GROUND)
        for place, ms in enumerate(part):
            picture = shown.at(ms)
            if picture is None:
                continue
            count += 1
            sheet.paste(picture, (place % COLUMNS * SIZE[0], place // COLUMNS * SIZE[1]))
            if ms in looked_at and (detail := picture.entropy()) > best:
                best, poster_ms = detail, ms
        _store(folder / "thumbs" / sheet_name(first // EACH), sheet, keys[DERIVED_KEY])
        tell(min(100 * (first + len(part)) // len(moments), 99))
    poster = _Shown(folder, shelf, keys, POSTER).at(poster_ms) if count else None
    if poster is not None:
        _store(folder / POSTER_FILE, poster, keys[DERIVED_KEY])
    return {"thumbs": count}


def _store(path: Path, picture: Image.Image, key: bytes) -> None:
    raw = io.BytesIO()
    picture.save(raw, "WEBP", quality=_QUALITY)
    replace(path, seal_whole(key, path.name, raw.getvalue()))


class _Shown:
    """The main picture by time, asked forwards: the screen that is shared, the page, or whoever
    speaks."""

    def __init__(
        self, folder: Path, shelf: Shelf, keys: Mapping[str, bytes], size: tuple[int, int]
    ) -> None:
        self._size = size
        self._board: Blackboard = shelf.board(size, {})
        films = {
            name: (track, index)
            for name, (track, index) in shelf.tracks.items()
            if track.source in ("camera", "screen")
        }
        self._films = {
            name: _KeyFrames(folder, name, keys[track.key], index, size)
            for name, (track, index) in films.items()
        }
        self._facts = {
            name: Film(name, track.pid, _source(track.source), index.start_ms, index.end_ms)
            for name, (track, index) in films.items()
        }
        self._voices = [
            (track.pid, index)
            for track, index in shelf.tracks.values()
            if track.source == "microphone"
        ]
        self._main = main_of(shelf.events(), list(self._facts.values()))

    def at(self, ms: int) -> Image.Image | None:
        """None where there was nothing to see."""
        place = bisect_right(self._main, ms, key=lambda turn: turn[0]) - 1
        what = self._main[place][1] if place >= 0 else ""
        if what == BOARD:
            frame = self._board.at(ms)
            if frame is not None:
                return _image(frame)
        film = self._films.get(what) or self._face(ms)
        return None if film is None else film.at(ms)

    def _face(self, ms: int) -> _KeyFrames | None:
        """Of whoever speaks, else of anybody."""
        cameras = {
            film.pid: name
            for name, film in self._facts.items()
            if film.source == "camera" and film.start_ms <= ms < film.end_ms
        }
        for pid, index in self._voices:
            at = ms - index.start_ms
            if pid in cameras and any(begin <= at < end for begin, end in index.voice):
                return self._films[cameras[pid]]
        return next((self._films[name] for name in cameras.values()), None)


def _source(source: str) -> Source:
    return "screen" if source == "screen" else "camera"


class _KeyFrames:
    """Of one film: the key frame before a moment, fitted into a size."""

    def __init__(
        self, folder: Path, track: str, key: bytes, index: Index, size: tuple[int, int]
    ) -> None:
        clusters = index.clusters
        self._index = index
        self._size = size
        self._reader = BodyReader(folder, track, key, index)
        offsets = clusters.offsets()
        self._places = [
            (clusters.ms[at], offsets[at], clusters.lengths[at])
            for at in range(len(clusters))
            if clusters.keys[at]
        ]
        self._last: tuple[int, Image.Image | None] = (-1, None)

    def at(self, ms: int) -> Image.Image | None:
        """None before the first one, or when it cannot be decoded."""
        own = ms - self._index.start_ms
        place = bisect_right(self._places, own, key=lambda each: each[0]) - 1
        if place < 0:
            return None
        if self._last[0] != place:
            self._last = (place, self._decoded(*self._places[place]))
        return self._last[1]

    def _decoded(self, ms: int, offset: int, length: int) -> Image.Image | None:
        data = b"".join(self._reader.opened(offset, offset + length))
        _, frame, _ = next(webm.frames(data))
        decoder = av.CodecContext.create(_DECODERS[self._index.mime], "r")
        assert isinstance(decoder, VideoCodecContext)
        if self._index.private:
            decoder.extradata = self._index.private
        turned = [degrees for since, degrees in self._index.rotations if since <= ms]
        try:
            pictures = [*decoder.decode(av.Packet(frame)), *decoder.decode(None)]
            if not pictures or pictures[0].width * pictures[0].height > PIXELS_MAX:
                return None
            return _fitted(_image(pictures[0]), turned[-1] if turned else 0, self._size)
        except (av.error.FFmpegError, MemoryError, ValueError):
            return None  # somebody's picture is no reason to have none of the others'


def _image(frame: VideoFrame) -> Image.Image:
    plane = frame.reformat(format="rgb24").planes[0]
    size = (frame.width, frame.height)
    return Image.frombytes("RGB", size, bytes(plane), "raw", "RGB", plane.line_size)


def _fitted(picture: Image.Image, degrees: int, size: tuple[int, int]) -> Image.Image:
    """Upright, as large as fits, in the middle."""
    if degrees:
        picture = picture.rotate(-degrees, expand=True)
    picture.thumbnail(size)
    ground = Image.new("RGB", size, _GROUND)
    ground.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return ground
