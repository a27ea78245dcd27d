"""The delay's parts: groups, trend, queue, throughput, drain."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from media.congestion.arrival_groups import ArrivalGroups, Group
from media.congestion.drain import Drain
from media.congestion.path_delay import BASE_S, PathDelay
from media.congestion.rate_control import DECREASE, RateControl
from media.congestion.send_log import PacketResult
from media.congestion.throughput import Throughput
from media.congestion.trend import Trend, Usage

CLOCK = 5000.0


def burst(
    sent_at: float, first: float, count: int = 1, spacing: float = 0.004
) -> list[PacketResult]:
    """`count` packets sent at one instant that come one after the other."""
    return [
        PacketResult(sent_at, 1000, first + CLOCK + each * spacing, None, 0)
        for each in range(count)
    ]


def groups_of(*bursts: list[PacketResult]) -> list[Group]:
    groups = ArrivalGroups()
    return groups.add([each for one in bursts for each in one])


def ticks(delays: Iterable[float], tick: float = 0.01) -> list[Group]:
    return [
        Group(count * tick, count * tick + delay + CLOCK, count * tick + delay + CLOCK, 1000)
        for count, delay in enumerate(delays)
    ]


def test_a_burst_of_any_size_is_one_group_with_the_delay_of_its_first() -> None:
    large, small, _ = (burst(1.0, 1.05, 60, 0.0001), burst(1.01, 1.06), burst(1.02, 1.07))
    first, second = groups_of(large, small, burst(1.02, 1.07))
    assert first.arrival - first.sent_at == pytest.approx(0.05 + CLOCK)
    assert first.size == 60_000
    assert second.arrival - second.sent_at == pytest.approx(0.05 + CLOCK)


def test_what_the_path_held_back_and_let_go_at_once_is_one_group() -> None:
    held = [burst(1.0 + each * 0.01, 1.1 + each * 0.0001) for each in range(5)]
    (group,) = groups_of(*held, burst(1.2, 1.24))
    assert group.sent_at == 1.04
    assert group.arrival - group.sent_at == pytest.approx(0.0604 + CLOCK)


def test_lost_packets_make_no_group() -> None:
    lost = [PacketResult(1.0, 1000, None, None, 0)]
    assert groups_of(lost, burst(1.0, 1.05), burst(1.02, 1.07)) == groups_of(
        burst(1.0, 1.05), burst(1.02, 1.07)
    )


def usage(delays: Iterable[float]) -> Usage:
    trend = Trend()
    groups = ticks(delays)
    for start in range(0, len(groups), 10):
        trend.update(groups[start : start + 10])
    return trend.usage


def test_a_queue_that_grows_by_a_tenth_is_overuse_within_half_a_second() -> None:
    assert usage([0.03] * 100 + [0.03 + 0.001 * each for each in range(50)]) is Usage.OVER


def test_a_queue_that_empties_is_underuse() -> None:
    assert usage([0.2] * 100 + [0.2 - 0.002 * each for each in range(40)]) is Usage.UNDER


def test_a_steady_delay_with_noise_is_neither() -> None:
    chance = random.Random(3)
    assert usage([0.03] * 300) is Usage.NORMAL
    assert usage([0.03 + chance.random() * 0.004 for _ in range(300)]) is Usage.NORMAL


def test_the_queue_is_measured_against_the_shortest_way_of_late() -> None:
    path = PathDelay()
    path.update(ticks([0.05, 0.03, 0.09]))
    assert path.queue == pytest.approx(0.06)
    assert path.least == pytest.approx(0.0)
    path.update([Group(1.0, 1.07 + CLOCK, 1.07 + CLOCK, 1000)])
    assert path.least == pytest.approx(0.04)
    late = BASE_S + 10
    path.update([Group(late, late + 0.07 + CLOCK, late + 0.07 + CLOCK, 1000)])
    assert path.least == 0.0


def test_a_path_that_got_longer_is_no_queue_once_that_is_said() -> None:
    path = PathDelay()
    path.update(ticks([0.03]))
    path.update([Group(1.0, 1.08 + CLOCK, 1.08 + CLOCK, 1000)])
    path.forget()
    path.update([Group(1.1, 1.18 + CLOCK, 1.18 + CLOCK, 1000)])
    assert path.least == pytest.approx(0.0)
    path.update([Group(1.2, 1.23 + CLOCK, 1.23 + CLOCK, 1000)])
    path.update([Group(1.3, 1.38 + CLOCK, 1.38 + CLOCK, 1000)])
    assert path.least == pytest.approx(0.05)


def test_what_is_sent_and_received_and_served() -> None:
    """100 kB/s sent in bursts of 1 kB each 10 ms, over a link that carries half of it."""
    throughput, groups = Throughput(), ArrivalGroups()
    number = 0
    for feedback in range(10):
        results = []
        for each in range(10):
            count = feedback * 10 + each
            arrival = None if each == 3 else CLOCK + 0.03 + count * 0.02
            results.append(PacketResult(count * 0.01, 1000, arrival, None, number))
            number += 1
        throughput.update(results, groups.add(results), CLOCK + 0.03)
    assert throughput.sent_bps == pytest.approx(800_000, rel=0.02)
    assert throughput.received_bps == pytest.approx(360_000, rel=0.05)
    assert throughput.busy_bps == pytest.approx(360_000, rel=0.1)


def test_time_that_lost_feedback_covers_is_not_counted_as_idle() -> None:
    throughput = Throughput()
    for first in (0, 10, 20, 200, 210, 220):
        results = [
            PacketResult(
                (first + each) * 0.01, 1000, CLOCK + (first + each) * 0.01, None, first + each
            )
            for each in range(10)
        ]
        throughput.update(results, [], CLOCK)
    assert throughput.received_bps == pytest.approx(800_000, rel=0.02)


def test_a_drain_ends_when_the_queue_is_gone() -> None:
    drain = Drain()
    drain.begin(now=1.0)
    assert not drain.update(0.4, now=1.0)
    deep = drain.share
    assert not drain.update(0.1, now=1.5)
    assert drain.is_on
    assert deep < drain.share < 1
    assert not drain.update(0.001, now=2.0)
    assert not drain.is_on


def test_a_queue_that_no_holding_back_shortens_is_not_ours() -> None:
    drain = Drain()
    drain.begin(now=1.0)
    assert not drain.update(0.1, now=1.1)
    assert any(drain.update(0.1, now=at / 10) for at in range(20, 40))
    assert not drain.is_on


def test_growth_is_slow_at_first_and_doubles_until_a_queue_shows() -> None:
    rate = RateControl(1_000_000, now=0.0)
    gains = []
    for count in range(1, 41):
        before = rate.target
        rate.grow(round_trip=0.1, now=count * 0.1)
        gains.append(rate.target - before)
    assert gains[0] == pytest.approx(4800)  # a packet in each 200 ms
    assert gains[-1] > 10 * gains[0]
    assert all(gain <= rate.target * 0.1 for gain in gains)
    rate.reduce(900_000, now=5.0)
    assert rate.target == DECREASE * 900_000
    before = rate.target
    rate.grow(round_trip=0.1, now=5.1)
    assert rate.target - before == pytest.approx(4800)


def test_a_reduction_never_raises() -> None:
    rate = RateControl(300_000, now=0.0)
    rate.reduce(1_000_000, now=1.0)
    assert rate.target == 300_000


def test_a_clock_that_runs_backwards_fills_no_memory() -> None:
    throughput, path = Throughput(), PathDelay()
    for count in range(1000):
        sent, arrival = 0.1 * count, 5000.0 - 0.064 * count
        results = [PacketResult(sent, 1000, arrival, None, count)]
        groups = [Group(sent, arrival, arrival, 1000)]
        throughput.update(results, groups, path.base)
        path.update(groups)
    assert len(throughput._told) < 100
    assert len(path._lately) < 100
