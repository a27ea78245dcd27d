"""The uplink's estimate, from packets over a line of a known rate."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from media.congestion.uplink import MIN_BPS, UplinkEstimator

CEILING = 8_000_000
PACKET = 1100


@dataclass
class Line:
    """Carries `rate_bps` after `delay`; what waits longer than `queue` is lost."""

    estimator: UplinkEstimator
    rate_bps: float
    delay: float = 0.03
    queue: float = 0.5
    now: float = 100.0
    clock: float = 41.5
    targets: list[int] = field(default_factory=list)
    sent: int = 0
    lost: int = 0
    loss: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    _free_at: float = 0.0
    _looks: int = 0

    def send(self, seconds: float, bps: float | None = None, packet: int = PACKET) -> None:
        """Sends at `bps`, or as told, 30 frames a second, each spread over 10 ms."""
        for _ in range(round(seconds * 30)):
            rate = bps if bps is not None else float(self.estimator.target_bps(self.now))
            count = max(round(rate / 30 / 8 / packet), 1)
            size = max(int(rate / 30 / 8 / count), 60)
            for place in range(count):
                self._one(self.now + 0.01 * place / count, size)
            self.now += 1 / 30
            if self.now * 10 // 1 != self._looks:
                self._looks = int(self.now * 10 // 1)
                self.estimator.loses(self.loss)
                self.targets.append(self.estimator.target_bps(self.now))
                if self._looks % 10 == 0 and self.sent:
                    self.estimator.lost(self.lost / self.sent, now=self.now)
                    self.sent = self.lost = 0

    def _one(self, at: float, size: int) -> None:
        self.sent += 1
        leaves = max(at, self._free_at) + size * 8 / self.rate_bps
        if leaves - at > self.queue:
            self.lost += 1
            return
        self._free_at = leaves
        if self.chance.random() < self.loss:
            self.lost += 1
            return
        stamp = int((at + self.clock) * (1 << 18)) & 0xFFFFFF
        self.estimator.packet(stamp, size, arrival=leaves + self.delay)

    @property
    def waiting(self) -> float:
        return max(self._free_at - self.now, 0.0)


def line(rate_bps: float, **shape: float) -> Line:
    return Line(UplinkEstimator(ceiling_bps=CEILING, now=100.0), rate_bps, **shape)


def test_a_line_never_seen_congested_is_trusted_whatever_is_sent() -> None:
    made = line(50e6)
    for bps in (30_000, 500_000, 2_000_000, 30_000, 6_000_000):
        made.send(5.0, bps)
    assert set(made.targets) == {CEILING}


def test_the_ceiling_can_be_changed() -> None:
    made = line(50e6)
    made.send(1.0, 500_000)
    made.estimator.ceiling_bps = 3_000_000
    assert made.estimator.target_bps(made.now) == 3_000_000


def test_a_queue_brings_it_below_the_line_within_a_second() -> None:
    for rate in (300e3, 1e6, 3e6):
        made = line(rate)
        made.send(1.0, 2.5 * rate)
        assert 0.5 * rate < made.targets[-1] < rate


def test_it_finds_the_line_and_keeps_its_queue_short() -> None:
    for rate in (300e3, 1e6, 3e6):
        made = line(rate)
        made.send(5.0)
        assert made.waiting < 0.1
        made.targets.clear()
        made.send(20.0)
        mean = sum(made.targets) / len(made.targets)
        assert 0.75 * rate < mean < 1.05 * rate
        assert max(made.targets) < 1.5 * rate


def test_it_follows_a_line_that_gets_worse_and_better() -> None:
    made = line(3e6)
    made.send(10.0)
    made.rate_bps = 600e3
    made.send(4.0)
    assert made.targets[-1] < 650e3
    made.send(4.0)
    assert made.waiting < 0.15
    made.rate_bps = 3e6
    made.send(8.0)
    assert made.targets[-1] > 1.8e6


def test_what_is_not_used_may_not_grow_far_beyond_what_is_known() -> None:
    made = line(1e6)
    made.send(5.0)
    known = made.targets[-1]
    made.send(10.0, 150_000)
    assert known * 0.9 < made.targets[-1] < 3.2e6
    made.send(80.0, 150_000)
    assert made.targets[-1] == CEILING  # long ago: trusted again


def test_a_path_that_got_longer_is_no_queue() -> None:
    made = line(50e6)
    made.send(5.0, 2_000_000)
    made.delay += 0.12
    made.send(6.0, 2_000_000)
    low = made.targets[-1]
    made.send(10.0)
    assert made.targets[-1] > max(2 * low, 2_000_000)


def test_a_short_queue_that_overflows_is_found_by_loss() -> None:
    made = line(1e6, queue=0.055)
    made.send(3.0, 2e6)
    assert made.targets[-1] < 1.05e6


def test_loss_without_a_queue_is_left_to_the_sender() -> None:
    made = line(50e6)
    made.send(2.0, 1e6)
    for _ in range(10):
        made.estimator.lost(0.3, now=made.now)
        made.send(1.0, 1e6)
    assert set(made.targets) == {CEILING}


def test_sound_that_is_late_does_not_strangle_pictures() -> None:
    made = line(50e6)
    made.send(3.0, 24_000, packet=100)
    for _ in range(10):
        made.delay = 0.13
        made.send(0.3, 24_000, packet=100)
        made.delay = 0.03
        made.send(1.0, 24_000, packet=100)
    assert made.targets[-1] == CEILING


def test_numbers_of_send_time_wrap_each_64_s_and_after_silence() -> None:
    made = line(50e6)
    made.send(70.0, 100_000)
    made.now += 500.0
    made.send(70.0, 100_000)
    made.now += 31.0
    made.send(5.0, 2_000_000)
    assert set(made.targets) == {CEILING}


def test_it_never_says_less_than_sound_needs() -> None:
    made = line(40e3)
    made.send(20.0, 400e3)
    assert min(made.targets) == MIN_BPS


def test_packets_of_every_order_and_time_are_taken() -> None:
    made = line(50e6)
    for step in range(2000):
        stamp = (step * 7919 * 131) & 0xFFFFFF
        made.estimator.packet(stamp, 1 + step % 1500, arrival=100.0 + step * 0.001)
        if step % 100 == 0:
            target = made.estimator.target_bps(100.0 + step * 0.001)
            assert MIN_BPS <= target <= CEILING


@pytest.mark.parametrize(("loss", "rate_bps"), [(0.7, 500e3), (0.5, 500e3), (0.3, 400e3)])
def test_what_a_line_loses_by_itself_is_not_what_it_does_not_carry(
    loss: float, rate_bps: float
) -> None:
    """Seven of ten lost, a third arrives of what it carries; so it must not be told a third."""
    made = line(rate_bps)
    made.loss = loss
    made.send(5.0, 200e3)
    made.targets.clear()
    made.send(5.0)
    made.targets.clear()
    made.send(30.0)
    told = sorted(made.targets)
    assert 0.55 * rate_bps < told[len(told) // 2] < 1.1 * rate_bps
    assert told[len(told) // 20] > 0.35 * rate_bps


def test_loss_alone_takes_nothing_from_what_is_told() -> None:
    made = line(50e6)
    made.loss = 0.7
    made.send(20.0, 600e3)
    assert set(made.targets) == {CEILING}
