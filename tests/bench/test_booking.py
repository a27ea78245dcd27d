"""The benchmark of booking, small: every figure is there, and nobody's time is had twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.booking import GOALS, Plan, measure
from bench.booking_load import ABOVE
from bench.figures import tell
from tests.support.migrated import begin_migrated

PLAN = Plan(bookings=20, calendars=1, rounds=1, reminders=0, loads=0)
"""Reminders and the page have tests of their own."""


async def test_it_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("slots.db", "bookings.db"):
        begin_migrated(tmp_path / name)
    figures = await measure(tmp_path, PLAN)
    assert figures["doubles"] == 0
    assert figures["losers_wrong"] == 0
    rates = [f"{one}_per_s_{on}" for one in ("bookings", "guard") for on in ("sqlite", "postgres")]
    for name in ("slots_month_ms", *rates):
        assert figures[name] > 0, name
    file = tmp_path / "figures.json"
    tell(figures, GOALS, file, above=ABOVE)
    assert '"doubles": 0' in file.read_text(encoding="utf-8")
    assert "| bookings_per_s_sqlite |" in capsys.readouterr().out
