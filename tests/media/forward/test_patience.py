"""Patience: how far a line may go up, what it remembers of going too far, and what it forgets."""

from __future__ import annotations

import pytest

from media.forward.patience import (
    CALM,
    CAREFUL,
    LEAPT,
    LEAST_MARGIN,
    LESS,
    MARGIN,
    REMEMBERED,
    SETTLES,
    Patience,
)

MBPS = 1_000_000


def risen(*, at: float = 100.0) -> Patience:
    """A calm line on which something has just gone up."""
    patience = Patience()
    patience.safe(2 * MBPS, now=0.0)
    assert not patience.may_rise(2 * MBPS, is_blank=False, now=at - 1)
    assert patience.may_rise(2 * MBPS, is_blank=False, now=at)
    return patience


def calm_after(patience: Patience, capacity_bps: int, now: float) -> float:
    """Seconds until it may go up again, where there is room all the time."""
    at = now
    while not patience.may_rise(capacity_bps, is_blank=False, now=at):
        at += 0.1
    return at - now


def test_the_margin_shrinks_while_it_is_calm_and_is_whole_again_after_a_fall() -> None:
    patience = Patience()
    first, last = SETTLES
    assert patience.safe(MBPS, now=0.0) == pytest.approx(MBPS / MARGIN)
    assert patience.safe(MBPS, now=first) == pytest.approx(MBPS / MARGIN)
    between = patience.safe(MBPS, now=(first + last) / 2)
    assert MBPS / MARGIN < between < MBPS / LEAST_MARGIN
    assert patience.safe(MBPS, now=last) == pytest.approx(MBPS / LEAST_MARGIN)
    patience.fell(MBPS, used_bps=MBPS, now=50.0)
    assert patience.safe(MBPS, now=50.0) == pytest.approx(MBPS / MARGIN)


def test_what_was_too_much_is_not_tried_again_while_it_is_remembered() -> None:
    patience = risen()
    patience.fell(1_700_000, used_bps=2 * MBPS, now=101.0)
    assert patience.safe(2_200_000, now=120.0) == pytest.approx(LESS * 2 * MBPS)
    forgotten = 101.0 + REMEMBERED + 1
    assert patience.safe(2_200_000, now=forgotten) == pytest.approx(2_200_000 / LEAST_MARGIN)


def test_to_find_where_the_line_is_full_is_worth_one_rise_and_no_second_one() -> None:
    patience = risen()
    patience.fell(1_700_000, used_bps=2 * MBPS, now=101.0)
    assert calm_after(patience, 2 * MBPS, 101.0) == pytest.approx(CALM, abs=0.2)
    patience.fell(1_600_000, used_bps=1_900_000, now=110.0)
    patience.safe(2 * MBPS, now=110.0)
    assert calm_after(patience, 2 * MBPS, 110.0) == pytest.approx(2 * CALM, abs=0.2)


def test_a_deep_fall_after_a_rise_was_in_vain_at_once() -> None:
    patience = risen()
    patience.fell(900_000, used_bps=2 * MBPS, now=101.0)
    assert calm_after(patience, 1_700_000, 101.0) == pytest.approx(2 * CALM, abs=0.2)


def test_a_line_that_carries_a_multiple_for_long_is_another_one() -> None:
    patience = risen()
    patience.fell(500_000, used_bps=900_000, now=101.0)
    assert patience.safe(5 * MBPS, now=110.0) == pytest.approx(5 * MBPS / CAREFUL)
    before = patience.safe(5 * MBPS, now=110.0 + LEAPT - 0.1)
    assert before == pytest.approx(5 * MBPS / CAREFUL)
    assert patience.safe(5 * MBPS, now=110.0 + LEAPT) == pytest.approx(5 * MBPS / LEAST_MARGIN)


def test_a_line_that_carries_more_only_now_and_then_is_the_same() -> None:
    patience = risen()
    patience.fell(500_000, used_bps=900_000, now=101.0)
    for second in range(102, 130, 2):
        assert patience.safe(5 * MBPS, now=second) == pytest.approx(5 * MBPS / CAREFUL)
        patience.safe(600_000, now=second + 1)
