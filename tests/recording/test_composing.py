"""One MP4 of a class: what is seen and heard at which time. Films of one colour and beeps."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence
from typing import BinaryIO

import av
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from recording.composing import Board, Plan, Track, compose, compose_sound
from recording.filming import Box
from recording.layering import Layer, layer_of
from recording.scenes import BOARD, Class, Film, Layout, Scene, kept_spans, scenes_of
from tests.support.made_films import (
    BLUE,
    DARK,
    GREEN,
    RED,
    WHITE,
    Colour,
    beeping,
    beeps_of,
    colour_at,
    even,
    film,
    flashes_of,
    flashing,
    is_like,
    picture,
    pictures_of,
)

BOX = (320, 180)
MAIN = (20, 20)
CORNER = (290, 130)
SMALL = (160, 90)


class Made:
    """Recorded tracks in memory; `read` tells which were opened."""

    def __init__(self, films: Mapping[str, io.BytesIO], mix: io.BytesIO | None = None) -> None:
        self.read: list[str] = []
        self._films = films
        self._mix = mix

    def film(self, track: str) -> BinaryIO:
        self.read.append(track)
        return io.BytesIO(self._films[track].getvalue())

    def mix(self) -> BinaryIO | None:
        return self._mix


class Painted:
    """A page that is green from a moment on, red before."""

    def __init__(self, turned_ms: int) -> None:
        self._turned_ms = turned_ms
        self._pages = picture(RED, BOX), picture(GREEN, BOX)

    def at(self, ms: int) -> VideoFrame | None:
        return self._pages[ms >= self._turned_ms]

    def over(self, ms: int, of: str, box: Box) -> Layer | None:
        return None


class Inked:
    """Ink that is white over the left half of Bob's screen; `asked` are the sizes of pictures."""

    def __init__(self) -> None:
        self.asked: set[Box] = set()

    def at(self, ms: int) -> VideoFrame | None:
        return None

    def over(self, ms: int, of: str, box: Box) -> Layer | None:
        assert of == "bob"
        self.asked.add(box)
        image = Image.new("RGBA", box)
        image.paste((255, 255, 255, 255), (0, 0, box[0] // 2, box[1]))
        return layer_of(image)


def a_plan(
    scenes: Sequence[Scene],
    duration_ms: int,
    tracks: Mapping[str, Track],
    holes: Sequence[tuple[int, int]] = (),
) -> Plan:
    return Plan(BOX, 25, kept_spans(duration_ms, holes), scenes, tracks, {"ann": "Ann 李"})


def made(plan: Plan, sources: Made, board: Board | None = None) -> io.BytesIO:
    file = io.BytesIO()
    compose(plan, sources, file, board=board)
    return file


def colour_of(file: io.BytesIO, ms: int, where: tuple[int, int]) -> Colour:
    file.seek(0)
    shown = [frame for at, frame in pictures_of(file) if at <= ms]
    return colour_at(shown[-1], where)


def duration_ms(file: io.BytesIO) -> float:
    file.seek(0)
    with av.open(file) as container:
        return (container.duration or 0) / 1000


def test_flashes_and_beeps_come_together_wherever_they_were() -> None:
    moments = [1_000, 4_000, 9_000, 12_000, 17_000]
    end = 20_000
    sources = Made(
        {
            "screen": film(even(flashing(moments), (0, end), SMALL, 15)),
            "face": film(even(flashing(moments, RED), (2_000, end), SMALL, 25)),
        },
        beeping(moments, end),
    )
    lesson = Class(
        end,
        (Film("screen", "bob", "screen", 0, end), Film("face", "ann", "camera", 2_000, end)),
        ((0, "screen"),),
        (("ann", ((0, end),)),),
    )
    tracks = {"screen": Track(0), "face": Track(2_000)}
    file = made(a_plan(scenes_of(lesson), end, tracks, [(6_000, 8_000)]), sources)
    expected = [1_000, 4_000, 7_000, 10_000, 15_000]

    file.seek(0)
    seen = flashes_of(file, MAIN)
    file.seek(0)
    faces = flashes_of(file, CORNER)
    file.seek(0)
    heard = beeps_of(file)

    assert len(seen) == len(faces) == len(heard) == 5
    assert all(abs(a - b) < 60 for a, b in zip(seen, expected, strict=True))
    assert all(abs(a - b) < 60 for a, b in zip(faces, expected, strict=True))
    assert all(abs(a - b) < 20 for a, b in zip(heard, expected, strict=True))
    assert abs(duration_ms(file) - 18_000) < 100


def test_what_was_cut_out_is_nowhere_in_it() -> None:
    end = 6_000
    sources = Made(
        {
            "screen": film(
                even(lambda ms: BLUE if 2_000 <= ms < 4_000 else GREEN, (0, end), SMALL, 10)
            )
        },
        beeping([3_000], end),
    )
    scenes = [Scene(0, end, "screen")]
    file = made(a_plan(scenes, end, {"screen": Track(0)}, [(1_900, 4_100)]), sources)

    file.seek(0)
    assert all(is_like(colour_at(frame, MAIN), GREEN) for _, frame in pictures_of(file))
    file.seek(0)
    assert beeps_of(file) == []
    assert abs(duration_ms(file) - 3_800) < 100


def test_a_far_jump_goes_on_at_the_right_picture_and_beep() -> None:
    end = 60_000
    sources = Made(
        {"screen": film(even(flashing([2_000, 50_000]), (0, end), SMALL, 5), key_every=40)},
        beeping([2_000, 50_000], end),
    )
    plan = a_plan([Scene(0, end, "screen")], end, {"screen": Track(0)}, [(4_000, 47_000)])
    file = made(plan, sources)

    file.seek(0)
    assert flashes_of(file, MAIN) == pytest.approx([2_000, 7_000], abs=60)
    file.seek(0)
    assert beeps_of(file) == pytest.approx([2_000, 7_000], abs=20)


def test_holes_in_the_sound_stay_silent_and_move_nothing() -> None:
    sources = Made({}, beeping([500, 7_500], 9_000, holes=[(2_000, 7_000)]))
    file = made(a_plan([Scene(0, 9_000, "")], 9_000, {}), sources)

    file.seek(0)
    assert beeps_of(file) == pytest.approx([500, 7_500], abs=20)


def test_a_turned_camera_is_upright_and_keeps_its_proportions() -> None:
    """A phone held upright: wide pictures that have to be turned clockwise."""
    half = [(ms, DARK, (160, 90)) for ms in range(0, 1_000, 100)]
    sources = Made({"face": film(half)}, None)
    tracks = {"face": Track(0, rotations=((0, 0), (500, 90)))}
    file = made(a_plan([Scene(0, 1_000, "face")], 1_000, tracks), sources)

    assert is_like(colour_of(file, 300, (4, 90)), DARK)
    black = (16, 128, 128)
    assert is_like(colour_of(file, 900, (4, 90)), black)  # beside a narrow picture
    assert is_like(colour_of(file, 900, (160, 4)), DARK)


def test_another_size_in_the_midst_of_a_track_changes_nothing_to_be_seen() -> None:
    small = film(even(lambda ms: GREEN, (0, 1_000), (160, 90), 10))
    large = film(even(lambda ms: GREEN, (0, 1_000), (320, 180), 10))
    sources = Made({"small": small, "large": large}, None)
    tracks = {"small": Track(0), "large": Track(1_000)}
    scenes = [Scene(0, 1_000, "small"), Scene(1_000, 2_000, "large")]
    file = made(a_plan(scenes, 2_000, tracks), sources)

    for ms in (100, 900, 1_100, 1_900):
        assert is_like(colour_of(file, ms, (300, 170)), GREEN)


def test_pages_are_shown_as_they_were_painted() -> None:
    plan = a_plan([Scene(0, 2_000, BOARD)], 2_000, {})
    file = made(plan, Made({}, None), Painted(1_000))

    assert is_like(colour_of(file, 900, MAIN), RED)
    assert is_like(colour_of(file, 1_100, MAIN), GREEN)


def test_ink_lies_on_the_picture_of_a_screen_and_on_no_face() -> None:
    narrow = film(even(lambda ms: BLUE, (0, 1_000), (80, 160), 10))
    face = film(even(lambda ms: RED, (0, 1_000), SMALL, 10))
    tracks = {"screen": Track(0, share_of="bob"), "face": Track(1_000)}
    scenes = [Scene(0, 1_000, "screen"), Scene(1_000, 2_000, "face")]
    ink = Inked()
    file = made(a_plan(scenes, 2_000, tracks), Made({"screen": narrow, "face": face}), ink)

    assert ink.asked == {(90, 180)}
    assert is_like(colour_of(file, 500, (130, 90)), WHITE)
    assert is_like(colour_of(file, 500, (190, 90)), BLUE)
    assert is_like(colour_of(file, 500, (60, 90)), (16, 128, 128))  # beside the screen
    assert is_like(colour_of(file, 1_500, (60, 90)), RED)


def test_nobody_to_be_seen_is_a_card_and_no_frozen_face() -> None:
    end = 8_000
    sources = Made({"face": film(even(lambda ms: RED, (0, 2_000), SMALL, 10))}, None)
    lesson = Class(
        end,
        (Film("face", "ann", "camera", 0, end, gaps=((2_000, end),)),),
        (),
        (("ann", ((0, end),)),),
    )
    file = made(a_plan(scenes_of(lesson), end, {"face": Track(0)}), sources)

    assert is_like(colour_of(file, 3_500, MAIN), RED)
    assert not is_like(colour_of(file, 4_500, MAIN), RED)


@pytest.mark.parametrize("layout", ["speaker", "main"])
def test_only_the_layout_with_faces_opens_them(layout: Layout) -> None:
    end = 1_000
    sources = Made(
        {
            "screen": film(even(lambda ms: BLUE, (0, end), SMALL, 10)),
            "face": film(even(lambda ms: RED, (0, end), SMALL, 10)),
        },
        None,
    )
    lesson = Class(
        end,
        (Film("screen", "bob", "screen", 0, end), Film("face", "ann", "camera", 0, end)),
        ((0, "screen"),),
        (("ann", ((0, end),)),),
    )
    tracks = {"screen": Track(0), "face": Track(0)}
    file = made(a_plan(scenes_of(lesson, layout), end, tracks), sources)

    assert sources.read == (["screen", "face"] if layout == "speaker" else ["screen"])
    assert is_like(colour_of(file, 500, CORNER), RED if layout == "speaker" else BLUE)


def test_the_voices_alone_are_as_loud_and_as_long() -> None:
    file = io.BytesIO()
    plan = a_plan([], 6_000, {}, [(2_000, 3_000)])
    compose_sound(plan, Made({}, beeping([1_000, 5_000], 6_000)), file)

    file.seek(0)
    assert beeps_of(file) == pytest.approx([1_000, 4_000], abs=20)
    assert abs(duration_ms(file) - 5_000) < 100


def spoiled(made: io.BytesIO, *, is_vast: bool) -> io.BytesIO:
    """Every key frame but the first says it is 16383 x 16383, or all frames are noise."""
    file = io.BytesIO()
    chance = random.Random(3)
    with av.open(made) as source, av.open(file, "w", format="webm") as container:
        stream = container.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.pts is None:
                continue
            data = bytes(packet)
            if packet.pts > 500 and is_vast and packet.is_keyframe:
                data = data[:6] + (16383).to_bytes(2, "little") * 2 + data[10:]
            elif packet.pts > 500 and not is_vast:
                data = data[:3] + chance.randbytes(len(data) - 3)
            copy = av.Packet(data)
            copy.pts = copy.dts = packet.pts
            copy.time_base, copy.stream = packet.time_base, stream
            copy.is_keyframe = packet.is_keyframe
            container.mux(copy)
    file.seek(0)
    return file


@pytest.mark.parametrize("is_vast", [True, False])
def test_pictures_that_are_none_end_no_film(is_vast: bool) -> None:
    whole = film(even(lambda ms: RED, (0, 2_000), SMALL, 10), key_every=5)
    sources = Made({"face": spoiled(whole, is_vast=is_vast)}, beeping([1_500], 2_000))
    file = made(a_plan([Scene(0, 2_000, "face")], 2_000, {"face": Track(0)}), sources)

    assert is_like(colour_of(file, 400, MAIN), RED)
    file.seek(0)
    assert beeps_of(file) == pytest.approx([1_500], abs=20)
    assert abs(duration_ms(file) - 2_000) < 100


def test_a_file_that_is_no_film_is_a_card() -> None:
    sources = Made({"face": io.BytesIO(b"no film at all" * 100)}, None)
    file = made(a_plan([Scene(0, 400, "face")], 400, {"face": Track(0)}), sources)

    file.seek(0)
    assert len(list(pictures_of(file))) == 10


def test_it_says_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    plan = a_plan([Scene(0, 3_000, "")], 3_000, {})
    compose(plan, Made({}, None), io.BytesIO(), on_progress=lambda *done: told.append(done))

    assert told == [(0, 3_000), (1_000, 3_000), (2_000, 3_000)]
