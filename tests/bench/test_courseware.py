"""The figures of teaching with slides, with three pages and four people: all there and real."""

from __future__ import annotations

from bench.courseware import GOALS, Size, measure

TINY = Size(
    pages=3,
    megabytes=0.2,
    slides=0,
    members=2,
    people=3,
    strokes=30,
    big_pages=4,
    big_megabytes=6.0,
    seconds=1.0,
    rest_s=0.1,
)


async def test_a_small_class_gives_every_figure() -> None:
    figures = await measure(TINY)
    assert set(GOALS) - set(figures) == {"pptx50_s"}, "LibreOffice takes too long for a test"
    assert 0 < figures["first_page_s"] <= figures["all_pages_s"]
    assert 0 < figures["page_turn_p50_ms"] <= figures["page_turn_p95_ms"]
    assert 5.7 < figures["big_pdf_mb"] < 7.5
    assert figures["share_arrived_part"] == 1
    assert 0 < figures["share_stroke_p50_ms"] <= figures["share_stroke_p95_ms"]
    assert figures["burn_1000_s"] > 0
