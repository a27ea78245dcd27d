"""The benchmark of recordings runs, and what it says is possible."""

from __future__ import annotations

from bench.recording import Plan, measure


def test_a_tiny_run_has_the_figures() -> None:
    plan = Plan(
        people=2,
        rounds=1,
        window_s=0.5,
        kills=1,
        warm_s=0.3,
        film_s=1,
        range_mb=6,
        seeks=0,
        class_s=12,
        class_people=2,
        assembled_s=12,
    )
    figures = measure(plan)
    assert figures.keys() == {
        "us_per_recorded_packet",
        "kill_loss_s",
        "assemble_x_realtime",
        "end_to_playable_s",
        "mp4_x_realtime",
        "mp4_peak_mb",
        "range_mb_s",
        "manifest_ms",
    }
    assert 5 < figures["assemble_x_realtime"] < 10_000
    assert 0 < figures["end_to_playable_s"] < 10
    assert 0.05 < figures["mp4_x_realtime"] < 100
    assert 30 < figures["mp4_peak_mb"] < 600
    assert 1 < figures["range_mb_s"] < 10_000
    assert 0.5 < figures["manifest_ms"] < 2_000
    assert abs(figures["us_per_recorded_packet"]) < 1000
    assert 0.2 < figures["kill_loss_s"] < 1.5
