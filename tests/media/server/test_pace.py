"""When the driver ticks."""

from __future__ import annotations

import pytest

from media.server.pace import (
    AT_ONCE_BELOW,
    CALLS_AT_ONCE_BELOW,
    CALLS_TICK_ABOVE,
    EMPTY_TICKS,
    FAN_OUT,
    HASTE_S,
    HASTE_TICK_S,
    TICK_ABOVE,
    TICK_S,
    WINDOW_S,
    Pace,
)


def run(pace: Pace, loads: list[float], fan_out: float = 10.0) -> list[float]:
    """The tick after each window of those loads, with so many packets sent for one received."""
    now = cpu = sent = 0.0
    ticks = []
    for load in loads:
        now += WINDOW_S
        cpu += load * WINDOW_S
        sent += 100 * fan_out
        pace.turned(100, now=now)
        assert pace.due(now)
        pace.measure(now=now, cpu=cpu, sent=int(sent))
        assert not pace.due(now)
        ticks.append(pace.tick_s)
    return ticks


def test_an_idle_worker_turns_at_once() -> None:
    assert run(Pace(now=0.0, cpu=0.0), [0.0, 0.01, TICK_ABOVE]) == [0.0, 0.0, 0.0]


def test_a_busy_worker_ticks_and_between_the_bounds_nothing_changes() -> None:
    between = (AT_ONCE_BELOW + TICK_ABOVE) / 2
    loads = [between, 0.1, between, 0.9, between, 0.001, between]
    assert run(Pace(now=0.0, cpu=0.0), loads) == [0.0, TICK_S, TICK_S, TICK_S, TICK_S, 0.0, 0.0]


def test_calls_of_two_turn_at_once_until_they_are_many() -> None:
    between = (CALLS_AT_ONCE_BELOW + CALLS_TICK_ABOVE) / 2
    loads = [0.05, CALLS_TICK_ABOVE, 0.3, between, 0.05]
    assert run(Pace(now=0.0, cpu=0.0), loads, 0.9) == [0.0, 0.0, TICK_S, TICK_S, 0.0]


@pytest.mark.parametrize(("fan_out", "tick"), [(FAN_OUT - 0.01, 0.0), (FAN_OUT, TICK_S)])
def test_several_receivers_of_a_packet_make_it_tick(fan_out: float, tick: float) -> None:
    assert run(Pace(now=0.0, cpu=0.0), [0.05, 0.05], fan_out) == [tick, tick]


def test_a_class_that_shrinks_to_two_turns_at_once_again() -> None:
    pace = Pace(now=0.0, cpu=0.0)
    assert run(pace, [0.05]) == [TICK_S]
    pace.turned(100, now=1.0)
    pace.measure(now=1.0, cpu=0.05, sent=1100)
    assert pace.tick_s == 0.0


@pytest.mark.parametrize("empty", [EMPTY_TICKS - 1, EMPTY_TICKS])
def test_empty_ticks_in_a_row_end_the_ticking(empty: int) -> None:
    pace = Pace(now=0.0, cpu=0.0)
    run(pace, [0.5])
    pace.turned(1, now=1.0)
    for _ in range(empty):
        pace.turned(0, now=1.0)
    assert pace.tick_s == (0.0 if empty >= EMPTY_TICKS else TICK_S)


def test_a_datagram_begins_the_count_again() -> None:
    pace = Pace(now=0.0, cpu=0.0)
    run(pace, [0.5])
    for _ in range(3):
        for _ in range(EMPTY_TICKS - 1):
            pace.turned(0, now=1.0)
        pace.turned(1, now=1.0)
    assert pace.tick_s == TICK_S


def test_a_clock_that_stands_still_is_no_division_by_zero() -> None:
    pace = Pace(now=1.0, cpu=0.0)
    pace.measure(now=1.0, cpu=0.0, sent=0)
    assert pace.tick_s == 0.0


def test_a_handshake_makes_ticks_short_for_a_while() -> None:
    pace = Pace(now=0.0, cpu=0.0)
    run(pace, [0.5])
    assert pace.tick(1.0) == TICK_S
    pace.hasten(1.0)
    assert pace.tick(1.0) == pace.tick(1.0 + HASTE_S - 0.001) == HASTE_TICK_S
    pace.hasten(1.1)
    assert pace.tick(1.0 + HASTE_S) == HASTE_TICK_S
    assert pace.tick(1.1 + HASTE_S) == TICK_S


def test_an_idle_worker_turns_at_once_for_a_handshake_too() -> None:
    pace = Pace(now=0.0, cpu=0.0)
    pace.hasten(1.0)
    assert pace.tick(1.0) == 0.0


def test_hasty_turns_that_find_nothing_do_not_end_the_ticking() -> None:
    pace = Pace(now=0.0, cpu=0.0)
    run(pace, [0.5])
    pace.hasten(1.0)
    for turn in range(int(HASTE_S / HASTE_TICK_S)):
        pace.turned(0, now=1.0 + turn * HASTE_TICK_S)
    assert pace.tick_s == TICK_S
    for _ in range(EMPTY_TICKS):
        pace.turned(0, now=1.0 + HASTE_S)
    assert pace.tick_s == 0.0
