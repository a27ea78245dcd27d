"""Sounding: the mixed voices of a class without its pauses and cuts, as one stream of sound.

The mix is decoded on the recording's clock; where nothing was written there is silence. What is
left out is left out to the sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import BinaryIO, Final

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from recording.scenes import Span

RATE: Final = 48_000
_FORMAT: Final = "fltp"
_BYTES: Final = 4
JUMP_MS: Final = 15_000
"""A cut that is longer is not decoded."""
_PIECE: Final = 4_800


class Sound:
    """Pieces of sound from the kept spans, in order. The file is closed by `close`."""

    def __init__(self, file: BinaryIO | None, kept: Sequence[Span]) -> None:
        """`file` None is a class without any sound: silence. Raises what PyAV raises."""
        self._container = av.open(file, "r") if file is not None else None
        self._kept = kept
        channels = 1
        if self._container is not None:
            channels = min(self._container.streams.audio[0].codec_context.channels, 2)
        self.layout: Final = "stereo" if channels == 2 else "mono"

    def frames(self) -> Iterator[AudioFrame]:
        """Each with its `pts` in samples of play time; together without a hole."""
        written = 0
        for since, until in self._kept:
            wanted = round((until - since) * RATE / 1000)
            for frame in self._span(since, wanted):
                frame.pts = written
                written += frame.samples
                yield frame

    def close(self) -> None:
        """Nothing is read any more."""
        if self._container is not None:
            self._container.close()

    def _span(self, since: int, wanted: int) -> Iterator[AudioFrame]:
        """So many samples from this moment on, with silence at the end where the file has less."""
        first, given = round(since * RATE / 1000), 0
        for at, frame in self._decoded(since):
            skip = max(first + given - at, 0)
            if at > first + given:
                quiet = min(at - first - given, wanted - given)
                yield from self._silence(quiet)
                given += quiet
            take = min(frame.samples - skip, wanted - given)
            if take > 0:
                yield self._cut(frame, skip, take)
                given += take
            if given >= wanted:
                return
        yield from self._silence(wanted - given)

    def _decoded(self, since: int) -> Iterator[tuple[int, AudioFrame]]:
        """From somewhat before `since` on, with the number of each frame's first sample. What was
        not written is silence already, but for the beginning."""
        if self._container is None:
            return
        stream = self._container.streams.audio[0]
        # Opus needs 80 ms before what is heard (RFC 7845, 4.6); a second costs nothing.
        start = since - 1_000 if since > JUMP_MS else 0
        self._container.seek(max(start, 0) * 1000, backward=True)
        graph = self._graph(stream.codec_context)
        for packet in self._container.demux(stream):
            try:
                frames = packet.decode()
            except (av.FFmpegError, MemoryError, ValueError):
                continue
            for frame in frames:
                graph.push(frame)
                yield from _pulled(graph)
        graph.push(None)
        yield from _pulled(graph)

    def _graph(self, context: av.AudioCodecContext) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=context.sample_rate,
            format=context.format,
            layout=context.layout,
            time_base=Fraction(1, 1000),
        )
        # async=1 fills what was not written, and never stretches.
        fill = graph.add("aresample", f"{RATE}:async=1")
        form = graph.add("aformat", f"sample_fmts={_FORMAT}:channel_layouts={self.layout}")
        sink = graph.add("abuffersink")
        source.link_to(fill)
        fill.link_to(form)
        form.link_to(sink)
        graph.configure()
        return graph

    def _cut(self, frame: AudioFrame, skip: int, take: int) -> AudioFrame:
        cut = _empty(self.layout, take)
        for into, out in zip(cut.planes, frame.planes, strict=True):
            part = memoryview(out)[skip * _BYTES : (skip + take) * _BYTES]
            memoryview(into)[: take * _BYTES] = part
        return cut

    def _silence(self, samples: int) -> Iterator[AudioFrame]:
        while samples > 0:
            piece = min(samples, _PIECE)
            quiet = _empty(self.layout, piece)
            for plane in quiet.planes:
                memoryview(plane)[:] = bytes(plane.buffer_size)
            yield quiet
            samples -= piece


def _pulled(graph: Graph) -> Iterator[tuple[int, AudioFrame]]:
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        if isinstance(frame, AudioFrame):
            yield round((frame.time or 0.0) * RATE), frame


def _empty(layout: str, samples: int) -> AudioFrame:
    frame = AudioFrame(format=_FORMAT, layout=layout, samples=samples)
    frame.sample_rate = RATE
    frame.time_base = Fraction(1, RATE)
    return frame
