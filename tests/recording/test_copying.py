"""A shared screen taken away as it was sent: which one can be, and that nothing is changed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import av
import pytest

from recording.composing import Plan, Track
from recording.copyable import copied_screen
from recording.copying import copy_screen
from recording.index import Index
from recording.scenes import BOARD, Span, kept_spans
from tests.recording.test_composing import BOX, Made
from tests.support.made_films import (
    BLUE,
    GREEN,
    RED,
    beeping,
    beeps_of,
    coded,
    colour_at,
    even,
    is_like,
    pictures_of,
)

END = 10_000
CODECS = ["libvpx-vp9", "libx264", "libsvtav1"]


def screen(
    mime: str = "video/VP9", keys: Sequence[int] = (0, 5_000), span: Span = (0, END)
) -> Index:
    """A screen with a cluster each second, of which these have a key frame."""
    index = Index(mime, span[0], 90_000, end_ms=span[1])
    for ms in range(0, span[1] - span[0], 1_000):
        index.clusters.add(ms, 10, has_key=ms in keys)
    return index


def chosen(index: Index, *main: tuple[int, str], holes: Sequence[Span] = ()) -> str:
    kept = kept_spans(END, holes)
    return copied_screen(main or [(0, "s1")], kept, {"s1": index})


@pytest.mark.parametrize("mime", ["video/VP9", "video/AV1", "video/H264"])
def test_one_screen_that_mp4_can_hold_is_copied(mime: str) -> None:
    assert chosen(screen(mime)) == "s1"


def test_mp4_has_no_place_for_vp8() -> None:
    assert chosen(screen("video/VP8")) == ""


def test_what_was_turned_is_not_copied() -> None:
    index = screen()
    index.rotations.append([0, 90])

    assert chosen(index) == ""


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ([(0, ""), (2_000, "s1")], "s1"),
        ([(0, "s1"), (6_000, BOARD), (9_000, "s1")], "s1"),
        ([(0, "s1"), (4_000, BOARD)], ""),  # more of the board than of the screen
        ([(0, "s1"), (5_000, "s2")], ""),
        ([(0, BOARD)], ""),
    ],
)
def test_one_screen_alone_has_to_fill_it(main: list[tuple[int, str]], expected: str) -> None:
    kept = kept_spans(END, ())

    assert copied_screen(main, kept, {"s1": screen(), "s2": screen()}) == expected


def test_other_things_fill_a_minute_at_most() -> None:
    for board_ms, expected in ((60_000, "s1"), (61_000, "")):
        kept = kept_spans(600_000, ())
        assert copied_screen([(0, BOARD), (board_ms, "s1")], kept, {"s1": screen()}) == expected


@pytest.mark.parametrize(
    ("hole", "expected"),
    [
        ((2_000, 5_000), "s1"),  # goes on with the key frame
        ((2_000, 4_000), ""),
        ((0, 3_000), "s1"),  # begins with the next key frame
        ((7_000, END), "s1"),
        ((0, 6_000), ""),  # none left
    ],
)
def test_after_a_hole_it_goes_on_with_a_key_frame(hole: Span, expected: str) -> None:
    assert chosen(screen(), holes=[hole]) == expected


def copied(film: io.BytesIO, end: int, start: int = 0, holes: Sequence[Span] = ()) -> io.BytesIO:
    plan = Plan(BOX, 25, kept_spans(end, holes), (), {"s1": Track(start)}, title="Acids")
    file = io.BytesIO()
    copy_screen(plan, "s1", Made({"s1": film}, beeping([1_000], end)), file)
    file.seek(0)
    return file


def packets_of(file: io.BytesIO) -> list[bytes]:
    file.seek(0)
    with av.open(file) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


@pytest.mark.parametrize("codec", CODECS)
def test_its_packets_are_those_that_were_sent(codec: str) -> None:
    made = coded(even(lambda ms: BLUE if ms < 1_000 else GREEN, (0, 2_000), (320, 180), 10), codec)
    file = copied(made, 2_000)

    assert packets_of(file) == packets_of(made)
    file.seek(0)
    frames = dict(pictures_of(file))
    assert sorted(frames) == list(range(0, 2_000, 100))
    assert is_like(colour_at(frames[900], (20, 20)), BLUE)
    assert is_like(colour_at(frames[1_000], (20, 20)), GREEN)
    file.seek(0)
    assert beeps_of(file) == pytest.approx([1_000], abs=30)
    file.seek(0)
    with av.open(file) as container:
        assert container.metadata["title"] == "Acids"
        assert (container.duration or 0) / 1e6 == pytest.approx(2, abs=0.1)


def test_holes_are_no_part_of_it_and_sound_stays_beside_the_picture() -> None:
    made = coded(
        even(lambda ms: RED if ms < 1_000 else GREEN, (0, 2_000), (320, 180), 10),
        "libx264",
        key_every=5,
    )
    file = copied(made, 2_500, 500, [(500, 700), (1_100, 1_500)])
    frames = dict(pictures_of(file))

    # Key frames are at 500, 1,000, 1,500 and 2,000 ms of the recording: from the first one that is
    # kept on, and from the one after the second hole.
    assert sorted(frames) == [800, *range(900, 1_900, 100)]
    assert is_like(colour_at(frames[800], (20, 20)), RED)
    assert is_like(colour_at(frames[900], (20, 20)), GREEN)
    file.seek(0)
    assert beeps_of(file) == pytest.approx([800], abs=30)
    file.seek(0)
    with av.open(file) as container:
        assert (container.duration or 0) / 1e6 == pytest.approx(1.9, abs=0.1)
