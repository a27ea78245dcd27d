"""Films made for tests, stored as a recording's tracks are."""

from __future__ import annotations

import io
from pathlib import Path

import av

from recording import webm
from recording.body import Body
from recording.index import MIX, Index


def store_film(
    folder: Path,
    rec: str,
    track: str,
    key: bytes,
    film: io.BytesIO,
    start_ms: int = 0,
    *,
    mime: str = "video/VP8",
) -> Index:
    """A film of VP8 or VP9 as a track that begins at `start_ms`; its index, stored."""
    return _store(folder, rec, track, key, film, Index(mime, start_ms, 90_000))


def store_mix(folder: Path, rec: str, key: bytes, sound: io.BytesIO) -> Index:
    """An Opus film as everybody's sound."""
    index = Index("audio/opus", 0, 48_000, channels=1, private=webm.opus_private(1))
    return _store(folder, rec, MIX, key, sound, index)


def _store(folder: Path, rec: str, track: str, key: bytes, film: io.BytesIO, index: Index) -> Index:
    body = Body(folder, rec, track, key)
    body.open(index)
    frames: list[tuple[int, bytes, bool]] = []
    film.seek(0)
    with av.open(film) as container:
        for packet in container.demux():
            if packet.pts is None:
                continue
            ms = max(packet.pts, frames[-1][0] + 1 if frames else index_ms(index), 0)
            if frames and (ms - frames[0][0] >= 1_000 or _begins(packet, index)):
                _add(body, index, frames)
                frames = []
            frames.append((ms, bytes(packet), packet.is_keyframe))
    _add(body, index, frames)
    body.flush(index)
    body.save(index)
    body.close()
    return index


def index_ms(index: Index) -> int:
    """Up to where there is something already."""
    return max(index.end_ms - index.start_ms, 0) if index.is_begun else 0


def _begins(packet: av.Packet, index: Index) -> bool:
    return packet.is_keyframe and index.mime.startswith("video")


def _add(body: Body, index: Index, frames: list[tuple[int, bytes, bool]]) -> None:
    ms = frames[0][0]
    body.add(index, webm.cluster(ms, frames), ms, has_key=frames[0][2])
    index.end_ms = index.start_ms + frames[-1][0] + 40
