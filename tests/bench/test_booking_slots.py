"""The bench of free times, small: it finds some, and the clock change is in its month."""

from __future__ import annotations

from pathlib import Path

from bench.booking_slots import AT, DIARY, MONTH_S, measure_slots
from classroom.booking.zone import pieces


async def test_a_small_month_is_measured(tmp_path: Path) -> None:
    figures = await measure_slots(tmp_path / "classroom.db", bookings=40, calendars=2)
    assert figures["slots_month_free"] > 0
    assert figures["slots_month_ms"] > 0
    from_s = int(AT.timestamp())
    assert len(pieces(DIARY.zone, from_s, from_s + MONTH_S)) == 2
