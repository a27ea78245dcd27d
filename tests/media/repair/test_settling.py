"""How long a pause has to be before the delay that losses left is cut."""

from __future__ import annotations

import pytest

from media.repair.settling import KEPT_S, PATIENCE_S, SHORT_S, SHRINKS_MS_PER_S, Settling


def test_nothing_is_cut_that_was_not_delayed_for_long() -> None:
    settling = Settling()
    assert settling.pause_s(now=0.0) is None
    settling.advised(0, now=1.0)
    settling.advised(150, now=2.0)
    settling.advised(0, now=3.0)
    assert settling.pause_s(now=99.0) is None


def test_nothing_is_cut_while_there_is_loss() -> None:
    settling = Settling()
    settling.advised(500, now=1.0)
    assert settling.pause_s(now=50.0) is None
    settling.advised(0, now=60.0)
    assert settling.pause_s(now=62.0) == KEPT_S
    settling.advised(250, now=63.0)
    assert settling.pause_s(now=63.0) is None


@pytest.mark.parametrize("worst", [250, 500, 700])
def test_a_buffer_that_shrinks_by_itself_is_waited_for_and_then_a_shorter_pause_will_do(
    worst: int,
) -> None:
    settling = Settling()
    settling.advised(worst, now=0.0)
    settling.advised(250, now=5.0)
    settling.advised(0, now=6.0)
    settling.advised(0, now=7.0)
    shrunk = worst / SHRINKS_MS_PER_S
    assert settling.pause_s(now=6.0) is None
    assert settling.pause_s(now=6.0 + shrunk - 0.1) is None
    assert settling.pause_s(now=6.0 + shrunk + 0.1) == KEPT_S
    assert settling.pause_s(now=6.0 + PATIENCE_S - 0.1) == KEPT_S
    assert settling.pause_s(now=6.0 + PATIENCE_S + 0.1) == SHORT_S


def test_once_is_enough_until_it_is_bad_again() -> None:
    settling = Settling()
    settling.advised(500, now=0.0)
    settling.advised(0, now=1.0)
    settling.settled()
    settling.advised(0, now=2.0)
    assert settling.pause_s(now=30.0) is None
    settling.advised(250, now=31.0)
    settling.advised(0, now=32.0)
    assert settling.pause_s(now=34.0) == KEPT_S
