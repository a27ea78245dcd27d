"""DownlinkEstimator: how much the line to one receiver carries (draft-ietf-rmcat-gcc-02).

Theory of operation. Each feedback goes through the same parts. Packets that left together are one
group (ArrivalGroups); the groups' delays say whether a queue grows (Trend) and how long it is
(PathDelay). While there is none and what is sent fills the target, the target grows; when one grows
it comes down to a little less than what arrives (RateControl), and the pacer holds back until the
queue is empty (Drain). Loss without a queue has a limit of its own (LossControl). Clusters above
the target show at once what growing would take seconds to find (Probing).

Decides the target and the pace; does not send, and does not know what the packets are.
"""

from __future__ import annotations

from collections.abc import Sequence

from media.congestion.arrival_groups import ArrivalGroups
from media.congestion.drain import EMPTY_S, Drain
from media.congestion.loss_control import LossControl, State
from media.congestion.pacer import BURST_S
from media.congestion.path_delay import PathDelay
from media.congestion.probing import Probe, Probing
from media.congestion.rate_control import DECREASE, RateControl
from media.congestion.send_log import PacketResult, SendLog
from media.congestion.throughput import Throughput
from media.congestion.trend import Trend, Usage

START_BPS = 1_000_000
MIN_BPS = 100_000
"""Less carries no class: sound alone takes as much with its headers."""
MAX_BPS = 20_000_000
PACING_FACTOR = 1.05
"""Times the target that leaves: what waits gets less, and hardly any queue builds in the path."""
SILENCE_S = 1.5
"""Without feedback for as long the target goes down by SILENCE_FACTOR, again and again."""
SILENCE_FACTOR = 0.7
WANTED_FACTOR = 1.2
"""Times what is wanted that a probe tries at most."""
_LONG_S = 0.06
"""A queue as long is answered even if it does not grow: everything waits in it, sound too."""
_FILLED = 0.85
"""Of the target that has to be sent for it to grow: less proves nothing."""
_AT_EASE = 0.8
"""Of the target; above it the next feedback may have to let it grow."""
_HARDLY_LOST = 0.02
"""More lost, and feedback that is weighed late costs pictures: 2 % of them where 30 % are lost."""
_WHOLE = 0.9
"""Of what is sent has to arrive in the same time for a queue to be not ours."""
_HARDLY_STEP = 0.5
"""Of the target, to which one look brings it at most where far less was sent."""
_NOISY, _NOISY_STEP = 0.2, 0.7
"""Of the path's own loss, beyond which it is brought down by steps; and how deep one is."""
_EASE_PAUSE_S = 0.5
_SPARE = 1.3
"""Times what is sent that stays, however long the queues of others or a busy computer stand."""
_FORMER_S, _AGAIN, _CALM_S = 30.0, 0.7, 0.5
"""For so long a former target is worth a look; as much of it is as good; after as long a calm."""
_PAUSE_S = 0.1
"""Added to the round trip: until then what was done cannot show."""
_NEAR_S = 5.0
"""Seconds in which what the path carries is known from the last time it was full."""
_SMOOTH_S = 0.012
_SMOOTHING = 0.1


