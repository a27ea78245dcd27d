"""Vault: a track as a file that plays, put together of its sealed body on each request.

`head, clusters, cues`: the clusters are opened as they are read, head and cues are made from the
index, and clusters of parts that were cut out are not there. A virtual file keeps to the index it
was made with, so it stays what it is while its track goes on being written. Reading is done in
threads.
"""

from __future__ import annotations

import asyncio
import os
from bisect import bisect_left, bisect_right
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final, Protocol

from media.journal.envelope import TAG, Tampered, framed_bytes, open_chunk
from recording import index as indexes
from recording import webm
from recording.errors import Damaged
from recording.index import Index
from recording.playtime import Holes

PIECE: Final = 512 * 1024
"""Bytes that are read in one turn of a thread."""
_FRAMING = 4 + TAG
_FAR: Final = ThreadPoolExecutor(8, thread_name_prefix="far recordings")


def open_index(folder: Path, recording_id: str, track: str, key: bytes) -> Index:
    """A track's index as it is now; blocking. FileNotFoundError before its first step, Damaged."""
    data = (folder / indexes.file_name(track, "index")).read_bytes()
    return indexes.unpack(data, key, indexes.sealed_name(recording_id, track))


class ReadFar(Protocol):
    """Reads a piece of a file of the recording that is not in its folder; blocking. OSError."""

    def __call__(self, name: str, at: int, length: int) -> bytes: ...


class BodyReader:
    """The clusters of one body, as far as an index knows them; of one that is not in the folder by
    `far`."""

    def __init__(
        self, folder: Path, track: str, key: bytes, index: Index, far: ReadFar | None = None
    ) -> None:
        self._name = indexes.file_name(track, "body")
        self.path = folder / self._name
        self._far = far
        self._key = key
        self._index = index
        self._header = index.header
        self._starts = list(accumulate(index.chunks, initial=0))

    @property
    def is_here(self) -> bool:
        """Whether it lies in the folder now, or nowhere else."""
        return self._far is None or self.path.exists()

    def opened(self, begin: int, end: int) -> Iterator[bytes]:
        """Bytes from `begin` to before `end`, in pieces. Damaged `envelope.tampered`, OSError."""
        first = bisect_right(self._starts, begin) - 1
        stop = bisect_left(self._starts, end)
        sealed = memoryview(self._sealed(self._place(first), self._place(stop)))
        offset = self._place(first)
        for chunk in range(first, stop):
            at = self._starts[chunk]
            framed = sealed[self._place(chunk) - offset : self._place(chunk + 1) - offset]
            yield self._chunk(chunk, framed)[max(begin - at, 0) : end - at]

    def _place(self, chunk: int) -> int:
        """Where a chunk begins in the file."""
        return len(self._header) + self._starts[chunk] + _FRAMING * chunk

    def _sealed(self, begin: int, end: int) -> bytes:
        """From the folder, else from afar: the header was looked at before it went there, and each
        chunk is bound to it."""
        try:
            with self.path.open("rb") as opened:
                if os.pread(opened.fileno(), len(self._header), 0) != self._header:
                    raise Damaged("envelope.tampered", "another header")
                return os.pread(opened.fileno(), end - begin, begin)
        except FileNotFoundError:
            if self._far is None:
                raise
        return self._far(self._name, begin, end - begin)

    def _chunk(self, chunk: int, framed: memoryview) -> bytes:
        try:
            if framed_bytes(framed) != len(framed):
                raise Damaged("envelope.tampered", "another length")
            number = self._index.number(chunk)
            return open_chunk(self._key, self._header, number, framed)[0]
        except Tampered as error:
            raise Damaged("envelope.tampered", f"chunk {chunk}") from error


@dataclass(frozen=True, slots=True)
class _Run:
    """A part of the body that is served: where in the virtual file, where in the body."""

    at: int
    body_at: int
    length: int


