"""The downlink's estimate over links in virtual time: use, delay, convergence, fair parts."""

from __future__ import annotations

import random
from functools import partial

import pytest

from bench.link import Link, Shape
from media.congestion.estimator import MIN_BPS, SILENCE_S, START_BPS, DownlinkEstimator
from media.congestion.pacer import BURST_S
from media.congestion.send_log import PacketResult
from tests.media.congestion.flow import Browser, Flow, Frames, Layers, Step, run

RATES = (300e3, 500e3, 1e6, 2e6, 5e6)
QUEUES = {
    "short way": Shape(delay_s=0.02, queue_s=0.2),
    "long queue": Shape(delay_s=0.06, queue_s=0.5),
    "shaper": Shape(delay_s=0.03, queue_s=0.3, bucket_bytes=5000),
}


def flow_over(shape: Shape, rate: float, frames: Frames | None = None, **link: float) -> Flow:
    return Flow(
        Link(shape.__class__(**{**_fields(shape), "rate_bps": rate, **link})), frames or Frames()
    )


def _fields(shape: Shape) -> dict[str, object]:
    return {name: getattr(shape, name) for name in shape.__slots__}


def change(flow: Flow, at: float, **fields: float) -> Step:
    return at, lambda now: flow.down.change(now=now, **fields)


def targets(flow: Flow, since: float, until: float) -> list[int]:
    return [each.target_bps for each in flow.moments if since <= each.at < until]


@pytest.mark.parametrize("kind", QUEUES)
@pytest.mark.parametrize("rate", RATES)
def test_a_link_is_used_and_its_queue_stays_short(rate: float, kind: str) -> None:
    flow = flow_over(QUEUES[kind], rate)
    run([flow], 30)
    assert flow.rate(5, 30) > 0.88 * rate
    assert flow.queue_p95(5, 30) < 0.1
    assert min(targets(flow, 5, 30)) > 0.7 * rate
    assert max(targets(flow, 5, 30)) < (1.7 if kind == "shaper" else 1.2) * rate


@pytest.mark.parametrize("kind", ["short way", "long queue"])
def test_it_follows_a_link_that_changes(kind: str) -> None:
    steps = [(0, 1e6), (10, 3e5), (20, 5e6), (32, 5e5), (42, 2e6), (54, 1e6), (64, 3e5), (74, 2e6)]
    flow = flow_over(QUEUES[kind], 1e6)
    run([flow], 86, *[change(flow, at, rate_bps=rate) for at, rate in steps])
    for (at, rate), until in zip(steps, [at for at, _ in steps[1:]] + [86], strict=True):
        assert flow.reached(0.85 * rate, at) < 10, (at, rate)
        assert flow.queue_p95(at + 5, until) < 0.1, (at, rate)
        assert flow.rate(until - 4, until) > 0.85 * rate, (at, rate)


@pytest.mark.parametrize("rate", [5e5, 2e6])
@pytest.mark.parametrize("bucket_s", [0.05, 0.15])
def test_a_policer_is_found_by_its_loss(rate: float, bucket_s: float) -> None:
    bucket = max(int(rate * bucket_s / 8), 3000)
    flow = flow_over(Shape(delay_s=0.03, is_policed=True, bucket_bytes=bucket), rate)
    run([flow], 5)
    before = dict(flow.down.counts)
    run([flow], 25, since=5)
    lost = flow.down.counts["dropped"] - before["dropped"]
    assert flow.rate(5, 25) > 0.85 * rate
    assert lost < 0.08 * (flow.down.counts["sent"] - before["sent"])
    assert flow.estimator.loss < 0.2


def test_a_policer_that_lets_more_pass_is_filled_within_ten_seconds() -> None:
    flow = flow_over(Shape(delay_s=0.03, is_policed=True, bucket_bytes=10_000), 5e5)
    run([flow], 25, change(flow, 10, rate_bps=3e6))
    assert flow.reached(0.85 * 3e6, 10) < 10