class DownlinkEstimator:
    """Of one receiver. With `log`, silence counts only while something sent is unanswered.

    `target_bps` is what all media of the line together may be, `round_trip` seconds, `loss` the
    share of packets lost lately; `has_feedback` says that the receiver sends transport feedback.
    """

    def __init__(self, *, now: float, log: SendLog | None = None) -> None:
        self.target_bps = START_BPS
        self.round_trip = 0.1
        self.loss = 0.0
        self.has_feedback = False
        self._log = log
        self._cap: int = MAX_BPS
        self._groups = ArrivalGroups()
        self._trend = Trend()
        self._path = PathDelay()
        self._throughput = Throughput()
        self._rate = RateControl(START_BPS, now=now)
        self._drain = Drain()
        self._loss = LossControl()
        self._probing = Probing()
        self._former = 0.0  # the target before it was reduced, and when that was
        self._former_at = now
        self._free_since: float | None = None
        self._heard_at = now
        self._is_silent = False

    @property
    def pacing_bps(self) -> float:
        """What the pacer may let out now."""
        if self._drain.is_on:
            return self.target_bps * self._drain.share
        return min(self.target_bps * PACING_FACTOR, max(self._loss.limit, MIN_BPS))

    @property
    def burst_s(self) -> float:
        """Seconds of the pace that may leave at once: less where loss set the limit, as a short
        queue or a small bucket drops what comes as a burst.
        """
        return BURST_S if self._loss.limit >= self.target_bps * PACING_FACTOR else _SMOOTH_S

    @property
    def is_at_ease(self) -> bool:
        """Whether far less is sent than the target, nothing speaks against it, and no cluster is
        on its way: what comes next may be told a little later.
        """
        sent = self._throughput.sent_bps
        return (
            sent is not None
            and sent < _AT_EASE * self.target_bps
            and self._trend.usage is Usage.NORMAL
            and self._path.least < EMPTY_S
            and not self._drain.is_on
            and not self._is_silent
            and self._loss.state is State.CLEAR
            and self.loss < _HARDLY_LOST
            and not self._probing.is_running
        )

    def report(self, results: Sequence[PacketResult], *, now: float) -> None:
        """What feedback told, in the order of sending."""
        if not results:
            return
        self._hear(results, now)
        # A cluster makes a queue of its own for a moment; that is no congestion.
        is_probed = any([each.cluster for each in results])
        media = [each for each in results if each.cluster is None] if is_probed else results
        groups = self._groups.add(media)
        self._trend.update(groups)
        self._path.update(groups)
        self._throughput.update(results, groups, self._path.base)
        self._answer_delay(now)
        self._answer_loss(results, now)
        self._answer_probe(results, now)
        self._set_target()

    def limit(self, bitrate_bps: int, *, now: float) -> None:
        """What the receiver says it can take (REMB); all there is to go by without feedback."""
        self._cap = bitrate_bps
        if not self.has_feedback:
            self._rate.target = bitrate_bps
            self._rate.hold(now=now)
        self._set_target()

    def probe(self, *, wanted_bps: int, now: float) -> Probe | None:
        """A cluster to send now, if one is due: `wanted_bps` is what all media as wanted are."""
        if wanted_bps <= self.target_bps or not self.has_feedback or self._is_silent:
            return None
        is_calm = (
            not self._drain.is_on
            and self._trend.usage is not Usage.OVER
            and self._path.least < EMPTY_S
            and self._loss.may_probe(now=now)
        )
        is_lossy = self._loss.inherent > _NOISY
        if not is_calm or not self._probing.is_due(
            round_trip=self.round_trip, now=now, is_lossy=is_lossy
        ):
            return None
        factor = self._probing.factor(is_near=self._since_reduced(now) < _NEAR_S)
        rate = min(factor * self.target_bps, WANTED_FACTOR * wanted_bps, self._cap, MAX_BPS)
        return self._probing.begin(rate, now=now) if rate > self.target_bps else None

    def loses(self, share: float, *, now: float) -> None:
        """The path loses `share` of what is sent, and more is sent from now on for that. Where it
        was not filled its loss is its own, and not what the more will be blamed for.
        """
        sent = self._throughput.sent_bps
        if self._path.least < EMPTY_S and (sent is None or sent < _FILLED * self.target_bps):
            self._loss.know(share, now=now)

    def interrupt(self, *, now: float) -> None:
        """What was on its way may be lost for another reason than the path."""
        self._loss.skip(now=now)
        self._heard_at = now

    def handle_timer(self, now: float) -> None:
        """Feedback stopped coming while something is unanswered."""
        due = self.next_timer()
        if due is not None and now >= due:
            self._heard_at = now
            self._is_silent = True
            self._rate.target = self.target_bps * SILENCE_FACTOR
            self._rate.hold(now=now)
            self._set_target()

    def next_timer(self) -> float | None:
        """When `handle_timer` has something to do, None if never."""
        if not self.has_feedback or self._log is None:
            return None
        since = self._log.unanswered_since
        return None if since is None else max(since, self._heard_at) + SILENCE_S

    def _hear(self, results: Sequence[PacketResult], now: float) -> None:
        self.has_feedback = True
        self._heard_at = now
        if self._is_silent:  # an outage; what it lost is no congestion, and it may be over
            self._is_silent = False
            self._loss.skip(now=now)
            self._probing.next_at = now
        for each in reversed(results):
            if each.received_at is not None:
                self.round_trip += (now - each.sent_at - self.round_trip) * _SMOOTHING
                return

    def _since_reduced(self, now: float) -> float:
        at = self._rate.reduced_at
        return float("inf") if at is None else now - at

    def _answer_delay(self, now: float) -> None:
        usage, rate, sent = self._trend.usage, self._rate, self._throughput.sent_bps
        is_filled = sent is not None and sent > _FILLED * self.target_bps
        is_ours = is_filled or not self._arrives_whole()
        queue, standing = self._path.least, self._path.standing
        grows = usage is Usage.OVER and (queue if is_ours else standing) > EMPTY_S
        is_over = grows or standing > _LONG_S
        if is_over and is_ours and self._probing.is_felt(round_trip=self.round_trip, now=now):
            self._step_back()
        elif is_over and is_ours and self._since_reduced(now) > self.round_trip + _PAUSE_S:
            self._reduce(now)
        elif is_over and not is_ours and now - rate.eased_at > self.round_trip + _EASE_PAUSE_S:
            rate.ease(_SPARE * (sent or 0.0), now=now)
        if self._drain.update(queue, now=now):
            self._path.forget()
        is_free = not self._drain.is_on and usage is Usage.NORMAL and queue < EMPTY_S
        if is_free:
            self._probing.held(now=now)
        self._look_back(is_free=is_free and not is_filled, now=now)
        if is_free and is_filled and self._loss.state is not State.TESTING:
            rate.grow(round_trip=self.round_trip, now=now)
        else:
            rate.hold(now=now)

    def _reduce(self, now: float) -> None:
        """What is sent fills the path: down to what it delivers."""
        delivered = self._delivered()
        if delivered is None:
            return
        if self._rate.target > self._former:
            self._former, self._former_at = self._rate.target, now
        self._rate.reduce(delivered, now=now)
        self._probing.reduced(self._rate.target, now=now)
        self._drain.begin(now=now)

    def _step_back(self) -> None:
        """A cluster filled the path, or media did just then: not above what the path delivers,
        and not below it for a queue that may be the cluster's.
        """
        delivered = self._delivered()
        if delivered is not None:
            self._rate.target = min(self._rate.target, delivered)

    def _arrives_whole(self) -> bool:
        """Whether what is sent comes out of the path as fast: then no queue of ours grows there."""
        received, sent = self._throughput.received_bps, self._throughput.sent_bps
        whole = _WHOLE * (1 - self._loss.inherent)
        return received is not None and sent is not None and received > whole * sent

    def _look_back(self, *, is_free: bool, now: float) -> None:
        """On a path that is free again but not filled, so that nothing grows, what worked lately is
        soon tried again.
        """
        if not is_free:
            self._free_since = None
            return
        if self._free_since is None:
            self._free_since = now
        if now - self._former_at > _FORMER_S:
            self._former = 0.0
        if self.target_bps >= _AGAIN * self._former:
            self._probing.recovered()
        elif now - self._free_since > _CALM_S:
            self._probing.recover()

    def _delivered(self) -> float | None:
        """What the path carries now: what arrives, or, if less was sent than allowed, what arrived
        while it had a queue to serve.
        """
        received, sent = self._throughput.received_bps, self._throughput.sent_bps
        if received is None or sent is None:
            return None
        if sent < _FILLED * self._rate.target:
            received = max(received, self._throughput.busy_bps or 0.0)
            # So little hardly fills a path: mostly a stall, which tells nothing of its room.
            received = max(received, _HARDLY_STEP / DECREASE * self._rate.target)
        own = self._loss.inherent
        delivered = received / (1 - own)
        # Of few packets that come, chance makes more or less: one look is no more than a step.
        least = _NOISY_STEP / DECREASE * self._rate.target
        return max(delivered, least) if own > _NOISY else delivered

    def _answer_loss(self, results: Sequence[PacketResult], now: float) -> None:
        if self._drain.is_on or self._path.least > _LONG_S:
            self._loss.skip(now=now)  # the queue may have overflowed; the delay has answered
            return
        self._loss.update(results, target_bps=self.target_bps, now=now)
        self.loss = self._loss.loss
        if self._loss.state is State.LIMITED:
            self._probing.doubt()
            self._probing.reduced(self._loss.limit, now=now)
            if self._since_reduced(now) > _NEAR_S:
                self._rate.target = PACING_FACTOR * self._loss.limit
            else:
                self._rate.target = min(self._rate.target, PACING_FACTOR * self._loss.limit)

    def _answer_probe(self, results: Sequence[PacketResult], now: float) -> None:
        answer = self._probing.update(results, self._loss.inherent)
        if answer is None:
            return
        if answer.is_full and self._path.least > EMPTY_S:
            self._drain.begin(now=now)
        if answer.rate_bps > self.target_bps and self._path.least < _LONG_S:
            self._rate.raise_to(answer.rate_bps, now=now)
            self._loss.raise_to(answer.rate_bps)
            is_new = answer.rate_bps > self._former and self._since_reduced(now) < _NEAR_S
            self._probing.raised(answer.rate_bps, is_full=answer.is_full, is_new=is_new, now=now)

    def _set_target(self) -> None:
        self._rate.target = max(self._rate.target, MIN_BPS)
        rate = min(self._rate.target, self._loss.limit, self._cap, MAX_BPS)
        self.target_bps = int(max(rate, MIN_BPS))
