"""What is said of how long answers took."""

from __future__ import annotations

from bench.weak_line import figures


def test_those_that_never_came_are_the_slowest() -> None:
    times = [0.1] * 5 + [4.0] * 2 + [9.0] * 2 + [None]
    told = {"p50_s": 4.0, "p90_s": None, "within_5s_pct": 70, "never_pct": 10}
    assert figures(times) == told


def test_nobody_asked() -> None:
    assert figures([])["p50_s"] is None