@pytest.mark.parametrize("loss", [0.02, 0.1, 0.3])
def test_loss_that_comes_whatever_is_sent_does_not_starve_the_screen(loss: float) -> None:
    flow = flow_over(QUEUES["long queue"], 2e6, loss=loss)
    run([flow], 25)
    assert flow.rate(8, 25) > 0.8 * (1 - loss) * 2e6
    assert flow.estimator.loss == pytest.approx(loss, abs=0.1)


@pytest.mark.parametrize("loss", [0.1, 0.3, 0.7])
def test_what_is_little_goes_on_through_any_loss(loss: float) -> None:
    """A camera and sound: far less than is allowed, so there is nothing to step down from."""
    flow = flow_over(Shape(delay_s=0.03), 0, Frames(rate=15, most_bps=130e3))
    flow.frames.wanted_bps = 150e3
    run([flow], 15, change(flow, 4, loss=loss))
    assert min(targets(flow, 4, 15)) == START_BPS


def test_feedback_that_is_lost_does_not_lower_the_estimate() -> None:
    down = Link(Shape(delay_s=0.03, rate_bps=2e6))
    flow = Flow(down, Frames(), up=Link(Shape(delay_s=0.03, loss=0.4), seed=4))
    run([flow], 20)
    assert flow.rate(6, 20) > 0.85 * 2e6
    assert flow.queue_p95(6, 20) < 0.15


def test_jitter_is_no_congestion() -> None:
    flow = flow_over(Shape(delay_s=0.03, queue_s=0.3, jitter_s=0.02), 2e6)
    run([flow], 25)
    assert flow.reached(0.85 * 2e6, 0) < 10
    assert flow.rate(10, 25) > 0.8 * 2e6


class BusyBrowser(Browser):
    """Kept from its work for moments of up to 0.3 s, about once in 1.5 s: what came is then read
    at once.
    """

    def __init__(self) -> None:
        super().__init__()
        chance = random.Random(3)
        self._stalls: list[tuple[float, float]] = []
        at = 0.0
        while at < 60:
            at += chance.uniform(0.8, 2.0)
            self._stalls.append((at, at + chance.uniform(0.02, 0.3)))

    def arrived(self, number: int, at: float) -> None:
        ends = next((end for begin, end in self._stalls if begin <= at < end), at)
        super().arrived(number, ends)


@pytest.mark.parametrize("rate", [1e6, 20e6])
def test_a_busy_browser_is_no_congestion(rate: float) -> None:
    steps = (100e3, 400e3, 900e3, 4000e3)
    flow = flow_over(Shape(delay_s=0.01, queue_s=0.3), rate, Layers(*steps, rate=20))
    flow.frames.wanted_bps = 4e6
    flow.browser = BusyBrowser()
    run([flow], 30)
    assert flow.rate(4, 30) > (3e6 if rate > 4e6 else 0.4e6)


def test_sound_alone_on_a_busy_browser_keeps_the_way_open() -> None:
    flow = flow_over(Shape(delay_s=0.01), 20e6, Layers(4000e3))
    flow.frames.wanted_bps = 4e6
    flow.browser = BusyBrowser()
    run([flow], 6)
    flow.frames.most_bps = 0  # everybody's camera is off, and the tutor's screen
    run([flow], 20, since=6)
    assert flow.estimator.target_bps > 1.5e6


SHARED = {
    "queue": Shape(delay_s=0.03, queue_s=0.3),
    "shaper": Shape(delay_s=0.03, queue_s=0.3, bucket_bytes=10_000),
    "policer": Shape(delay_s=0.03, is_policed=True, bucket_bytes=15_000),
}


@pytest.mark.parametrize(
    ("kind", "rate"),
    [("queue", 1e6), ("queue", 3e6), ("shaper", 1e6), ("shaper", 3e6), ("policer", 1e6)],
)
def test_two_receivers_share_a_link_fairly(rate: float, kind: str) -> None:
    link = Link(Shape(**{**_fields(SHARED[kind]), "rate_bps": rate}))  # type: ignore[arg-type]
    flows = [Flow(link, Frames(), starts_at=each * 4.0) for each in range(2)]
    run(flows, 55)
    parts = [flow.rate(15, 55) for flow in flows]
    assert sum(parts) > 0.85 * rate
    assert min(parts) > 0.35 * sum(parts)
    assert max(flow.queue_p95(15, 55) for flow in flows) < 0.1