class VirtualFile:
    """One track, with parts cut out of it. `length` and `content_type` are its facts."""

    def __init__(
        self,
        folder: Path,
        track: str,
        key: bytes,
        index: Index,
        cuts: Holes = (),
        *,
        far: ReadFar | None = None,
    ) -> None:
        """`cuts` in recording time. Damaged for an index without anything to play."""
        if not index.is_begun:
            raise Damaged("index.tampered", "nothing to play")
        self.content_type = webm.content_type(index.mime)
        self.body = BodyReader(folder, track, key, index, far)
        kept = _kept(index, cuts)
        duration_ms = max(index.end_ms - index.start_ms, 1)
        bare = webm.head(index, body_bytes=0, cues_bytes=0, duration_ms=duration_ms)
        self._runs, points = _runs(index, kept, len(bare))
        body_bytes = sum(run.length for run in self._runs)
        self._cues = webm.cues(index, [(ms, at - len(bare)) for ms, at in points])
        self._head = webm.head(
            index, body_bytes=body_bytes, cues_bytes=len(self._cues), duration_ms=duration_ms
        )
        self._cues_at = len(self._head) + body_bytes
        self.length = self._cues_at + len(self._cues)

    async def pieces(self, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` to before `stop`, in pieces. Damaged, OSError."""
        stop = self.length if stop is None else min(stop, self.length)
        while start < stop:
            end = min(start + PIECE, stop)
            # A far place that does not answer holds up no other work with files.
            pool = None if self.body.is_here else _FAR
            loop = asyncio.get_running_loop()
            yield await loop.run_in_executor(pool, self.read, start, end)
            start = end

    def read(self, start: int, stop: int) -> bytes:
        """The same at once; blocking."""
        return b"".join(self._read(start, min(stop, self.length)))

    def _read(self, start: int, stop: int) -> Iterator[bytes]:
        yield self._head[start:stop]
        first = bisect_right(self._runs, start, key=lambda run: run.at) - 1
        for run in self._runs[max(first, 0) :]:
            if run.at >= stop:
                break
            begin = run.body_at + max(start - run.at, 0)
            end = run.body_at + min(stop - run.at, run.length)
            if begin < end:
                yield from self.body.opened(begin, end)
        if stop > self._cues_at:
            yield self._cues[max(start - self._cues_at, 0) : stop - self._cues_at]


def verify(folder: Path, track: str, key: bytes, index: Index) -> None:
    """Open every chunk and see that there are no more and no fewer; blocking. Damaged, OSError."""
    if not index.is_begun:
        return
    file = VirtualFile(folder, track, key, index)
    if file.body.path.stat().st_size != index.file_bytes or sum(index.chunks) != index.body_bytes:
        raise Damaged("envelope.tampered", "another length")
    for at in range(0, file.length, PIECE):
        file.read(at, at + PIECE)


def _kept(index: Index, cuts: Holes) -> list[bool]:
    """Which clusters are served: none that reaches into a cut, and of pictures none behind it
    before the next key frame."""
    clusters, start_ms = index.clusters, index.start_ms
    count = len(clusters)
    if not cuts:
        return [True] * count
    kept, is_waiting, cut = [], False, 0
    for number in range(count):
        begin = start_ms + clusters.ms[number]
        end = start_ms + clusters.ms[number + 1] if number + 1 < count else index.end_ms
        while cut < len(cuts) and cuts[cut][1] <= begin:
            cut += 1
        if cut < len(cuts) and cuts[cut][0] < max(end, begin + 1):
            is_waiting = True
            kept.append(False)
            continue
        is_waiting = is_waiting and not clusters.keys[number]
        kept.append(not is_waiting)
    return kept


def _runs(index: Index, kept: list[bool], at: int) -> tuple[list[_Run], list[tuple[int, int]]]:
    """The parts that are served, from `at` on, and where key frames lie in the virtual file."""
    runs: list[_Run] = []
    points: list[tuple[int, int]] = []
    clusters, offset = index.clusters, 0
    for number, is_kept in enumerate(kept):
        length = clusters.lengths[number]
        if is_kept:
            if clusters.keys[number]:
                points.append((clusters.ms[number], at))
            last = runs[-1] if runs else None
            if last is not None and last.body_at + last.length == offset:
                runs[-1] = _Run(last.at, last.body_at, last.length + length)
            else:
                runs.append(_Run(at, offset, length))
            at += length
        offset += length
    return runs, points
