"""Token buckets in virtual time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from classroom.people.throttle import Bucket, Throttle


def test_a_burst_is_granted_and_then_one_for_each_interval() -> None:
    throttle = Throttle(rate_per_s=0.5, burst=3)
    assert [throttle.take("a", now=10.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert throttle.take("a", now=10.0) == 2.0
    assert throttle.take("a", now=11.0) == 1.0
    assert throttle.take("a", now=12.0) == 0.0
    assert throttle.take("a", now=12.0) == 2.0


def test_keys_do_not_share() -> None:
    throttle = Throttle(rate_per_s=1, burst=1)
    assert throttle.take("a", now=0.0) == 0.0
    assert throttle.take("b", now=0.0) == 0.0
    assert throttle.take("a", now=0.0) > 0


def test_a_refused_try_costs_nothing() -> None:
    throttle = Throttle(rate_per_s=1, burst=1)
    throttle.take("a", now=0.0)
    for _ in range(100):
        throttle.take("a", now=0.5)
    assert throttle.take("a", now=1.0) == 0.0


def test_forgiving_fills_the_bucket() -> None:
    throttle = Throttle(rate_per_s=1, burst=2)
    for _ in range(3):
        throttle.take("a", now=0.0)
    throttle.forgive("a")
    throttle.forgive("never seen")
    assert throttle.take("a", now=0.0) == 0.0


def test_only_so_many_keys_are_remembered() -> None:
    throttle = Throttle(rate_per_s=1, burst=1, keys_max=3)
    for key in "abcd":
        throttle.take(key, now=0.0)
    assert len(throttle) == 3
    assert throttle.take("d", now=0.0) > 0
    assert throttle.take("a", now=0.0) == 0.0  # forgotten, so its bucket is full again


def test_a_clock_that_stands_or_steps_back_gives_nothing() -> None:
    bucket = Bucket(rate_per_s=1, burst=1, tokens=0, filled_at=5.0)
    assert bucket.take(now=4.0) == 1.0
    assert bucket.take(now=4.0) == 1.0


@given(
    st.lists(st.floats(min_value=0, max_value=5), max_size=60),
    st.floats(min_value=0.1, max_value=10),
    st.integers(min_value=1, max_value=10),
)
def test_never_more_than_the_burst_and_the_rate(
    steps: list[float], rate: float, burst: int
) -> None:
    throttle = Throttle(rate_per_s=rate, burst=burst)
    now = granted = 0.0
    for step in steps:
        now += step
        wait_s = throttle.take("a", now=now)
        assert wait_s >= 0
        granted += wait_s == 0
    assert granted <= burst + rate * now + 1e-6


def test_what_is_given_back_can_be_taken_again() -> None:
    throttle = Throttle(rate_per_s=0.001, burst=2)
    throttle.give_back("nobody")
    assert len(throttle) == 0
    for _ in range(5):
        assert throttle.take("a", now=0) == 0
        throttle.give_back("a")
    throttle.give_back("a")
    assert [throttle.take("a", now=0) > 0 for _ in range(3)] == [False, False, True]
