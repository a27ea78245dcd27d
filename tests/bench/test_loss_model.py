"""Losses by chance and in bursts: how much, how long, and what cannot be asked for."""

from __future__ import annotations

import random
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.link import Link, Shape
from bench.loss_model import Unreachable, loss_model

PACKETS = 100_000


def _lost(loss: float, mean_burst: float) -> list[bool]:
    model = loss_model(loss, mean_burst, random.Random(7))
    return [model.loses() for _ in range(PACKETS)]


def _mean_run(lost: list[bool]) -> float:
    runs = [len(list(run)) for is_lost, run in groupby(lost) if is_lost]
    return sum(runs) / len(runs)


@pytest.mark.parametrize(("loss", "burst"), [(0.7, 0), (0.3, 0), (0.7, 5), (0.3, 10), (0.5, 1)])
def test_as_much_is_lost_as_was_asked_in_bursts_as_long(loss: float, burst: float) -> None:
    lost = _lost(loss, burst)
    assert sum(lost) / PACKETS == pytest.approx(loss, abs=0.02)
    expected = burst or 1 / (1 - loss)
    assert _mean_run(lost) == pytest.approx(expected, rel=0.06)


@pytest.mark.parametrize("burst", [0, 5])
def test_nothing_is_lost_where_nothing_is_to_be(burst: float) -> None:
    assert not any(_lost(0.0, burst))


@pytest.mark.parametrize(
    ("loss", "burst"), [(0.7, 2), (0.9, 8.9), (0.5, 0.5), (1.0, 5), (-0.1, 0), (1.1, 0)]
)
def test_bursts_that_cannot_be_are_refused(loss: float, burst: float) -> None:
    with pytest.raises(Unreachable):
        loss_model(loss, burst, random.Random(1))


def test_a_link_refuses_them_too_and_stays_as_it_was() -> None:
    link = Link(Shape(delay_s=0.0))
    with pytest.raises(Unreachable):
        link.change(now=0.0, loss=0.7, mean_burst=2.0)
    link.send("a", 100, now=0.0)
    assert [each.payload for each in link.receive(now=0.0)] == ["a"]


def test_a_link_loses_in_bursts_from_when_it_is_told() -> None:
    link = Link(Shape(delay_s=0.0), seed=3)
    link.change(now=0.0, loss=0.7, mean_burst=5.0)
    for each in range(PACKETS):
        link.send(each, 100, now=0.0)
    passed = {each.payload for each in link.receive(now=1.0)}
    lost = [each not in passed for each in range(PACKETS)]
    assert sum(lost) / PACKETS == pytest.approx(0.7, abs=0.02)
    assert _mean_run(lost) == pytest.approx(5, rel=0.06)
    assert link.counts["offered"] == PACKETS * 100


@given(loss=st.floats(0, 0.95), burst=st.floats(1, 50))
def test_a_model_is_either_refused_or_within_its_chances(loss: float, burst: float) -> None:
    reachable = loss / (1 - loss) <= burst
    try:
        model = loss_model(loss, burst, random.Random(1))
    except Unreachable:
        assert not reachable
    else:
        assert reachable
        assert model.loses() in (True, False)
