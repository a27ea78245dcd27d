"""Filming: the pictures of one recorded track by time, fitted into a box of a larger picture.

A track is read forwards; what was decoded last is held until the next picture's time has come. A
far jump goes on at the key frame before it. A picture is fitted once, however often it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import BinaryIO, Final

import av
from av.filter import Graph
from av.video.frame import VideoFrame
from PIL import Image

from recording.errors import LocalError

FORMAT: Final = "yuv420p"
BLACK: Final = (16, 128, 128)
"""Y, U and V."""
JUMP_MS: Final = 15_000
"""Farther away is looked for by the index of the file: a key frame comes about every 10 s."""

PIXELS_MAX: Final = 8192 * 4320
"""Of a picture; none of a camera or a screen has more."""
UNFIT: Final = (av.FFmpegError, MemoryError, ValueError)
"""What FFmpeg says of bytes that are no picture."""

Box = tuple[int, int]
"""Width and height, even."""


class Film:
    """One track, by ms of its own time. Its file is closed by `close`."""

    def __init__(
        self, file: BinaryIO, box: Box, *, rotations: Sequence[tuple[int, int]] = ()
    ) -> None:
        """`rotations`: from when on it has to be turned clockwise by how many degrees. One of
        UNFIT for a file that is none."""
        self._container = av.open(file, "r")
        if not self._container.streams.video:
            self._container.close()
            raise ValueError("no film")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "NONE"
        self._rotations = tuple(rotations)
        self._box = box
        self._frames: Iterator[VideoFrame] = self._decoded()
        self._now: VideoFrame | None = None
        self._next: VideoFrame | None = None
        self._fitted: VideoFrame | None = None
        self._is_fitted = False
        """Whether that is the one of now."""
        self._fitter = Fitter(box)
        self._is_over = False
        self.inside: Box = box
        """How large the picture is that stands in the middle of the box."""

    def at(self, ms: int) -> VideoFrame | None:
        """The picture at this moment, fitted; None before the first one. Asked forwards only."""
        self._move(ms)
        while not self._is_over:
            if self._next is None:
                self._next = next(self._frames, None)
                if self._next is None:
                    self._is_over = True
                    break
            if _ms(self._next) > ms:
                break
            self._now, self._next, self._is_fitted = self._next, None, False
        if self._now is not None and not self._is_fitted:
            self._is_fitted = True
            degrees = _degrees(self._rotations, _ms(self._now))
            fitting = self._fitter.fit(self._now, degrees)
            if fitting is not None:
                self._fitted = fitting
                self.inside = fitted(*turned(self._now, degrees), self._box)
        return self._fitted

    def close(self) -> None:
        """Nothing is read any more."""
        self._container.close()

    def _move(self, ms: int) -> None:
        """Goes to the key frame before a moment that is far away."""
        here = self._next if self._next is not None else self._now
        if ms - (_ms(here) if here is not None else 0) < JUMP_MS:
            return
        self._container.seek(max(ms, 0) * 1000, backward=True)
        self._frames = self._decoded()
        found = next(self._frames, None)
        if found is None:
            self._is_over = True
        elif here is None or _ms(found) > _ms(here):
            self._next, self._is_over = found, False

    def _decoded(self) -> Iterator[VideoFrame]:
        """Pictures in order. What cannot be decoded is left out, and what is too large: a picture
        is somebody's bytes."""
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except UNFIT:
                continue
            yield from (frame for frame in frames if frame.width * frame.height <= PIXELS_MAX)


