"""What one picture of a class shows, from when to when."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from recording.scenes import BOARD, Class, Film, Scene, kept_spans, main_of, scenes_of

END = 60_000
SCREEN = Film("s", "bob", "screen", 10_000, 20_000)
ANN = Film("a", "ann", "camera", 0, END)
BOB = Film("b", "bob", "camera", 0, END, gaps=((30_000, 40_000),))


def test_a_share_fills_the_picture_while_it_lasts_and_the_board_after_it() -> None:
    lesson = Class(END, (SCREEN, ANN), ((0, BOARD), (10_000, "s"), (20_000, BOARD)), (), ("ann",))

    assert scenes_of(lesson) == [
        Scene(0, 10_000, BOARD, "a", "ann"),
        Scene(10_000, 20_000, "s", "a", "ann"),
        Scene(20_000, END, BOARD, "a", "ann"),
    ]


def test_who_speaks_is_seen_and_stays_while_it_is_quiet() -> None:
    voices = (("ann", ((0, 5_000),)), ("bob", ((8_000, 12_000),)))
    shown = [
        (scene.from_ms, scene.main) for scene in scenes_of(Class(25_000, (ANN, BOB), (), voices))
    ]

    assert shown == [(0, "a"), (8_000, "b")]


def test_a_word_in_between_does_not_turn_the_picture_round() -> None:
    voices = (("ann", ((0, 20_000),)), ("bob", ((5_000, 5_400),)))
    shown = [scene.main for scene in scenes_of(Class(25_000, (ANN, BOB), (), voices))]

    assert shown == ["a"]


def test_a_face_that_stood_still_too_long_is_a_card_with_the_name() -> None:
    voices = (("bob", ((0, END),)),)
    shown = [(s.from_ms, s.main, s.who) for s in scenes_of(Class(END, (BOB,), (), voices))]

    assert shown == [(0, "b", "bob"), (32_000, "", "bob"), (40_000, "b", "bob")]


def test_a_share_without_a_yes_is_not_looked_for() -> None:
    lesson = Class(END, (ANN,), ((0, "gone"),), (), ("ann",))

    assert [scene.main for scene in scenes_of(lesson)] == ["a"]


def test_what_filled_the_picture_is_what_the_class_looked_at() -> None:
    events = [
        {"ms": 0, "event": "stage", "screen_of": ""},
        {"ms": 1_000, "event": "turned"},
        {"ms": 2_000, "event": "stage", "screen_of": "", "board": True},
        {"ms": 9_000, "event": "stage", "screen_of": "bob"},
        {"ms": 9_500, "event": "hand", "pid": "ann"},
    ]
    expected = [(0, ""), (2_000, BOARD), (9_000, ""), (10_000, "s"), (20_000, "")]

    assert main_of(events, [SCREEN, ANN]) == expected


def test_where_nobody_says_what_is_looked_at_a_screen_is_and_then_the_page() -> None:
    assert main_of([], [SCREEN]) == [(0, ""), (10_000, "s"), (20_000, "")]
    turned = [{"ms": 5_000, "event": "turned"}]
    expected = [(0, ""), (5_000, BOARD), (10_000, "s"), (20_000, BOARD)]
    assert main_of(turned, [SCREEN]) == expected


def test_what_is_left_of_a_recording() -> None:
    assert kept_spans(10_000, []) == [(0, 10_000)]
    assert kept_spans(10_000, [(2_000, 3_000), (2_500, 4_000)]) == [(0, 2_000), (4_000, 10_000)]
    assert kept_spans(10_000, [(9_000, 20_000), (0, 1_000)]) == [(1_000, 9_000)]
    assert kept_spans(10_000, [(0, 10_000)]) == []


spans = st.lists(
    st.tuples(st.integers(0, END), st.integers(1, 9_000)).map(lambda at: (at[0], sum(at))),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(spans, min_size=2, max_size=2), spans)
def test_scenes_fill_the_whole_time_and_follow_each_other(
    spoken: list[list[tuple[int, int]]], gaps: list[tuple[int, int]]
) -> None:
    film = Film("b", "bob", "camera", 500, END - 500, gaps=tuple(gaps))
    voices = tuple(zip(("ann", "bob"), (tuple(each) for each in spoken), strict=True))
    scenes = scenes_of(Class(END, (ANN, film, SCREEN), ((5_000, "s"), (30_000, BOARD)), voices))

    assert scenes[0].from_ms == 0
    assert scenes[-1].to_ms == END
    for one, after in pairwise(scenes):
        assert one.to_ms == after.from_ms
        assert (one.main, one.corner, one.who) != (after.main, after.corner, after.who)
    for scene in scenes:
        assert scene.main != "b" or film.is_seen(scene.from_ms)
