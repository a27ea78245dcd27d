"""Probing: what a cluster tells, and when the next one may go."""

from __future__ import annotations

import pytest

from media.congestion.probing import (
    CONFIRM_S,
    DOUBTED,
    FIRST,
    FURTHER,
    INTERVALS_S,
    NEAR,
    PROBE_PACKETS,
    Probe,
    Probing,
)
from media.congestion.send_log import PacketResult

TICK = 0.01


def told(
    probe: Probe, link_bps: float, *, lost: int = 0, is_single: bool = False
) -> list[PacketResult]:
    """The cluster in bursts of a tick, through a link of `link_bps`, and one packet behind it."""
    size = 1000
    count = max(-(-probe.bytes // size), PROBE_PACKETS)
    results: list[PacketResult] = []
    free_at = 0.0
    for number in range(count):
        burst = 0 if is_single else int(number * size * 8 / probe.rate_bps / TICK)
        free_at = max(free_at, burst * TICK) + size * 8 / link_bps
        arrival = None if lost and number % lost == 1 else free_at + 50.0
        results.append(PacketResult(1 + burst * TICK, size, arrival, probe.cluster, number))
    return [*results, PacketResult(2.0, 100, 60.0, None, count)]


def answer_of(link_bps: float, rate: float = 2_000_000, **how: int) -> tuple[float, bool] | None:
    probing = Probing()
    probe = probing.begin(rate, now=0.0)
    return probing.update(told(probe, link_bps, **how), 0.0)


def test_a_cluster_that_came_as_it_was_sent_left_room() -> None:
    answer = answer_of(100e6)
    assert answer is not None
    assert answer[0] == pytest.approx(2_000_000, rel=0.15)
    assert not answer[1]


def test_a_cluster_that_filled_the_link_tells_its_rate() -> None:
    answer = answer_of(1_200_000)
    assert answer is not None
    assert answer[0] == pytest.approx(0.95 * 1_200_000, rel=0.05)
    assert answer[1]


def test_bursts_of_one_instant_are_not_taken_for_a_rate() -> None:
    """A worker that was late sends the whole cluster at once: what it promised is the most."""
    answer = answer_of(100e6, is_single=True)
    assert answer is not None
    assert answer[0] <= 2_000_000


def test_a_path_that_loses_a_third_anyway_is_not_full() -> None:
    probing = Probing()
    probe = probing.begin(4_000_000, now=0.0)
    answer = probing.update(told(probe, 100e6, lost=3), 1 / 3)
    assert answer is not None
    assert answer.rate_bps > 3_000_000
    assert not answer.is_full
    probe = probing.begin(4_000_000, now=9.0)
    answer = probing.update(told(probe, 100e6, lost=3), 0.0)
    assert answer is not None
    assert answer.is_full


def test_a_cluster_that_nothing_follows_is_complete_by_its_bytes() -> None:
    probing = Probing()
    probe = probing.begin(2_000_000, now=0.0)
    assert probing.update(told(probe, 100e6)[:-1], 0.0) is not None


def test_one_cluster_at_a_time_and_an_unanswered_one_is_given_up() -> None:
    probing = Probing()
    assert probing.is_due(round_trip=0.1, now=0.0)
    probing.begin(2_000_000, now=0.0)
    assert not probing.is_due(round_trip=0.1, now=1.0)
    assert not probing.is_due(round_trip=0.1, now=INTERVALS_S[0] - 0.01)
    assert probing.is_due(round_trip=0.1, now=INTERVALS_S[0])


def test_success_is_followed_at_once() -> None:
    probing = Probing()
    assert probing.factor(is_near=False) == FIRST
    probe = probing.begin(2_000_000, now=0.0)
    probing.update(told(probe, 100e6), 0.0)
    probing.raised(2_000_000, is_full=False, is_new=False, now=0.2)
    assert probing.is_due(round_trip=0.1, now=0.2)
    assert probing.factor(is_near=False) == FURTHER
    assert probing.factor(is_near=True) == NEAR


def test_who_deceived_is_doubted_until_it_held_three_times() -> None:
    probing = Probing()
    probe = probing.begin(2_000_000, now=0.0)
    probing.update(told(probe, 100e6), 0.0)
    probing.raised(2_000_000, is_full=False, is_new=False, now=0.2)
    probing.reduced(900_000, now=1.0)
    assert probing.factor(is_near=False) == DOUBTED
    assert not probing.is_due(round_trip=0.1, now=1.0 + INTERVALS_S[0])
    now = 1.0 + 2 * INTERVALS_S[0]
    for _ in range(3):
        assert probing.is_due(round_trip=0.1, now=now)
        assert probing.factor(is_near=False) == DOUBTED
        probe = probing.begin(2_000_000, now=now)
        probing.update(told(probe, 100e6), 0.0)
        probing.raised(2_000_000, is_full=False, is_new=False, now=now)
        probing.held(now=now + 0.1)
        assert not probing.is_due(round_trip=0.1, now=now + 0.1)
        now += CONFIRM_S + 0.01
        probing.held(now=now)
    assert probing.factor(is_near=False) == FURTHER


def test_a_target_that_comes_down_later_or_little_refutes_nothing() -> None:
    for reduced_to, after in ((1_900_000, 0.5), (900_000, 10.0)):
        probing = Probing()
        probing.begin(2_000_000, now=0.0)
        probing.raised(2_000_000, is_full=False, is_new=False, now=0.0)
        probing.reduced(reduced_to, now=after)
        assert probing.factor(is_near=False) == FURTHER


def test_what_is_new_soon_after_coming_down_has_to_hold_before_the_next() -> None:
    """A bucket that lets one cluster pass lets a second one pass as well."""
    probing = Probing()
    probe = probing.begin(2_000_000, now=0.0)
    probing.update(told(probe, 100e6), 0.0)
    probing.raised(2_000_000, is_full=False, is_new=True, now=0.2)
    assert not probing.is_due(round_trip=0.1, now=0.2)
    assert probing.is_due(round_trip=0.1, now=0.2 + CONFIRM_S)


def test_a_queue_right_after_a_cluster_may_be_its_own_until_it_raised_the_target() -> None:
    probing = Probing()
    assert not probing.is_felt(round_trip=0.1, now=0.0)
    probing.begin(2_000_000, now=10.0)
    assert probing.is_felt(round_trip=0.1, now=10.3)
    assert not probing.is_felt(round_trip=0.1, now=10.6)
    probing.begin(2_000_000, now=20.0)
    probing.raised(2_000_000, is_full=False, is_new=False, now=20.1)
    assert not probing.is_felt(round_trip=0.1, now=20.2)


def heavily_lost(probe: Probe, link_bps: float, came: tuple[int, ...]) -> list[PacketResult]:
    """Of the cluster only these packets came."""
    return [
        each if each.number in came or each.cluster is None else each._replace(received_at=None)
        for each in told(probe, link_bps)
    ]


@pytest.mark.parametrize(("link_bps", "least", "most"), [(100e6, 1.8e6, 2e6), (8e5, 7e5, 9e5)])
def test_three_packets_far_apart_tell_what_a_path_carries_that_loses_most(
    link_bps: float, least: float, most: float
) -> None:
    """Of ten packets three arrive at 70 %: waiting for five would be to learn nothing."""
    probing = Probing()
    probe = probing.begin(2_000_000, now=0.0)
    answer = probing.update(heavily_lost(probe, link_bps, (1, 5, 8)), 0.7)
    assert answer is not None
    assert least < answer.rate_bps < most


@pytest.mark.parametrize("came", [(2, 8), (4, 5, 6)])
def test_too_few_or_too_close_tell_nothing_and_the_next_cluster_follows_soon(
    came: tuple[int, ...],
) -> None:
    probing = Probing()
    probe = probing.begin(2_000_000, now=0.0)
    assert probing.update(heavily_lost(probe, 100e6, came), 0.7) is None
    assert not probing.is_running
    assert not probing.is_due(round_trip=0.1, now=0.3)
    assert probing.is_due(round_trip=0.1, now=1.0)
