"""LossModel: which of two causes loss has, and how sure that is."""

from __future__ import annotations

import random

import pytest

from media.congestion.loss_model import LossModel, Window
from media.congestion.loss_window import PACKETS, LossWindow
from media.congestion.send_log import PacketResult


def model_of(*windows: tuple[float, float], packets: float = 60) -> LossModel:
    model = LossModel()
    for loss, sent in windows:
        model.add(Window(packets, loss, sent))
    return model


def test_at_one_rate_both_causes_explain_the_same() -> None:
    finding = model_of((0.3, 1e6), (0.3, 1e6)).finding(0.0)
    assert abs(finding.evidence) < 0.5
    assert finding.inherent == pytest.approx(0.3)


def test_loss_that_stays_at_less_is_the_path_s() -> None:
    finding = model_of((0.3, 1e6), (0.3, 0.7e6), (0.3, 0.5e6)).finding(0.0)
    assert finding.evidence < -0.9
    assert finding.inherent == pytest.approx(0.3)


def test_loss_that_goes_with_the_rate_is_a_policer_s() -> None:
    finding = model_of((0.5, 1e6), (0.3, 0.7e6), (0.0, 0.49e6)).finding(0.0)
    assert finding.evidence > 5
    assert finding.capacity_bps == pytest.approx(0.5e6, rel=0.08)
    assert finding.residual == pytest.approx(0.0, abs=0.02)


def test_a_capacity_far_below_what_is_sent_is_found_too() -> None:
    windows = [(1 - 3e5 / sent, sent) for sent in (5e6, 10e6, 20e6)]
    finding = model_of(*windows, packets=500).finding(0.9)
    assert finding.evidence > 3
    assert finding.capacity_bps == pytest.approx(3e5, rel=0.2)


@pytest.mark.parametrize("own", [0.1, 0.3])
def test_both_causes_at_once(own: float) -> None:
    windows = [
        (1 - (1 - own) * min(1, 5e5 / sent), sent) for sent in (1e6, 0.7e6, 0.49e6, 0.4e6, 0.45e6)
    ]
    finding = model_of(*windows, packets=100).finding(0.0)
    assert finding.evidence > 2
    assert finding.capacity_bps == pytest.approx(5e5, rel=0.1)
    assert finding.residual == pytest.approx(own, abs=0.05)


def test_windows_that_cannot_be_of_one_path_do_not_stand_beside_each_other() -> None:
    assert model_of((0.0, 1e6), (0.5, 1e6)).is_new  # as much sent, and half of it is lost
    assert model_of((0.5, 1e6), (0.0, 1e6)).is_new
    assert model_of((0.1, 1e6), (0.9, 1.1e6)).is_new  # more sent, and less gets through
    assert not model_of((0.0, 1e6), (0.45, 2e6)).is_new
    assert not model_of((0.5, 1e6), (0.05, 0.5e6)).is_new


def test_chance_does_not_look_like_a_policer() -> None:
    chance = random.Random(5)
    wrong = 0
    for _ in range(40):
        model = LossModel()
        for _ in range(8):
            lost = sum(chance.random() < 0.2 for _ in range(50))
            model.add(Window(50, lost / 50, 1e6 * chance.uniform(0.6, 1.0)))
        wrong += model.finding(0.0).evidence > 2
    assert wrong <= 1


def test_a_window_waits_for_packets_that_say_something() -> None:
    window = LossWindow()
    number = 0
    while not window.is_complete:
        sizes = [1100] + [120] * 9
        window.add([PacketResult(number * 0.05, size, 1.0, None, 0) for size in sizes])
        number += 1
        assert number < 100
    taken = window.taken()
    assert number * 0.05 >= 0.3
    assert taken.packets < 10 * number, "small packets hardly count"
    assert taken.packets >= PACKETS or number * 0.05 >= 1.0


def test_loss_is_told_by_packets_and_weighed_by_bytes() -> None:
    window = LossWindow()
    for step in range(20):
        at = step * 0.05
        window.add(
            [PacketResult(at, 1000, None if step % 2 else 1.0, None, 0)]
            + [PacketResult(at, 100, 1.0, None, 0)] * 5
        )
    taken = window.taken()
    assert window.loss == pytest.approx(1 / 12)
    assert taken.loss == pytest.approx(1 / 3)
    assert taken.sent_bps == pytest.approx(1500 * 8 / 0.05, rel=0.01)


def test_a_path_that_loses_everything_divides_nothing_by_zero() -> None:
    model = LossModel()
    for _ in range(30):
        model.add(Window(50, 1.0, 1e6))
    assert model.inherent < 1
    assert model.finding(0.0).residual < 1
