"""A router's end and a browser's end over virtual links: ticks, pacer, log, estimator; feedback as
Chromium sends it. Sources stand in for the allocator: they follow the target at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.link import Link, Shape
from media.congestion.estimator import DownlinkEstimator
from media.congestion.pacer import Pacer
from media.congestion.probing import Probe
from media.congestion.send_log import SendLog
from media.wire.rtcp_transport import TransportFeedback

TICK_S = 0.01
PACKET = 1150
SOUND = 130


class Packet(NamedTuple):
    flow: Flow
    number: int
    size: int
    is_media: bool


class Frames:
    """Frames that follow the target: `share` of it, `rate` a second; key frames on request."""

    def __init__(self, *, rate: float = 30.0, share: float = 1.0, most_bps: float = 20e6) -> None:
        self.rate, self.share, self.most_bps = rate, share, most_bps
        self.wanted_bps = most_bps
        self.key_frames: list[tuple[float, int]] = []
        self._next_at = 0.0

    def produce(self, target_bps: float, now: float) -> list[int]:
        """The sizes of the packets of the frame that is due, if one is."""
        size = 0
        while self.key_frames and self.key_frames[0][0] <= now:
            size += self.key_frames.pop(0)[1]
        if now >= self._next_at:
            self._next_at = max(self._next_at + 1 / self.rate, now)
            size += int(min(target_bps * self.share, self.most_bps) / self.rate / 8)
        return packets(size)


class Layers(Frames):
    """As much of a ladder as the target carries, as an allocator chooses."""

    def __init__(self, *steps: float, rate: float = 30.0) -> None:
        super().__init__(rate=rate, most_bps=max(steps))
        self._steps = steps

    def produce(self, target_bps: float, now: float) -> list[int]:
        fitting = [step for step in self._steps if step <= target_bps]
        return super().produce(max(fitting, default=min(self._steps)), now)


def packets(size: int) -> list[int]:
    """Of nearly one size, as an encoder cuts a frame."""
    if size <= 0:
        return []
    count = -(-size // PACKET)
    return [max(size // count, 60)] * count


@dataclass
class Browser:
    """The receiver: notes arrivals, answers each `interval` if anything came."""

    interval: float = 0.1
    clock: float = 1234.5
    _arrivals: dict[int, float] = field(default_factory=dict)
    _from: int | None = None
    _due_at: float = 0.0
    _count: int = 0

    def arrived(self, number: int, at: float) -> None:
        self._arrivals[number] = at + self.clock
        if self._from is None or number < self._from:
            self._from = number

    def feedback(self, now: float) -> TransportFeedback | None:
        if now < self._due_at:
            return None
        self._due_at = max(self._due_at + self.interval, now)
        if not self._arrivals or self._from is None:
            return None
        base, last = self._from, max(self._arrivals)
        base = max(base, last - 500)
        ticks = round(self._arrivals[min(n for n in self._arrivals if n >= base)] * 4000)
        reference = ticks // 256
        ticks = reference * 256
        deltas: list[int | None] = []
        for number in range(base, last + 1):
            at = self._arrivals.get(number)
            if at is None:
                deltas.append(None)
                continue
            deltas.append(round(at * 4000) - ticks)
            ticks = round(at * 4000)
        self._arrivals.clear()
        self._from = last + 1
        self._count += 1
        return TransportFeedback(
            1, 2, base & 0xFFFF, reference & 0x7FFFFF, self._count & 0xFF, tuple(deltas)
        )


class Moment(NamedTuple):
    at: float
    target_bps: int


class Flow:
    """One receiver's line: what is sent to it and what came of it."""

    def __init__(
        self,
        down: Link,
        frames: Frames,
        *,
        up: Link | None = None,
        interval: float = 0.1,
        starts_at: float = 0.0,
    ) -> None:
        self.down, self.frames = down, frames
        self.up = up or Link(Shape(delay_s=down.shape.delay_s))
        self.browser = Browser(interval=interval)
        self.log = SendLog(first=65_500)
        self.estimator = DownlinkEstimator(now=starts_at, log=self.log)
        self.pacer: Pacer[int] = Pacer(self.estimator.pacing_bps)
        self.starts_at = starts_at
        self.moments: list[Moment] = []
        self.arrivals: list[tuple[float, int, float, bool]] = []  # at, bytes, queued, is media
        self.sound_delays: list[float] = []
        self.padding = 0
        self.probes: list[tuple[float, Probe]] = []
        self._sound_at = starts_at
        self._probe: tuple[Probe, int, float] | None = None

    def tick(self, now: float) -> None:
        if now < self.starts_at:
            return
        for delivery in self.up.receive(now=now):
            results = self.log.results(delivery.payload, now=now)  # type: ignore[arg-type]
            self.estimator.report(results, now=now)
        due = self.estimator.next_timer()
        if due is not None and now >= due:
            self.estimator.handle_timer(now)
        self.pacer.rate_bps = self.estimator.pacing_bps
        self.pacer.burst_s = self.estimator.burst_s
        leaving = list(self._leaving(now))
        cluster = self._pad(leaving, now)
        if leaving:
            self._send(leaving, cluster, now)
        self.moments.append(Moment(now, self.estimator.target_bps))

    def _leaving(self, now: float) -> Iterator[int]:
        if now >= self._sound_at:
            self._sound_at += 0.02
            self.pacer.spend(SOUND, now=now)
            yield SOUND
        if self._probe is not None:
            self.pacer.rate_bps = max(self._probe[0].rate_bps, self.pacer.rate_bps)
        # As an allocator drops layers while the queue is long.
        if self.pacer.oldest(now=now) < 0.3 or self.frames.key_frames:
            frame = self.frames.produce(self.estimator.target_bps, now)
            if frame and self.pacer.may_burst(sum(frame), now=now):
                yield from frame
            else:
                for size in frame:
                    self.pacer.push(size, size, 2, "screen", now=now)
        yield from self.pacer.take(now=now)

    def _pad(self, leaving: list[int], now: float) -> int | None:
        if self._probe is None:
            probe = self.estimator.probe(wanted_bps=int(self.frames.wanted_bps), now=now)
            if probe is None:
                return None
            self.probes.append((now, probe))
            self._probe = (probe, 0, now)
        probe, sent, since = self._probe
        due = probe.rate_bps * (now - since + TICK_S) / 8
        least = probe.bytes / probe.packets
        while sent + sum(leaving) < min(due, probe.bytes):
            leaving.append(int(min(PACKET, max(least, 60))))
            self.padding += leaving[-1]
        sent += sum(leaving)
        self._probe = (probe, sent, since) if sent < probe.bytes else None
        return probe.cluster

    def _send(self, leaving: list[int], cluster: int | None, now: float) -> None:
        number = self.log.next
        self.log.sent(tuple(leaving), now=now, cluster=cluster)
        for position, size in enumerate(leaving):
            self.down.send(Packet(self, number + position, size, True), size, now=now)

    def arrived(self, packet: Packet, queued: float, at: float) -> None:
        self.arrivals.append((at, packet.size, queued, packet.is_media))
        self.browser.arrived(packet.number, at)

    def answer(self, now: float) -> None:
        feedback = self.browser.feedback(now)
        if feedback is not None:
            self.up.send(feedback, 100, now=now)

    def rate(self, since: float, until: float) -> float:
        """Bits a second that arrived between two moments."""
        taken = sum(size for at, size, _, _ in self.arrivals if since <= at < until)
        return taken * 8 / (until - since)

    def queue_p95(self, since: float, until: float) -> float:
        """Of the packets that arrived between two moments, the wait of all but one in twenty."""
        waits = sorted(queued for at, _, queued, _ in self.arrivals if since <= at < until)
        return waits[int(len(waits) * 0.95)] if waits else 0.0

    def reached(self, rate: float, since: float) -> float:
        """Seconds from `since` until the target was `rate` and stayed for a second."""
        above: float | None = None
        for at, target in self.moments:
            if at < since:
                continue
            if target < rate:
                above = None
            elif above is None:
                above = at
            if above is not None and at - above >= 1.0:
                return above - since
        return float("inf")


Step = tuple[float, Callable[[float], None]]


def run(flows: list[Flow], until: float, *steps: Step, since: float = 0.0) -> None:
    """Ticks all flows; a step is a moment and what happens then."""
    pending = sorted(steps, key=lambda step: step[0])
    links = {id(flow.down): flow.down for flow in flows}
    for count in range(int(since / TICK_S), int(until / TICK_S)):
        now = count * TICK_S
        while pending and pending[0][0] <= now:
            pending.pop(0)[1](now)
        for link in links.values():
            for delivery in link.receive(now=now):
                packet = delivery.payload
                assert isinstance(packet, Packet)
                packet.flow.arrived(packet, delivery.queued_s, delivery.at)
        turn = count % len(flows)
        for flow in flows[turn:] + flows[:turn]:
            flow.answer(now)
            flow.tick(now)
