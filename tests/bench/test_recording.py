"""The benchmark of recordings runs, and what it says is possible."""

from __future__ import annotations

from bench.recording import Plan, measure


def test_a_tiny_run_has_the_figures() -> None:
    figures = measure(Plan(people=2, rounds=1, window_s=0.5, kills=1, warm_s=0.3, seeks=0))
    assert figures.keys() == {"us_per_recorded_packet", "kill_loss_s"}
    assert abs(figures["us_per_recorded_packet"]) < 1000
    assert 0.2 < figures["kill_loss_s"] < 1.5
