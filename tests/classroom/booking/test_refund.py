"""What comes back, hour by hour."""

from __future__ import annotations

import pytest

from classroom.booking.refund import (
    DEFAULT,
    HOUR_S,
    Missed,
    Step,
    Why,
    back,
    percent_back,
    read_rule,
    until_s,
    write_rule,
)
from classroom.errors import Refused

HALVES = (Step(24, 100), Step(12, 50))
FREE = (Step(0, 100),)
NEVER: tuple[Step, ...] = ()

GOLDEN: tuple[tuple[tuple[Step, ...], Why, int, Missed, int], ...] = (
    (DEFAULT, "client", 48 * HOUR_S, "charged", 100),
    (DEFAULT, "client", 24 * HOUR_S, "charged", 100),
    (DEFAULT, "client", 24 * HOUR_S - 1, "charged", 0),
    (DEFAULT, "client", -HOUR_S, "charged", 0),
    (HALVES, "client", 24 * HOUR_S, "charged", 100),
    (HALVES, "client", 24 * HOUR_S - 1, "charged", 50),
    (HALVES, "client", 12 * HOUR_S, "charged", 50),
    (HALVES, "client", 12 * HOUR_S - 1, "charged", 0),
    (FREE, "client", 0, "charged", 100),
    (FREE, "client", -1, "charged", 0),
    (NEVER, "client", 10**7, "charged", 0),
    (NEVER, "host", 0, "charged", 100),
    (DEFAULT, "host", 60, "charged", 100),
    (DEFAULT, "host", -HOUR_S, "charged", 100),
    (DEFAULT, "lapsed", 60, "charged", 100),
    (NEVER, "missed_by_host", -HOUR_S, "charged", 100),
    (DEFAULT, "missed_by_client", -HOUR_S, "charged", 0),
    (DEFAULT, "missed_by_client", -HOUR_S, "free", 100),
)


@pytest.mark.parametrize(("rule", "why", "before_s", "missed", "percent"), GOLDEN)
def test_what_comes_back(
    rule: tuple[Step, ...], why: Why, before_s: int, missed: Missed, percent: int
) -> None:
    assert percent_back(rule, why, before_s=before_s, missed=missed) == percent


def test_part_of_what_was_kept() -> None:
    assert back(6000, 100) == 6000
    assert back(6001, 50) == 3001
    assert back(6000, 0) == 0
    assert back(1, 1) == 1


def test_until_when_as_much_comes_back() -> None:
    start = 1_000_000_000
    assert until_s(HALVES, start, start - 30 * HOUR_S) == start - 24 * HOUR_S
    assert until_s(HALVES, start, start - 20 * HOUR_S) == start - 12 * HOUR_S
    assert until_s(HALVES, start, start - HOUR_S) is None
    assert until_s(NEVER, start, start - 10**6) is None


def test_rules_are_read_in_any_order_and_written_again() -> None:
    written = [{"hours": 12, "percent": 50}, {"hours": 24, "percent": 100}]
    assert read_rule(written) == HALVES
    assert read_rule(write_rule(HALVES)) == HALVES
    assert read_rule([]) == NEVER


@pytest.mark.parametrize(
    "wrong",
    [
        "24",
        {"hours": 24, "percent": 100},
        [{"hours": 24}],
        [{"hours": 24, "percent": 101}],
        [{"hours": -1, "percent": 100}],
        [{"hours": True, "percent": 100}],
        [{"hours": 24.0, "percent": 100}],
        [{"hours": 24, "percent": 100, "more": 1}],
        [{"hours": 24, "percent": 100}, {"hours": 24, "percent": 50}],
        [{"hours": 24, "percent": 50}, {"hours": 12, "percent": 100}],
        [{"hours": hours, "percent": 0} for hours in range(6)],
    ],
)
def test_rules_that_cannot_be_meant_are_refused(wrong: object) -> None:
    with pytest.raises(Refused, match=r"payment\.rule"):
        read_rule(wrong)
