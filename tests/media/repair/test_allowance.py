"""So much a second and no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.repair.allowance import Allowance


def test_a_second_s_worth_may_be_spent_at_once() -> None:
    allowance = Allowance(100)
    assert allowance.spend(60, now=5.0)
    assert not allowance.spend(41, now=5.0)
    assert allowance.spend(40, now=5.0)
    assert not allowance.spend(1, now=5.0)


def test_it_fills_with_time_up_to_a_second_s_worth() -> None:
    allowance = Allowance(100)
    assert allowance.spend(100, now=0.0)
    assert not allowance.spend(51, now=0.5)
    assert allowance.spend(50, now=0.5)
    assert allowance.spend(100, now=60.0)
    assert not allowance.spend(1, now=60.0)


def test_a_clock_that_goes_back_gives_nothing() -> None:
    allowance = Allowance(100)
    assert allowance.spend(100, now=9.0)
    assert not allowance.spend(1, now=1.0)
    assert allowance.spend(100, now=2.0)


@given(st.lists(st.tuples(st.floats(0, 0.5), st.integers(0, 120)), max_size=60))
def test_never_more_than_the_rate_and_a_second_on_top(steps: list[tuple[float, int]]) -> None:
    allowance = Allowance(100)
    now = spent = 0.0
    for wait, amount in steps:
        now += wait
        if allowance.spend(amount, now=now):
            spent += amount
    assert spent <= 100 * (now + 1) + 1e-6
