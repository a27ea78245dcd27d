"""Mixing: everybody's sound in one file, brought after the tracks as they grow.

Each voice is decoded, laid on the recording's clock, and put into a slot of one graph, silence into
the free ones; what comes out is encoded as Opus, 20 ms after 20 ms from the recording's beginning,
in clusters of exactly a second. The same makes the sound anew when somebody was taken out.

Blocking, for the child alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.filter import Graph
from av.filter.context import FilterContext

from recording import webm
from recording.body import Body
from recording.index import MIX, Index
from recording.vault import BodyReader

RATE: Final = 48_000
SLOT_MS: Final = 20
SLOTS: Final = (8, 16, 32, 64)
"""Voices at once that a graph takes."""
BIT_RATE: Final = 40_000
CLUSTER_MS: Final = 1_000
_SAMPLES: Final = RATE * SLOT_MS // 1000
_FLOAT: Final = 4
_SLOT_BYTES: Final = _SAMPLES * _FLOAT
_SILENCE: Final = bytes(_SLOT_BYTES)
_PER_MS: Final = RATE // 1000
_EVEN_SAMPLES: Final = 10 * _PER_MS
"""A packet so near to the end of the one before follows it without a break."""
_RUN_UP_MS: Final = 60
"""A decoder hears so much before what it is asked for."""
_TIME_BASE: Final = Fraction(1, RATE)

av.logging.set_level(av.logging.PANIC)


@dataclass(frozen=True, slots=True)
class Voice:
    """A track with sound: its file's name, index and key."""

    name: str
    index: Index
    key: bytes


class _Heard:
    """One voice as samples on the recording's clock. Invariant: what is kept begins at `_at`."""

    def __init__(self, at_ms: int) -> None:
        self._at = at_ms * _PER_MS
        self._kept = bytearray()
        self._from_ms = at_ms
        self._cluster = -1
        self._offset = 0
        self._reader: BodyReader | None = None
        self._chunks = 0
        self._decoder = _decoder()

    def read_until(self, folder: Path, voice: Voice, end_ms: int) -> None:
        """Decode what begins before that moment."""
        index = voice.index
        clusters, begin = index.clusters, self._offset
        if self._cluster < 0:
            since = max(self._from_ms - index.start_ms - CLUSTER_MS, 0)
            self._cluster = max(bisect_right(clusters.ms, since) - 1, 0)
            begin = self._offset = sum(clusters.lengths[: self._cluster])
        first = self._cluster
        while self._cluster < len(clusters):
            if index.start_ms + clusters.ms[self._cluster] >= end_ms:
                break
            self._offset += clusters.lengths[self._cluster]
            self._cluster += 1
        if self._cluster == first:
            return
        if self._reader is None or self._chunks != len(index.chunks):
            self._reader = BodyReader(folder, voice.name, voice.key, index)
            self._chunks = len(index.chunks)
        data = b"".join(self._reader.opened(begin, self._offset))
        for ms, packet, _ in webm.frames(data):
            at = index.start_ms + ms
            if at >= self._from_ms - _RUN_UP_MS:
                self._decode(at, packet)

    def _decode(self, at_ms: int, packet: bytes) -> None:
        try:
            frames = self._decoder.decode(av.Packet(packet))
        except av.error.FFmpegError:
            self._decoder = _decoder()
            return
        for frame in frames:
            self._lay(at_ms * _PER_MS, bytes(frame.planes[0])[: frame.samples * _FLOAT])

    def _lay(self, at: int, samples: bytes) -> None:
        end = self._at + len(self._kept) // _FLOAT
        if at > end + _EVEN_SAMPLES or (not self._kept and at > end):
            self._kept += bytes((at - end) * _FLOAT)
        elif at < end - _EVEN_SAMPLES:
            samples = samples[(end - at) * _FLOAT :]
        self._kept += samples

    def take(self) -> bytes | None:
        """The next slot; None is silence."""
        self._at += _SAMPLES
        if not self._kept:
            return None
        slot = bytes(self._kept[:_SLOT_BYTES])
        del self._kept[:_SLOT_BYTES]
        return slot.ljust(_SLOT_BYTES, b"\0")


def _decoder() -> AudioCodecContext:
    decoder = av.CodecContext.create("opus", "r")
    assert isinstance(decoder, AudioCodecContext)
    decoder.sample_rate, decoder.layout = RATE, "mono"
    return decoder


