"""A line that loses half and more of both ways, its feedback too, is still known by what it
carries: neither flooded nor given up."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

import pytest

from bench.link import Link, Shape
from media.congestion.send_log import PacketResult
from media.congestion.throughput import Throughput
from tests.media.congestion.flow import Flow, Frames, run

BAD_AT = 5.0
SETTLED = 15.0
UNTIL = 45.0


def lossy_flow(
    loss: float, *, cap_bps: float = 0.0, wanted_bps: float = 2.5e6, burst: float = 0.0, seed: int
) -> Flow:
    """A clean line that loses `loss` both ways from BAD_AT on."""
    down = Link(Shape(rate_bps=cap_bps), seed=seed)
    up = Link(Shape(), seed=seed + 100)
    flow = Flow(down, Frames(most_bps=wanted_bps), up=up)
    flow.frames.wanted_bps = wanted_bps

    def turn_bad(now: float) -> None:
        down.change(now=now, loss=loss, mean_burst=burst)
        up.change(now=now, loss=loss)

    run([flow], SETTLED, (BAD_AT, turn_bad))
    down.counts["before"] = down.counts["offered"]
    run([flow], UNTIL, since=SETTLED)
    return flow


def targets(flow: Flow) -> list[int]:
    return [moment.target_bps for moment in flow.moments if moment.at > SETTLED]


def offered_bps(flow: Flow) -> float:
    counts = flow.down.counts
    return (counts["offered"] - counts["before"]) * 8 / (UNTIL - SETTLED)


@pytest.mark.parametrize("burst", [0.0, 5.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_wide_line_that_loses_seventy_of_a_hundred_stays_wide(burst: float, seed: int) -> None:
    """So that there is room for every copy that speech and one picture need."""
    flow = lossy_flow(0.7, burst=burst, seed=seed)
    assert median(targets(flow)) > 1.5e6
    assert min(targets(flow)) > 1.0e6


@pytest.mark.parametrize(("loss", "cap_bps"), [(0.7, 800e3), (0.5, 800e3), (0.3, 400e3)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_narrow_line_is_filled_and_not_flooded(loss: float, cap_bps: float, seed: int) -> None:
    flow = lossy_flow(loss, cap_bps=cap_bps, seed=seed)
    assert 0.6 * cap_bps < median(targets(flow)) < 1.05 * cap_bps
    assert 0.6 * cap_bps < offered_bps(flow) < 1.1 * cap_bps
    assert flow.queue_p95(SETTLED, UNTIL) < 0.3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_line_that_is_asked_for_what_it_carries_keeps_its_target(seed: int) -> None:
    flow = lossy_flow(0.7, cap_bps=800e3, wanted_bps=500e3, seed=seed)
    assert median(targets(flow)) > 0.6 * 800e3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_look_at_a_path_that_loses_much_is_a_step_and_no_fall(seed: int) -> None:
    """Of few packets that come, chance makes more or less of what the path delivers."""
    found = targets(lossy_flow(0.7, cap_bps=800e3, seed=seed))
    assert min(after / before for before, after in pairwise(found)) > 0.69


def test_of_the_time_between_two_feedbacks_that_do_not_follow_nothing_is_concluded() -> None:
    """Each tells of its own packets; the rate is theirs, whatever happened in the time between."""
    throughput = Throughput()
    for first in (0, 100, 200, 300):  # 10 of 100 numbers are told of
        results = [
            PacketResult(number * 0.01, 125, number * 0.01 + 50, None, number)
            for number in range(first, first + 10)
        ]
        throughput.update(results, [], 0.0)
    assert throughput.sent_bps == pytest.approx(100_000)
    assert throughput.received_bps == pytest.approx(100_000)