def test_layers_that_do_not_fit_are_not_tried_over_and_over() -> None:
    steps = (100e3, 200e3, 350e3, 700e3, 1500e3, 3000e3)
    flow = flow_over(QUEUES["long queue"], 1e6, Layers(*steps))
    run([flow], 30)
    assert flow.queue_p95(5, 30) < 0.1
    assert flow.rate(5, 30) > 700e3
    changes = sum(
        a != b for a, b in zip(chosen(flow, steps), chosen(flow, steps)[1:], strict=False)
    )
    assert changes <= 3, "no swings"


def chosen(flow: Flow, steps: tuple[float, ...]) -> list[int]:
    return [sum(step <= target for step in steps) for target in targets(flow, 5, 30)]


def test_layers_come_back_within_seconds_when_the_link_gets_better() -> None:
    flow = flow_over(QUEUES["short way"], 3e5, Layers(100e3, 200e3, 500e3, 1500e3, 3000e3))
    run([flow], 25, change(flow, 10, rate_bps=5e6))
    assert flow.reached(3e6, 10) < 7


def test_a_page_of_300_kilobytes_does_not_fill_the_queue() -> None:
    flow = flow_over(QUEUES["long queue"], 1e6, Frames(rate=5, most_bps=100e3))
    flow.frames.wanted_bps = 1.2e6
    flow.frames.key_frames = [(8.0, 300_000), (14.0, 300_000)]
    run([flow], 20)
    assert flow.queue_p95(8, 20) < 0.1
    assert flow.rate(8, 10.5) > 0.78e6
    assert flow.pacer.queued_bytes == 0


def test_what_is_not_filled_does_not_grow_and_costs_no_padding() -> None:
    flow = flow_over(Shape(delay_s=0.03), 0, Frames(most_bps=300e3))
    flow.frames.wanted_bps = 400e3
    run([flow], 10)
    assert set(targets(flow, 0, 10)) == {START_BPS}
    assert not flow.probes
    assert flow.padding == 0


def test_a_class_begins_sharp_where_the_network_allows_it() -> None:
    flow = flow_over(Shape(delay_s=0.03), 0, Layers(300e3, 1e6, 2.5e6, 5e6))
    run([flow], 5)
    assert flow.reached(5e6, 0) < 1.0
    assert flow.padding < 100_000


def test_clusters_do_not_cost_what_they_look_for() -> None:
    """Layers use nine tenths of a link, more is wanted, so clusters come and find it full."""
    flow = flow_over(Shape(delay_s=0.02, queue_s=0.3), 2e6, Layers(600e3, 1800e3, 4000e3))
    flow.frames.wanted_bps = 4e6
    run([flow], 60)
    assert min(targets(flow, 10, 60)) > 0.84 * 2e6
    assert flow.rate(10, 60) > 0.85 * 2e6


def test_padding_is_little_on_a_link_that_has_no_more() -> None:
    flow = flow_over(QUEUES["short way"], 5e5)
    run([flow], 30)
    assert flow.padding * 8 / 30 < 0.03 * 5e5


def test_it_is_smooth_where_loss_set_the_limit() -> None:
    flow = flow_over(Shape(delay_s=0.03, is_policed=True, bucket_bytes=5000), 1e6)
    assert flow.estimator.burst_s == BURST_S
    run([flow], 6)
    assert flow.estimator.burst_s < BURST_S
    assert flow.estimator.pacing_bps < flow.estimator.target_bps + 1


