"""What a line loses is known within half a second, is what was lost, and is forgotten in time."""

from __future__ import annotations

import random
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.loss_model import loss_model
from media.repair.loss_sense import (
    DOUBT,
    FAST_S,
    LEAST_PACKETS,
    NOTHING,
    SLOW_S,
    STEP_S,
    LossSense,
    Sensed,
)

Told = tuple[float, int, int]


def fed(told: list[Told]) -> LossSense:
    """Times, packets, and how many of them were lost, each in a row."""
    sense = LossSense()
    for at, packets, lost in told:
        sense.came(packets, lost, 1 if lost else 0, now=at)
    return sense


def plain_loss(told: list[Told], now: float) -> float:
    """The same by the book: all windows, each from the start."""

    def share(window: float) -> tuple[int, float]:
        inside = [(packets, lost) for at, packets, lost in told if now - at < window]
        packets = sum(each for each, _ in inside)
        return packets, sum(lost for _, lost in inside) / packets if packets else 0.0

    found = [share(SLOW_S)[1]]
    for window in FAST_S:
        packets, loss = share(window)
        if packets >= LEAST_PACKETS:
            found.append(loss - DOUBT * sqrt(loss * (1 - loss) / packets))
    return max(found)


steps = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=60
)


@given(steps)
def test_it_says_what_counting_anew_would_say(steps: list[tuple[int, int, int]]) -> None:
    told: list[Told] = []
    at = 0.0
    for wait, packets, lost in steps:
        at += wait * STEP_S + 1e-6  # each its own entry of the windows
        told.append((at, packets, min(lost, packets)))
    assert fed(told).sensed(at).loss == pytest.approx(plain_loss(told, at), abs=1e-9)


def test_a_line_that_loses_nothing_is_nothing_to_speak_of() -> None:
    assert fed([(count / 10, 20, 0) for count in range(50)]).sensed(5.0) == NOTHING
    assert LossSense().sensed(1.0) == NOTHING


@pytest.mark.parametrize(("loss", "burst"), [(0.3, 0.0), (0.5, 0.0), (0.7, 0.0), (0.7, 5.0)])
@pytest.mark.parametrize("packets_a_step", [5, 30])
@pytest.mark.parametrize("seed", range(5))
def test_a_line_that_turns_bad_is_known_as_bad_within_a_second(
    loss: float, burst: float, packets_a_step: int, seed: int
) -> None:
    sense, model = LossSense(), loss_model(loss, burst, random.Random(seed))
    for count in range(40):
        sense.came(packets_a_step, 0, 0, now=count * STEP_S)
    for count in range(40, 50):
        flags = [model.loses() for _ in range(packets_a_step)]
        sense.came(packets_a_step, sum(flags), bool(sum(flags)), now=count * STEP_S)
    assert sense.sensed(4.95).loss > loss * 0.2


@pytest.mark.parametrize(("loss", "burst"), [(0.3, 10.0), (0.7, 5.0), (0.3, 1 / 0.7)])
def test_rows_of_losses_have_a_length(loss: float, burst: float) -> None:
    sense, model = LossSense(), loss_model(loss, burst, random.Random(3))
    found: list[Sensed] = []
    before = False
    for count in range(300):
        lost = runs = 0
        for _ in range(20):
            is_lost = model.loses()
            lost += is_lost
            runs += is_lost and not before
            before = is_lost
        sense.came(20, lost, runs, now=count * STEP_S)
        found.append(sense.sensed(count * STEP_S))
    settled = found[40:]
    assert sum(each.burst for each in settled) / len(settled) == pytest.approx(burst, rel=0.2)
    assert settled[-1].packets_per_second == pytest.approx(200, rel=0.1)


def test_what_was_lost_is_forgotten_and_what_came_late_is_none() -> None:
    sense = fed([(0.0, 50, 25)])
    assert sense.sensed(SLOW_S - 0.1).loss == pytest.approx(0.5)
    assert sense.sensed(SLOW_S + 0.1) == NOTHING
    late = fed([(0.0, 50, 25)])
    late.came(25, -25, 0, now=0.2)
    assert late.sensed(0.3) == NOTHING
