"""Composing: one MP4 of a whole class, with what filled the screen, a face in the corner and all
voices.

It walks through play time picture by picture. What is shown at a moment is told by the scenes;
pauses and cuts are no part of it. H.264 and AAC, which play everywhere. The index of the file
stands at its end, so that nothing is written twice but a few bytes near its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, BinaryIO, Final, Protocol

import av
from av.video.frame import VideoFrame

from recording.cards import card, tag
from recording.filming import FORMAT, UNFIT, Box, Film, blank, copied, framed, middle, paste
from recording.layering import Layer, lay
from recording.scenes import BOARD, Scene, Span
from recording.sounding import RATE, Sound

QUALITY: Final = {"preset": "veryfast", "crf": "24"}
KEY_EVERY_S: Final = 5
SOUND_BITS: Final = 96_000
CORNER: Final = 4
"""The face in the corner is this part of the picture's width."""
MARGIN: Final = 16
FACES_MAX: Final = 4
"""Open at once; the one not shown for longest is closed."""
_SMPTE_170M: Final = 6
"""What browsers send is in the colours of ITU-R BT.601."""

Progress = Callable[[int, int], None]
"""Ms of play time done, and of all."""


class Board(Protocol):
    """Pages as the class saw them."""

    def at(self, ms: int) -> VideoFrame | None:
        """The page at this moment, as large as the whole picture; asked forwards only."""

    def over(self, ms: int, of: str, box: Box) -> Layer | None:
        """What is drawn over the shared screen of a participant, whose picture is as large as the
        box; asked forwards only."""


class Sink(Protocol):
    """Where the file goes: written in order, and once more near its beginning."""

    def write(self, data: Any, /) -> int: ...
    def seek(self, offset: int, whence: int = ..., /) -> int: ...
    def tell(self) -> int: ...


class Sources(Protocol):
    """Where recorded tracks are read."""

    def film(self, track: str) -> BinaryIO:
        """A camera's or a screen's file."""

    def mix(self) -> BinaryIO | None:
        """All voices, or None where nobody was heard."""


