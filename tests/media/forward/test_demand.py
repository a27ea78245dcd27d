"""Demand: in which steps one picture can be reduced."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.forward.demand import Layers, Rates, steps_of
from tests.support.demands import ALL, CAMERA, SCREEN

rows = st.lists(st.integers(0, 3_000_000), max_size=3).map(lambda row: tuple(sorted(row)))
rates_of_any = st.lists(rows, min_size=1, max_size=3).map(tuple)
layers_of_any = st.tuples(st.sampled_from((0, 1, 2, 7)), st.sampled_from((0, 1, 2, 7)))


def test_a_camera_has_all_its_frames_before_it_grows_and_half_of_them_when_it_does() -> None:
    steps = steps_of(CAMERA, (2, 2), is_screen=False)
    assert steps.layers == (None, (0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2))
    assert steps.rates == (0, 60_000, 90_000, 150_000, 300_000, 500_000, 900_000, 1_500_000)


def test_who_wants_few_frames_of_a_large_picture_has_them() -> None:
    steps = steps_of(CAMERA, (1, 0), is_screen=False)
    assert steps.layers == (None, (0, 0), (1, 0))


def test_a_screen_is_sharp_before_it_is_smooth() -> None:
    assert steps_of(SCREEN, ALL, is_screen=True).layers == (None, (0, 0), (0, 1), (0, 7))
    small_and_large: Rates = ((200_000, 300_000, 500_000), (400_000, 600_000, 1_000_000))
    steps = steps_of(small_and_large, ALL, is_screen=True)
    assert steps.layers == (None, (0, 0), (0, 1), (1, 0), (1, 1), (1, 7))
    assert steps.rates == (0, 200_000, 300_000, 400_000, 600_000, 1_000_000)


@pytest.mark.parametrize(
    ("rates", "wanted", "layers"),
    [
        (((), (5,), ()), (0, 7), (1, 7)),  # below what lives: the lowest
        (((5,), (), (9,)), (1, 7), (0, 7)),
        (((5, 6), (7, 8)), (0, 7), (0, 7)),
        (((5, 6, 7),), (7, 1), (0, 1)),
        (((), ()), (7, 7), None),
        (((0,),), (7, 7), (0, 7)),
    ],
)
def test_the_last_step_is_all_that_is_wanted_of_what_lives(
    rates: Rates, wanted: Layers, layers: Layers | None
) -> None:
    assert steps_of(rates, wanted, is_screen=False).layers[-1] == layers


def test_more_frames_than_ever_seen_are_no_new_step() -> None:
    before = steps_of(((100,),), ALL, is_screen=True)
    after = steps_of(((100, 150, 200),), ALL, is_screen=True)
    assert after.reached(before.layers[-1]) == len(after.layers) - 1


def test_layers_that_went_away_leave_the_next_best() -> None:
    steps = steps_of(((5, 6, 7), (), (20, 30, 40)), ALL, is_screen=False)
    assert steps.layers[steps.reached((1, 7))] == (0, 7)
    assert steps.layers[steps.reached((2, 1))] == (2, 1)
    high_only = steps_of(((), (20, 30, 40)), ALL, is_screen=False)
    assert high_only.layers[high_only.reached((0, 7))] == (1, 0)
    assert steps.reached(None) == 0
    assert steps_of(((),), ALL, is_screen=False).reached((1, 1)) == 0


@given(rates_of_any, layers_of_any, st.booleans())
def test_layers_and_rates_rise_together(rates: Rates, wanted: Layers, is_screen: bool) -> None:
    steps = steps_of(rates, wanted, is_screen=is_screen)
    assert steps.layers[0] is None
    assert steps.rates[0] == 0
    assert len(steps.layers) == len(steps.rates)
    assert all(low <= high for low, high in pairwise(steps.rates))
    shown = [layers for layers in steps.layers if layers is not None]
    assert all(low < high for low, high in pairwise(shown))
    assert bool(shown) == any(rates)
    for step, layers in enumerate(steps.layers):
        assert steps.reached(layers) == step
    for spatial, temporal in shown:
        assert rates[spatial]
        assert temporal <= wanted[1]
