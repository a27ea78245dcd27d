"""Films and sound made for tests: pictures of one colour at a time, beeps at given moments."""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import BinaryIO

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

Colour = tuple[int, int, int]
"""Y, U and V."""

WHITE: Colour = (235, 128, 128)
DARK: Colour = (40, 128, 128)
RED: Colour = (81, 90, 240)
GREEN: Colour = (145, 54, 34)
BLUE: Colour = (41, 240, 110)

RATE = 48_000
BEEP_MS = 60


def film(
    pictures: Iterable[tuple[int, Colour, tuple[int, int]]], *, key_every: int = 30
) -> io.BytesIO:
    """A VP8 film: (ms, colour, size) of each picture, in order."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=30, options=_FAST | {"g": str(key_every)})
        stream.codec_context.thread_count = 1  # its threads wait for each other by spinning
        encoder: tuple[int, int] | None = None
        for ms, colour, size in pictures:
            if encoder is None:
                stream.width, stream.height = size
                stream.codec_context.time_base = Fraction(1, 1000)
                encoder = size
            frame = picture(colour, size)
            if size != encoder:
                frame = frame.reformat(*encoder)
            frame.pts, frame.time_base = ms, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    file.seek(0)
    return file


def coded(
    pictures: Iterable[tuple[int, Colour, tuple[int, int]]], codec: str, *, key_every: int = 30
) -> io.BytesIO:
    """A film of one size in a codec by its encoder's name, each picture shown at once."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        stream = container.add_stream(codec, rate=30, options=_AT_ONCE[codec])
        stream.codec_context.gop_size = key_every
        stream.codec_context.thread_count = 1
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, (ms, colour, size) in enumerate(pictures):
            if number == 0:
                stream.width, stream.height = size
            frame = picture(colour, size)
            frame.pts, frame.time_base = ms, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    file.seek(0)
    return file


_FAST = {"deadline": "realtime", "cpu-used": "8", "auto-alt-ref": "0", "lag-in-frames": "0"}
_AT_ONCE = {
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"},
    "libx264": {"preset": "ultrafast", "tune": "zerolatency"},
    "libsvtav1": {"preset": "12", "svtav1-params": "pred-struct=1"},
}


def picture(colour: Colour, size: tuple[int, int]) -> VideoFrame:
    """Of one colour."""
    frame = VideoFrame(*size, "yuv420p")
    for plane, value in zip(frame.planes, colour, strict=True):
        memoryview(plane)[:] = bytes([value]) * plane.buffer_size
    return frame


def even(
    colour: Callable[[int], Colour], span: tuple[int, int], size: tuple[int, int], fps: int
) -> Iterator[tuple[int, Colour, tuple[int, int]]]:
    """Pictures at a steady pace from one ms to another."""
    number = 0
    while (ms := span[0] + number * 1000 // fps) < span[1]:
        yield ms - span[0], colour(ms), size
        number += 1


def flashing(moments: Sequence[int], rest: Colour = DARK) -> Callable[[int], Colour]:
    """White for as long as a beep at each of these moments."""
    return lambda ms: WHITE if any(0 <= ms - at < BEEP_MS for at in moments) else rest


def beeping(
    moments: Sequence[int], duration_ms: int, holes: Sequence[tuple[int, int]] = ()
) -> io.BytesIO:
    """An Opus film: a tone of 1 kHz at each moment, silence else; nothing at all in holes."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono")
        for at in range(0, duration_ms, 20):
            if any(since <= at < until for since, until in holes):
                continue
            frame = AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(_tone(at, moments))
            frame.sample_rate, frame.pts = RATE, at * RATE // 1000
            frame.time_base = Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    file.seek(0)
    return file


def _tone(at: int, moments: Sequence[int]) -> bytes:
    if not any(at - BEEP_MS < moment < at + 20 for moment in moments):
        return bytes(1920)
    samples = array("h")
    for number in range(960):
        ms = at + number / 48
        is_on = any(0 <= ms - moment < BEEP_MS for moment in moments)
        samples.append(round(12_000 * math.sin(2 * math.pi * ms)) if is_on else 0)
    return samples.tobytes()


def flashes_of(file: BinaryIO, where: tuple[int, int]) -> list[int]:
    """Ms at which the pixel at `where` turns white."""
    found, was = [], False
    for ms, frame in pictures_of(file):
        is_white = luma(frame, where) > 180
        if is_white and not was:
            found.append(ms)
        was = is_white
    return found


def beeps_of(file: BinaryIO) -> list[int]:
    """Ms at which it begins to be loud."""
    found: list[int] = []
    quiet_since = -1_000.0
    with av.open(file) as container:
        for frame in container.decode(audio=0):
            begins = (frame.time or 0.0) * 1000
            samples = memoryview(frame.planes[0]).cast("B").cast("f")
            for number in range(0, frame.samples, 12):
                if abs(samples[number]) > 0.05:
                    ms = begins + number / 48
                    if ms - quiet_since > 100:
                        found.append(round(ms))
                    quiet_since = ms
    return found


def pictures_of(file: BinaryIO) -> Iterable[tuple[int, VideoFrame]]:
    """Every picture and its ms."""
    with av.open(file) as container:
        for frame in container.decode(video=0):
            yield round((frame.time or 0.0) * 1000), frame


def luma(frame: VideoFrame, where: tuple[int, int]) -> int:
    """How bright a pixel is."""
    plane = frame.planes[0]
    return memoryview(plane)[where[1] * plane.line_size + where[0]]


def colour_at(frame: VideoFrame, where: tuple[int, int]) -> Colour:
    """Y, U and V of a pixel."""
    _, u, v = frame.planes
    left, top = where[0] // 2, where[1] // 2
    return (
        luma(frame, where),
        memoryview(u)[top * u.line_size + left],
        memoryview(v)[top * v.line_size + left],
    )


def is_like(one: Colour, other: Colour, by: int = 14) -> bool:
    """Whether two colours are nearly the same."""
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))