class _Desk:
    """The graph: so many slots in, one sound out, never louder than it may be."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        graph = Graph()
        mix = graph.add("amix", f"inputs={slots}:normalize=0:duration=longest")
        limit = graph.add("alimiter", "limit=0.9:level=0:latency=1")
        even = graph.add("asetnsamples", f"n={_SAMPLES}:p=0")
        shape = graph.add("aformat", "sample_fmts=flt:channel_layouts=mono")
        self._sink = graph.add("abuffersink")
        facts = f"sample_rate={RATE}:sample_fmt=fltp:channel_layout=mono:time_base=1/{RATE}"
        self._inputs: list[FilterContext] = []
        for number in range(slots):
            source = graph.add("abuffer", facts)
            source.link_to(mix, 0, number)
            self._inputs.append(source)
        for one, other in ((mix, limit), (limit, even), (even, shape), (shape, self._sink)):
            one.link_to(other)
        graph.configure()
        self._graph = graph  # the filters live as long as it does
        self._pts = 0

    def put(self, slots: Sequence[bytes | None]) -> Iterator[AudioFrame]:
        """20 ms of every voice; what is ready, as much at a time."""
        silence = _frame(_SILENCE, self._pts)
        for number, source in enumerate(self._inputs):
            slot = slots[number] if number < len(slots) else None
            source.push(silence if slot is None else _frame(slot, self._pts))
        self._pts += _SAMPLES
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(frame, AudioFrame)
            yield frame


def _frame(samples: bytes, pts: int) -> AudioFrame:
    frame = AudioFrame(format="fltp", layout="mono", samples=_SAMPLES)
    frame.planes[0].update(samples.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.pts, frame.time_base = RATE, pts, _TIME_BASE
    return frame


class Mixer:
    """Of one recording; goes on with what lies there, if it is of the same voices."""

    def __init__(
        self, folder: Path, recording_id: str, key: bytes, voices: Sequence[Voice] = ()
    ) -> None:
        """`voices` are all there are. Where the sound has others in it, as somebody was taken out
        meanwhile, or lacks one, it is made from its beginning. Damaged, OSError."""
        self._folder = folder
        self._body = Body(folder, recording_id, MIX, key)
        index = self._body.load()
        self.had_others = False
        """Whether somebody was in it who was taken out."""
        if index is not None:
            mixed = set(index.state.get("voices", ()))
            self.had_others = not mixed <= {voice.name for voice in voices}
            if self.had_others or any(_is_missed(voice, mixed, index) for voice in voices):
                self._body.remove()
                index = None
        self.index = index or Index(
            "audio/opus", 0, RATE, channels=1, private=webm.opus_private(1, webm.PRE_SKIP)
        )
        self._begin()

    def _begin(self) -> None:
        self._at_ms = self._put_ms = self.index.end_ms
        self._heard: dict[str, _Heard] = {}
        self._desk = _Desk(SLOTS[0])
        encoder = av.CodecContext.create("libopus", "w")
        assert isinstance(encoder, AudioCodecContext)
        encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "flt"
        encoder.bit_rate, encoder.time_base = BIT_RATE, _TIME_BASE
        self._encoder = encoder
        self._pts = 0
        self._packets: list[bytes] = []

    def mix(self, voices: Sequence[Voice], until_ms: int, alive: Callable[[], None]) -> None:
        """Everything before that moment, in whole seconds; graph and encoder keep a little of the
        last one. Damaged, OSError."""
        end = until_ms // CLUSTER_MS * CLUSTER_MS
        while self._put_ms < end:
            self._second(voices, self._put_ms + CLUSTER_MS)
            if self._put_ms % 60_000 < CLUSTER_MS:
                alive()
        self._store(voices, is_last=False)

    def finish(self, voices: Sequence[Voice], until_ms: int, alive: Callable[[], None]) -> None:
        """To the end of the recording."""
        while self._at_ms + len(self._packets) * SLOT_MS < until_ms:
            self._second(voices, self._put_ms + CLUSTER_MS)
            if self._put_ms % 60_000 < CLUSTER_MS:
                alive()
        del self._packets[-(-(until_ms - self._at_ms) // SLOT_MS) :]
        self._store(voices, is_last=True)
        self._body.close()

    def forget(self) -> None:
        """Somebody was taken out: from the beginning."""
        self._body.remove()
        self.index = Index(
            "audio/opus", 0, RATE, channels=1, private=webm.opus_private(1, webm.PRE_SKIP)
        )
        self._begin()

    @property
    def reached_ms(self) -> int:
        """How far it is."""
        return self._put_ms

    def close(self) -> None:
        """Nothing more is written."""
        self._body.close()

    def _second(self, voices: Sequence[Voice], end_ms: int) -> None:
        """Mix and encode up to there."""
        for voice in voices:
            heard = self._heard.get(voice.name)
            if heard is None:
                heard = self._heard[voice.name] = _Heard(self._put_ms)
            heard.read_until(self._folder, voice, end_ms)
        while self._put_ms < end_ms:
            slots = [slot for heard in self._heard.values() if (slot := heard.take()) is not None]
            if len(slots) > self._desk.slots:
                enough = next((each for each in SLOTS if each >= len(slots)), SLOTS[-1])
                self._desk = _Desk(enough)
            for frame in self._desk.put(slots[: SLOTS[-1]]):
                self._encode(frame)
            self._put_ms += SLOT_MS

    def _encode(self, frame: AudioFrame) -> None:
        frame.pts, frame.time_base = self._pts, _TIME_BASE
        self._pts += frame.samples
        self._packets += [bytes(packet) for packet in self._encoder.encode(frame)]

    def _store(self, voices: Sequence[Voice], *, is_last: bool) -> None:
        """The seconds that are whole, or all there is."""
        index, each = self.index, CLUSTER_MS // SLOT_MS
        while len(self._packets) >= each or (is_last and self._packets):
            if not self._body.is_open:
                self._body.open(index)
            packets, self._packets = self._packets[:each], self._packets[each:]
            ms = self._at_ms
            frames = [(ms + SLOT_MS * at, packet, True) for at, packet in enumerate(packets)]
            self._body.add(index, webm.cluster(ms, frames), ms, has_key=True)
            self._at_ms += SLOT_MS * len(packets)
        if self._body.flush(index):
            index.end_ms = self._at_ms
            index.state["voices"] = sorted(voice.name for voice in voices)
            self._body.save(index)


def _is_missed(voice: Voice, mixed: Collection[str], index: Index) -> bool:
    """Whether it spoke before the end of a sound that it is not in."""
    return voice.name not in mixed and voice.index.start_ms < index.end_ms - 2 * CLUSTER_MS


def mixable(source: str) -> bool:
    """Whether a track of that source is heard."""
    return source in ("microphone", "screen_audio")
