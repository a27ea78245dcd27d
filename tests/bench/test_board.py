"""The board's benchmark measures what it says, on few strokes and few people."""

from __future__ import annotations

import random

import pytest

from bench import board
from bench.handwriting import Writer, base36, points
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.page import Page


def test_written_strokes_are_what_the_gate_lets_in() -> None:
    page = Page(PageDocId.parse("board-1/page-1/0"))
    page.bind(5, AuthorId("lin"))
    for update in Writer("lin", 5).strokes(30):
        assert page.receive(update, author=AuthorId("lin"), client_id=5, pen="own") is not None
    assert page.item_count() == 30


def test_strokes_are_as_long_as_the_ones_the_design_measured() -> None:
    lengths = [len(points(number, random.Random(number))) for number in range(400)]
    assert min(lengths) >= 50
    assert max(lengths) <= 100
    assert 70 < sum(lengths) / len(lengths) < 80


def test_numbers_are_written_as_javascript_writes_them() -> None:
    assert [base36(number) for number in (0, 35, 36, 123456789)] == ["0", "z", "10", "21i3v9"]


async def test_the_cost_of_an_update_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "STROKES", 60)
    figures = await board.measure_updates()
    assert figures["update_us"] > figures["gate_us"] > 0


async def test_everybody_sees_everybody_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WRITERS", 3), ("LIVE_S", 0.5), ("RATE", 20)):
        monkeypatch.setattr(board, name, value)
    figures = await board.measure_live()
    assert figures["delivered_share"] == 1.0
    assert figures["seen_p95_ms"] > 0


def test_every_headline_has_a_goal() -> None:
    assert set(board.GOALS) == {
        "us_per_delivered", "seen_p95_ms", "update_us", "open_10k_ms", "pen_frame_p95_ms",
        "pan_frame_p95_ms", "page_10k_mb",
    }  # fmt: skip
