"""The bench of reminders, small: none is lost and none comes twice."""

from __future__ import annotations

from pathlib import Path

from bench.booking_reminders import measure_reminders


async def test_each_reminder_arrives_once(tmp_path: Path) -> None:
    figures = await measure_reminders(tmp_path, count=60, kills=1)
    assert figures["reminders_lost"] == 0
    assert figures["reminders_twice"] == 0
    assert figures["reminders_per_s"] > 0
