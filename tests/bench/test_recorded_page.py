"""The page that seeks are measured on is a lesson's: written, rubbed out and moved in order."""

from __future__ import annotations

from bench.recorded_page import LESSON_MS, lines


def test_a_page_is_written_through_the_whole_lesson() -> None:
    told = list(lines(200))
    put = [line for line in told if "put" in line]
    assert len({item for line in put for item in line["put"]}) == 200
    assert len(put) == 202  # two were moved
    assert [len(line["gone"]) for line in told if "gone" in line] == [1, 1, 1, 1]
    assert max(line["ms"] for line in put) > LESSON_MS * 0.9
    assert all(len(item["d"]) > 60 for line in put for item in line["put"].values())
