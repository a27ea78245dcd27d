"""The bench of the booking page, small: what it takes fits a slow phone's line."""

from __future__ import annotations

from pathlib import Path

from bench.booking_page import GOALS, measure_page


async def test_a_page_is_weighed(tmp_path: Path) -> None:
    figures = await measure_page(tmp_path, loads=1)
    assert 10 < figures["page_kb"] < GOALS["page_kb"]
    assert figures["page_interactive_ms"] > 0
    assert figures["page_requests"] < 16
