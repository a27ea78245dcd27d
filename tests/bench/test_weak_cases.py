"""The ladder's table: cases that can be, goals that are missed by name, figures of the worst."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bench.link import Shape
from bench.loss_model import loss_model
from bench.weak_cases import CASES, PLAIN, QUICK, Goal, Row, head, headline, line

ROW = Row(
    case="one70", side="down", remedies=True, concealed_pct=0.2, control_pct=0.0, events_min=1,
    delay_ms=500, target_ms=500, added_ms=400, back_s=9, rough_s=0.5, fps=14.8, control_fps=15,
    freezes_min=1, freeze_s=0.4, video_delay_ms=500, height=180, down_kbps=2000, up_kbps=900,
    down_dropped=0, up_dropped=0, load=1.0,
)  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_case_can_be(name: str) -> None:
    case = CASES[name]
    for fields in case.shapes():
        shape = Shape(**fields)
        loss_model(shape.loss, shape.mean_burst, random.Random(1))


def test_what_is_measured_quickly_and_plainly_is_of_the_ladder() -> None:
    assert set(QUICK) | set(PLAIN) <= set(CASES)


def test_goals_that_are_missed_are_named() -> None:
    goal = CASES["one70"].goal
    assert ROW.misses(goal) == []
    bad = replace(ROW, concealed_pct=0.6, fps=13.9, back_s=16, faults="Lin is gone")
    assert bad.misses(goal) == ["concealed_pct", "back_s", "fps", "faults"]
    assert bad.misses(Goal()) == ["faults"]


def test_the_headline_has_the_worst_of_whom_it_concerns() -> None:
    up = replace(ROW, side="up", concealed_pct=0.4, fps=14.1, freeze_s=0.9)
    both = [replace(ROW, case="both70", side="both", added_ms=each) for each in (600, 700)]
    plain = replace(both[0], remedies=False, concealed_pct=90.0)
    figures = headline([ROW, up, *both, plain])
    assert figures == {
        "concealed_pct_down70": 0.2,
        "concealed_pct_up70": 0.4,
        "concealed_pct_both70": 0.2,
        "concealed_pct_both70_plain": 90.0,
        "fps_one70": 14.1,
        "freeze_s_one70": 0.9,
        "delay_ms_both70": 700,
    }


def test_what_was_not_measured_has_no_figure() -> None:
    assert headline([replace(ROW, case="one10")]) == {}


def test_a_line_has_a_field_for_every_column() -> None:
    columns = head().splitlines()[0].count("|")
    assert line(ROW).count("|") == columns
    assert "concealed_pct" in line(replace(ROW, concealed_pct=2.0))
    assert "concealed_pct" not in line(replace(ROW, concealed_pct=2.0, remedies=False))