def test_silence_lowers_the_target_only_while_something_is_unanswered() -> None:
    flow = flow_over(Shape(delay_s=0.03), 0, Frames(most_bps=800e3))
    run([flow], 5)
    before = flow.estimator.target_bps
    run([flow], 5 + SILENCE_S + 0.5, change(flow, 5, loss=1.0), since=5)
    assert flow.estimator.target_bps == pytest.approx(0.7 * before, rel=0.01)
    run([flow], 12, since=5 + SILENCE_S + 0.5)
    assert flow.estimator.target_bps < 0.3 * before
    run([flow], 22, change(flow, 12, loss=0.0), since=12)
    assert flow.estimator.target_bps > 800e3


def test_who_sends_nothing_is_not_punished() -> None:
    flow = flow_over(Shape(delay_s=0.03), 0, Frames(most_bps=800e3))
    run([flow], 5)
    assert flow.estimator.next_timer() is not None
    for delivery in flow.down.receive(now=6):
        flow.arrived(delivery.payload, delivery.queued_s, delivery.at)  # type: ignore[arg-type]
    flow.answer(6.0)
    for delivery in flow.up.receive(now=7):
        flow.estimator.report(flow.log.results(delivery.payload, now=7), now=7)  # type: ignore[arg-type]
    assert flow.estimator.next_timer() is None
    before = flow.estimator.target_bps
    flow.estimator.handle_timer(100.0)
    assert flow.estimator.target_bps == before


def test_a_peer_without_feedback_gets_what_it_says() -> None:
    estimator = DownlinkEstimator(now=0.0)
    assert estimator.target_bps == START_BPS
    estimator.limit(3_000_000, now=1.0)
    assert estimator.target_bps == 3_000_000
    assert estimator.probe(wanted_bps=9_000_000, now=1.0) is None
    assert estimator.next_timer() is None
    estimator.limit(0, now=2.0)
    assert estimator.target_bps == MIN_BPS
    assert not estimator.has_feedback


def test_a_peer_with_feedback_and_a_limit_gets_the_less_of_both() -> None:
    flow = flow_over(Shape(delay_s=0.03), 0, Frames())
    run([flow], 3)
    assert flow.estimator.target_bps > 2_000_000
    flow.estimator.limit(700_000, now=3.0)
    assert flow.estimator.target_bps == 700_000
    run([flow], 5, since=3)
    assert flow.estimator.target_bps == 700_000


def test_lies_of_a_peer_stay_within_bounds() -> None:
    """Arrivals that run backwards, stand still or jump by days."""
    estimator = DownlinkEstimator(now=0.0)
    number = 0
    for step, jump in enumerate((0.0, -50.0, 1e6, -1e6, 0.0, 1e-9) * 40):
        results = []
        for each in range(20):
            results.append(PacketResult(step * 0.1, 1200, 100 + jump * each, None, number))
            number += 1
        estimator.report(results, now=step * 0.1 + 0.05)
        probe = estimator.probe(wanted_bps=50_000_000, now=step * 0.1 + 0.05)
        assert probe is None or probe.rate_bps <= 20_000_000
        assert MIN_BPS <= estimator.target_bps <= 20_000_000
        assert estimator.pacing_bps > 0


def test_a_stall_while_little_is_sent_does_not_take_what_was_learned() -> None:
    """Half a second of delay on a line that carries sound alone: what comes then is the little
    that was sent, and no word of what the line carries.
    """
    down = Link(Shape())
    flow = Flow(down, Frames(most_bps=100e3))
    flow.frames.wanted_bps = 1.2e6
    run([flow], 5.0)
    before = flow.estimator.target_bps
    stalls = [
        (at + since, partial(_delayed, down, delay))
        for at in (5.0, 8.0, 11.0)
        for since, delay in ((0.0, 0.15), (0.5, 0.03))
    ]
    run([flow], 14.0, *stalls, since=5.0)
    assert min(moment.target_bps for moment in flow.moments if moment.at > 5.0) > 0.2 * before
    assert flow.estimator.target_bps > 0.8 * before


def _delayed(link: Link, delay_s: float, now: float) -> None:
    link.change(now=now, delay_s=delay_s)
