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


def test_what_may_be_spent_at_once_can_differ_from_a_second_s_worth() -> None:
    allowance = Allowance(100, 20)
    assert not allowance.spend(21, now=0.0)
    assert allowance.spend(20, now=0.0)
    assert allowance.spend(10, now=0.1)
    assert allowance.left(now=9.0) == 20


def test_what_is_charged_too_much_is_paid_back_before_anything_is_spent() -> None:
    allowance = Allowance(100, 50)
    allowance.charge(80, now=0.0)
    assert allowance.left(now=0.0) == -30
    assert not allowance.spend(1, now=0.3)
    assert allowance.spend(10, now=0.4)


def test_debts_are_bounded() -> None:
    allowance = Allowance(100, 50)
    for _ in range(1000):
        allowance.charge(1000, now=0.0)
    assert not allowance.spend(1, now=0.5)
    assert allowance.spend(1, now=0.6)