@dataclass(frozen=True, slots=True)
class Track:
    """What is known of a recorded picture."""

    start_ms: int
    rotations: tuple[tuple[int, int], ...] = ()
    """Ms of the track's own time from when on, and degrees clockwise."""
    share_of: str = ""
    """The participant whose screen it is; empty for a camera."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made."""

    box: Box
    fps: int
    kept: Sequence[Span]
    scenes: Sequence[Scene]
    tracks: Mapping[str, Track] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Of participants, as they are written into the picture."""
    title: str = ""
    threads: int = 2

    @property
    def duration_ms(self) -> int:
        """Of play time."""
        return sum(until - since for since, until in self.kept)


def compose(
    plan: Plan,
    sources: Sources,
    sink: Sink,
    *,
    board: Board | None = None,
    on_progress: Progress = lambda done, of: None,
    on_index: Callable[[], None] = lambda: None,
) -> None:
    """Writes the MP4. `on_index` is told before the index at the end is written, within which the
    sink is written back to. Raises what the sources, the sink and PyAV raise."""
    sound = Sound(sources.mix(), plan.kept)
    stage = Stage(plan, sources, board)
    try:
        with av.open(sink, "w", format="mp4") as container:
            _write(container, plan, stage, sound, on_progress)
            on_index()
    finally:
        stage.close()
        sound.close()


def compose_sound(
    plan: Plan,
    sources: Sources,
    sink: Sink,
    *,
    on_progress: Progress = lambda done, of: None,
    on_index: Callable[[], None] = lambda: None,
) -> None:
    """The voices alone, as an M4A."""
    sound = Sound(sources.mix(), plan.kept)
    try:
        with av.open(sink, "w", format="ipod") as container:
            stream = sound_stream(container, sound)
            container.metadata["title"] = plan.title
            for frame in sound.frames():
                container.mux(stream.encode(frame))
                on_progress((frame.pts or 0) * 1000 // RATE, plan.duration_ms)
            container.mux(stream.encode(None))
            on_index()
    finally:
        sound.close()


def _write(
    container: av.container.OutputContainer,
    plan: Plan,
    stage: Stage,
    sound: Sound,
    on_progress: Progress,
) -> None:
    pictures = container.add_stream("libx264", rate=plan.fps, options=dict(QUALITY))
    pictures.width, pictures.height = plan.box
    pictures.pix_fmt = FORMAT
    pictures.gop_size = plan.fps * KEY_EVERY_S
    pictures.thread_count = plan.threads
    context = pictures.codec_context
    context.color_primaries = context.color_trc = context.colorspace = _SMPTE_170M
    voices = sound_stream(container, sound)
    container.metadata["title"] = plan.title
    heard = sound.frames()
    heard_ms = 0
    for number, ms in enumerate(moments(plan)):
        frame = stage.at(ms)
        frame.pts, frame.time_base = number, Fraction(1, plan.fps)
        container.mux(pictures.encode(frame))
        played = number * 1000 // plan.fps
        while heard_ms <= played and (piece := next(heard, None)) is not None:
            container.mux(voices.encode(piece))
            heard_ms = ((piece.pts or 0) + piece.samples) * 1000 // RATE
        if number % plan.fps == 0:
            on_progress(played, plan.duration_ms)
    for piece in heard:
        container.mux(voices.encode(piece))
    container.mux(pictures.encode(None))
    container.mux(voices.encode(None))


def sound_stream(container: av.container.OutputContainer, sound: Sound) -> av.AudioStream:
    """Where the voices are written."""
    stream = container.add_stream("aac", rate=RATE, layout=sound.layout)
    stream.bit_rate = SOUND_BITS
    return stream


def moments(plan: Plan) -> Iterator[int]:
    """The recording's ms of each picture, in order."""
    number, before = 0, 0
    for since, until in plan.kept:
        while (at := number * 1000 // plan.fps) < before + until - since:
            yield since + at - before
            number += 1
        before += until - since


class Stage:
    """What is seen at each moment, asked forwards only. Invariant: at most FACES_MAX films are
    open."""

    def __init__(self, plan: Plan, sources: Sources, board: Board | None) -> None:
        self._plan = plan
        self._sources = sources
        self._board = board
        self._corner: Final[Box] = (
            plan.box[0] // CORNER // 2 * 2,
            plan.box[1] // CORNER // 2 * 2,
        )
        self._open: dict[tuple[str, Box], Film] = {}
        self._broken: set[str] = set()
        """Tracks of which nothing can be made."""
        self._scenes = iter(plan.scenes)
        self._scene: Scene | None = next(self._scenes, None)
        self._shown: tuple[object, ...] = ()
        """What the last picture was made of; kept, so that no other one takes its place."""
        self._last = blank(plan.box)
        self._labels: dict[tuple[str, bool], VideoFrame] = {}
        self._inked: tuple[Layer, Box] | None = None

    def at(self, ms: int) -> VideoFrame:
        """The picture at this moment of the recording. The same one while nothing changes."""
        scene = self._scene_at(ms)
        if scene is None:
            return self._last
        main = self._main(scene, ms)
        corner = self._film(scene.corner, self._corner, ms) if scene.corner else None
        over = self._over(scene, ms) if main is not None else None
        shown = (main, corner, over, scene.main, scene.who)
        if len(self._shown) == len(shown) and all(
            a is b or (isinstance(a, str) and a == b)
            for a, b in zip(shown, self._shown, strict=True)
        ):
            return self._last
        self._shown = shown
        self._last = self._made(scene, main, corner, over)
        return self._last

    def close(self) -> None:
        """Nothing is read any more."""
        for film in self._open.values():
            film.close()
        self._open.clear()

    def _scene_at(self, ms: int) -> Scene | None:
        while self._scene is not None and ms >= self._scene.to_ms:
            self._scene = next(self._scenes, None)
        return self._scene

    def _main(self, scene: Scene, ms: int) -> VideoFrame | None:
        if scene.main == BOARD:
            return self._board.at(ms) if self._board is not None else None
        return self._film(scene.main, self._plan.box, ms) if scene.main else None

    def _over(self, scene: Scene, ms: int) -> tuple[Layer, Box] | None:
        """The ink over a screen, and how large its picture is; the same while neither changes."""
        facts, film = self._plan.tracks.get(scene.main), None
        if facts is not None and facts.share_of and self._board is not None:
            film = self._open.get((scene.main, self._plan.box))
        if facts is None or film is None or self._board is None:
            return None
        layer = self._board.over(ms, facts.share_of, film.inside)
        if layer is None:
            self._inked = None
        elif self._inked is None or self._inked[0] is not layer or self._inked[1] != film.inside:
            self._inked = layer, film.inside
        return self._inked

    def _made(
        self,
        scene: Scene,
        main: VideoFrame | None,
        corner: VideoFrame | None,
        over: tuple[Layer, Box] | None,
    ) -> VideoFrame:
        wide, high = self._plan.box
        name = self._plan.names.get(scene.who, "")
        picture = copied(main) if main is not None else copied(self._label(name, is_card=True))
        if over is not None:
            lay(picture, over[0], *middle(over[1], self._plan.box))
        if corner is not None:
            left, top = wide - corner.width - MARGIN, high - corner.height - MARGIN
            paste(picture, corner, left, top)
        elif main is None or scene.main == BOARD or not name:
            return picture
        else:
            left, top = MARGIN, high - MARGIN
        if name:
            label = self._label(name, is_card=False)
            below = top + (corner.height if corner is not None else 0)
            paste(picture, label, left, below - label.height)
        return picture

    def _label(self, name: str, *, is_card: bool) -> VideoFrame:
        """A name as a picture, drawn once."""
        known = self._labels.get((name, is_card))
        if known is None:
            box = self._plan.box
            image = card(name, box) if is_card else tag(name, self._corner)
            known = framed(image)
            self._labels[name, is_card] = known
        return known

    def _film(self, track: str, box: Box, ms: int) -> VideoFrame | None:
        facts = self._plan.tracks[track]
        film = self._open.pop((track, box), None)
        if film is None and track not in self._broken:
            while len(self._open) >= FACES_MAX:
                self._open.pop(next(iter(self._open))).close()
            try:
                film = Film(self._sources.film(track), box, rotations=facts.rotations)
            except UNFIT:
                self._broken.add(track)
        if film is None:
            return None
        self._open[track, box] = film  # the last is the one shown last
        return film.at(ms - facts.start_ms)
