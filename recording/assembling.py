"""Assembling: the records of one track become clusters and indexes.

Another private part of the codec (new parameter sets) begins another part of the track, a file of
its own; a change of size does not. Decides where clusters begin and what the index says; reads and
writes nothing. What a process that was killed had written already is made again and left out, so it
does not matter where it stopped. Sans-IO.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from media.errors import Malformed
from media.journal.records import (
    NONE,
    TICKS,
    HoleRecord,
    PacketRecord,
    Record,
    ReportRecord,
    StreamRecord,
)
from recording import webm
from recording.frames import SETTLED, Frame, Pictures, Sound, frames_of
from recording.index import Index
from recording.keyframes import KEY_FACTS, KeyFacts
from recording.speaking import Speaking
from recording.timeline import StreamClock, ntp_ms

CLUSTER_MS: Final = 1_000
LATE_MS: Final = 3_000
"""A frame that came was taken at most so long before."""
EARLIEST_MS: Final = 10_000
LATEST_MS: Final = 1_000
"""So long before its arrival, and after it by the clocks, a frame may have been taken."""
PARTS_MAX: Final = 200
"""Of a track; what would need more is left out."""
_GAP_MS: Final = 200
_PER_MS: Final = TICKS / 1000
_FOREVER_MS: Final = 1e12
_SOUND_MS, _PICTURE_MS = 20, 40
"""What the last frame of a file is taken to last."""

Sink = Callable[[int, Index, bytes, int, bool], None]
"""(number of the part, its index, cluster, its ms, whether it begins with a key frame)."""


@dataclass(slots=True)
class _Stream:
    frames: Sound | Pictures
    clock: StreamClock


@dataclass(slots=True)
class _Cluster:
    """Frames of a part that are no cluster yet."""

    ms: int = 0
    frames: list[tuple[int, bytes, bool]] = field(default_factory=list)


class Assembling:
    """Of one track. `parts` are its indexes, the last one still growing."""

    def __init__(
        self,
        mime: str,
        clock_rate: int,
        channels: int,
        sink: Sink,
        stored: Sequence[Index] = (),
    ) -> None:
        """`stored` are the indexes of parts that a process before this one wrote."""
        self.parts: list[Index] = []
        self.broken = 0
        """Key frames that could not be read."""
        self._mime, self._clock_rate, self._channels = mime, clock_rate, channels
        self._is_sound = mime == "audio/opus"
        self._sink = sink
        self._stored = list(stored)
        self._written = max((each.state["last_ms"] for each in stored if each.state), default=-1)
        self._streams: dict[int, _Stream] = {}
        self._now: _Stream | None = None
        self._waiting: deque[tuple[_Stream, Frame]] = deque()
        self._cluster = _Cluster()
        self._last = -1
        self._hole = ""
        self._speaking: Speaking | None = None
        self._is_full = False

    def feed(self, record: Record, offset: float | None = None) -> None:
        """The next record. Of a report: the offset its person's clock reads it with, None as it is
        not believed."""
        if isinstance(record, PacketRecord):
            stream = self._streams.get(record.stream)
            if stream is not None and stream is self._now:
                stream.frames.add(record)
                stream.clock.packet(record.arrival / _PER_MS, record.timestamp)
        elif isinstance(record, ReportRecord):
            stream = self._streams.get(record.stream)
            if stream is not None and offset is not None:
                at, own = record.arrival / _PER_MS, ntp_ms(record.ntp)
                stream.clock.report(at, record.timestamp, own, offset)
        elif isinstance(record, StreamRecord):
            self._turn_to(record.stream)
        else:
            self._missed(record)

    def take(self, until: float) -> None:
        """Make what is certain, given that everything that arrived until `until` (ms) was fed."""
        if self._now is not None:
            self._collect(self._now, int(until * _PER_MS) - SETTLED)
        while self._waiting:
            stream, frame = self._waiting[0]
            stamp = stream.clock.unwrapped(frame.timestamp)
            at = stream.clock.at(stamp, frame.arrival / _PER_MS, until=until)
            if at is None:
                break
            self._waiting.popleft()
            arrival = frame.arrival / _PER_MS
            if not arrival - EARLIEST_MS <= at <= arrival + LATEST_MS:
                at = arrival  # a stamp that cannot be true
            self._put(frame, max(round(at), self._last + 1, 0))

    def finish(self) -> None:
        """Nothing more comes: all of it, and the last cluster."""
        self.take(_FOREVER_MS)
        self._end_cluster()

    def certain_ms(self, until: float) -> float:
        """What was before that moment is written, and nothing will come to it."""
        certain = until - SETTLED / _PER_MS - LATE_MS
        if self._waiting:
            certain = min(certain, self._waiting[0][1].arrival / _PER_MS - LATE_MS)
        if self._cluster.frames:
            certain = min(certain, self.parts[-1].start_ms + self._cluster.ms)
        return certain

    # Streams

    def _turn_to(self, number: int) -> None:
        stream = self._streams.get(number)
        if stream is None:
            made = _Stream(frames_of(self._mime), StreamClock(self._clock_rate))
            stream = self._streams[number] = made
        if stream is not self._now:
            if self._now is not None:
                self._collect(self._now, 1 << 40)
            self._now = stream

    def _missed(self, record: HoleRecord) -> None:
        self._hole = record.why

    def _collect(self, stream: _Stream, settled: int) -> None:
        self._waiting.extend((stream, frame) for frame in stream.frames.take(settled))

    # Frames

    def _put(self, frame: Frame, at: int) -> None:
        if self._is_full:
            return
        facts = None
        if not self._is_sound and frame.is_key:
            facts = self._facts(frame.data)
            if facts is None and not self.parts:
                return  # nothing could be played without it
        if not self.parts or (facts is not None and facts.private != self.parts[-1].private):
            if len(self.parts) >= PARTS_MAX:
                self._is_full = True
                return
            self._begin_part(at, facts)
        part = self.parts[-1]
        ms = at - part.start_ms
        self._tell(part, frame, ms, facts)
        self._last = at
        part.end_ms = max(part.end_ms, at + (_SOUND_MS if self._is_sound else _PICTURE_MS))
        if at <= self._written:
            return
        if self._begins_cluster(frame, ms):
            self._end_cluster()
            self._cluster.ms = ms
        self._cluster.frames.append((ms, frame.data, frame.is_key))

    def _facts(self, data: bytes) -> KeyFacts | None:
        try:
            return KEY_FACTS[self._mime](data)
        except (Malformed, StopIteration, IndexError):
            self.broken += 1
            return None

    def _begins_cluster(self, frame: Frame, ms: int) -> bool:
        if not self._cluster.frames:
            return True
        if self._is_sound:
            return ms // CLUSTER_MS != self._cluster.ms // CLUSTER_MS
        return frame.is_key or ms - self._cluster.ms >= CLUSTER_MS

    def _tell(self, part: Index, frame: Frame, ms: int, facts: KeyFacts | None) -> None:
        """What the index says of it."""
        begun = self._last - part.start_ms
        if (frame.is_after_gap or self._hole) and begun >= 0 and ms - begun > _GAP_MS:
            part.gaps.append([begun, ms, self._hole or "loss"])
        self._hole = ""
        if facts is not None and part.sizes[-1:] != [[part.sizes[-1][0], *facts[:2]]]:
            part.sizes.append([ms, *facts[:2]])
        if self._is_sound:
            if self._speaking is None:
                self._speaking = Speaking(part.voice)
            self._speaking.heard(ms, frame.level)
        elif frame.orientation != NONE:
            degrees = (frame.orientation & 3) * 90
            if (part.rotations[-1][1] if part.rotations else 0) != degrees:
                part.rotations.append([ms, degrees])

    # Parts and clusters

    def _begin_part(self, at: int, facts: KeyFacts | None) -> None:
        self._end_cluster()
        private = facts.private if facts is not None else b""
        if self._is_sound:
            private = webm.opus_private(self._channels)
        part = Index(self._mime, at, self._clock_rate, channels=self._channels, private=private)
        if facts is not None:
            part.sizes.append([0, facts.width, facts.height])
        if len(self.parts) < len(self._stored):
            stored = self._stored[len(self.parts)]
            part.start_ms, part.header = stored.start_ms, stored.header
            part.generations, part.chunks = stored.generations, stored.chunks
            part.clusters, part.state = stored.clusters, stored.state
        self.parts.append(part)

    def _end_cluster(self) -> None:
        cluster, self._cluster = self._cluster, _Cluster()
        if not cluster.frames:
            return
        number = len(self.parts) - 1
        has_key = cluster.frames[0][2]
        part = self.parts[number]
        data = webm.cluster(cluster.ms, cluster.frames)
        self._sink(number, part, data, cluster.ms, has_key)
        part.state["last_ms"] = part.start_ms + cluster.frames[-1][0]