class Fitter:
    """Scales pictures of any size into one box, with their proportions, upright, in the middle."""

    def __init__(self, box: Box) -> None:
        if box[0] % 2 or box[1] % 2:
            raise LocalError("a box has even sides")
        self._box = box
        self._known: tuple[int, int, str, int] | None = None
        self._run: Callable[[VideoFrame], VideoFrame] = lambda frame: frame

    def fit(self, frame: VideoFrame, degrees: int = 0) -> VideoFrame | None:
        """A picture as large as the box; None for one that cannot be made that."""
        known = (frame.width, frame.height, frame.format.name, degrees)
        try:
            if known != self._known:
                self._run = self._graph(frame, degrees)
                self._known = known
            return self._run(frame)
        except UNFIT:
            self._known = None
            return None

    def _graph(self, frame: VideoFrame, degrees: int) -> Callable[[VideoFrame], VideoFrame]:
        """Turn, scale, pad: one graph for as long as pictures stay alike."""
        width, height = fitted(*turned(frame, degrees), self._box)
        left, top = middle((width, height), self._box)
        steps = [*_TURNS[degrees], ("scale", f"{width}:{height}:flags=bilinear")]
        if (width, height) != self._box:
            steps.append(("pad", f"{self._box[0]}:{self._box[1]}:{left}:{top}:black"))
        steps.append(("format", FORMAT))
        graph = Graph()
        graph.threads = 1
        last = graph.add_buffer(
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=Fraction(1, 1000),
        )
        for name, settings in (*steps, ("buffersink", None)):
            here = graph.add(name, settings)
            last.link_to(here)
            last = here
        graph.configure()

        def run(frame: VideoFrame) -> VideoFrame:
            graph.push(frame)
            made = graph.pull()
            if not isinstance(made, VideoFrame):
                raise LocalError("a graph of pictures")
            return made

        return run


_TURNS: Final[dict[int, list[tuple[str, str | None]]]] = {
    0: [],
    90: [("transpose", "clock")],
    180: [("hflip", None), ("vflip", None)],
    270: [("transpose", "cclock")],
}


def turned(frame: VideoFrame, degrees: int) -> Box:
    """How large a picture is when it is upright."""
    if degrees in (90, 270):
        return frame.height, frame.width
    return frame.width, frame.height


def middle(size: Box, box: Box) -> tuple[int, int]:
    """The even place at which a picture stands in the middle of a box."""
    return (box[0] - size[0]) // 4 * 2, (box[1] - size[1]) // 4 * 2


def fitted(width: int, height: int, box: Box) -> Box:
    """The largest even size of these proportions that fits the box."""
    scale = min(box[0] / width, box[1] / height)
    return max(round(width * scale / 2) * 2, 2), max(round(height * scale / 2) * 2, 2)


def blank(box: Box, colour: tuple[int, int, int] = BLACK) -> VideoFrame:
    """A picture of one colour."""
    frame = VideoFrame(box[0], box[1], FORMAT)
    for plane, value in zip(frame.planes, colour, strict=True):
        memoryview(plane)[:] = bytes([value]) * plane.buffer_size
    return frame


def framed(image: Image.Image) -> VideoFrame:
    """A drawn picture as a film has it. Even sides."""
    drawn: VideoFrame = VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
    return drawn.reformat(format=FORMAT)


def paste(onto: VideoFrame, picture: VideoFrame, left: int, top: int) -> None:
    """Lays a picture over a part of another one. Even places; all of it has to lie inside."""
    if left % 2 or top % 2 or left + picture.width > onto.width or top < 0 or left < 0:
        raise LocalError("a picture is laid inside, at even places")
    if top + picture.height > onto.height:
        raise LocalError("a picture is laid inside")
    for number, (into, out) in enumerate(zip(onto.planes, picture.planes, strict=True)):
        part = 2 if number else 1
        width, x, y = out.width, left // part, top // part
        target, source = memoryview(into), memoryview(out)
        into_line, out_line = into.line_size, out.line_size
        for row in range(out.height):
            start = (y + row) * into_line + x
            target[start : start + width] = source[row * out_line : row * out_line + width]


def copied(picture: VideoFrame) -> VideoFrame:
    """The same picture, to be changed."""
    twin = VideoFrame(picture.width, picture.height, FORMAT)
    if all(a.line_size == b.line_size for a, b in zip(twin.planes, picture.planes, strict=True)):
        for into, out in zip(twin.planes, picture.planes, strict=True):
            size = min(into.buffer_size, out.buffer_size)
            memoryview(into)[:size] = memoryview(out)[:size]
    else:
        paste(twin, picture, 0, 0)
    return twin


def _ms(frame: VideoFrame) -> int:
    return round((frame.time or 0.0) * 1000)


def _degrees(rotations: Sequence[tuple[int, int]], ms: int) -> int:
    found = 0
    for since, degrees in rotations:
        if since > ms:
            break
        found = degrees % 360
    return found if found in _TURNS else 0
