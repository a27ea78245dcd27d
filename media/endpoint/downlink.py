"""Downlink: what one line carries to its receiver: numbers, estimate, queue.

The glue between the parts of one line's congestion control: feedback makes the estimate, the
estimate makes the rate of the queue. What is sent at that rate is decided elsewhere (`sharing`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from media.congestion.estimator import DownlinkEstimator
from media.congestion.pacer import Pacer
from media.congestion.probing import Probe
from media.congestion.send_log import PacketResult, SendLog
from media.endpoint.single import Single
from media.ids import Address, protocol_of
from media.repair.allowance import Allowance
from media.repair.loss_sense import LossSense, rows_of
from media.repair.redundancy import COPY_S
from media.wire.rtcp import TransportFeedback

NACKED_PER_SECOND = 2000
"""Numbers a receiver may ask for: 8 Mbit/s of which 30 % are lost, each asked for eight times."""
RESENT_BYTES_PER_SECOND = 500_000
"""4 Mbit/s: those 30 %, and two thirds of them once more. Of a receiver that is measured, what its
link is estimated to carry, if that is less."""
FEEDBACKS_PER_SECOND = 50
"""Browsers send one each 50 to 250 ms; what reading one costs is bounded by its packets."""
_RESENT_AT_ONCE_S = 0.5
"""A retransmission that waits longer comes too late."""
TOGETHER_S = 0.09
"""While a line carries far more than is sent, what two feedbacks told is weighed at once: reading
it is a third of what forwarding costs with 50 receivers."""
_GUESSED_ROUND_TRIP = 0.05
_SMOOTHING = 0.3
_FALL = 0.95
"""Of what was planned with: below it, less has to be sent at once."""


class Downlink:
    """Of one line. `is_measured` while its receiver tells what arrives, by transport-wide feedback
    or by REMB; without that, nothing but the allowances bounds what is sent.
    """

    __slots__ = (
        "_address",
        "_concluded_at",
        "_feedbacks",
        "_heard",
        "_reported_round_trip",
        "asked",
        "cluster",
        "copied_until",
        "estimator",
        "hears",
        "is_measured",
        "is_told",
        "losses",
        "pacer",
        "planned_bps",
        "probed_bytes",
        "probed_packets",
        "resent",
        "sends",
        "wished_bps",
    )

    def __init__(self, *, now: float) -> None:
        self.asked = Allowance(NACKED_PER_SECOND)
        self.resent = Allowance(RESENT_BYTES_PER_SECOND)
        self.sends = SendLog()
        self.estimator = DownlinkEstimator(now=now, log=self.sends)
        self.pacer: Pacer[Single] = Pacer(self.estimator.pacing_bps)
        self.is_measured = False
        self.is_told = False
        """Whether it told anything yet."""
        self.losses = LossSense()
        """What it loses of all that leaves on it."""
        self.wished_bps = 0
        """What all that is done about its losses would take, however much it carries."""
        self.planned_bps = 0
        """The estimate by which was last decided what is sent."""
        self._feedbacks = Allowance(FEEDBACKS_PER_SECOND)
        self._heard: list[PacketResult] = []
        self._concluded_at = now
        self._reported_round_trip: float | None = None
        self._address: Address | None = None
        self.hears: Callable[[Sequence[PacketResult]], None] | None = None
        """Is told what became of packets (`copies`)."""
        self.copied_until = float("-inf")
        """So long its feedback may tell of copies of packets of sound (`echoes`)."""
        self.cluster: int | None = None
        """The probe that whatever leaves now is part of."""
        self.probed_bytes = self.probed_packets = 0

    def may_leave(self, octets: int, *, now: float) -> bool:
        """Whether so much may leave now, past the queue; it then counts as sent."""
        return not self.is_measured or self.pacer.may_burst(octets, now=now)

    def left(self, sizes: Sequence[int], *, now: float) -> None:
        """Packets left under the next transport-wide numbers, in this order."""
        self.sends.sent(sizes, now=now, cluster=self.cluster)
        if self.cluster is not None:
            self.probed_bytes += sum(sizes)
            self.probed_packets += len(sizes)

    def begin_probe(self, probe: Probe) -> None:
        """Whatever leaves is part of a cluster now, and may leave at its rate."""
        self.cluster = probe.cluster
        self.probed_bytes = self.probed_packets = 0
        self._retarget(probe.rate_bps)

    def end_probe(self) -> None:
        """The cluster is complete."""
        self.cluster = None
        self._retarget()

    @property
    def estimate_bps(self) -> int | None:
        """What the link was found to carry; None while its receiver told nothing."""
        return self.estimator.target_bps if self.is_told else None

    @property
    def measured_round_trip(self) -> float | None:
        """Seconds to the receiver and back, None before any report says so."""
        if self._reported_round_trip is not None:
            return self._reported_round_trip
        return self.estimator.round_trip if self.estimator.has_feedback else None

    @property
    def round_trip(self) -> float:
        """The same, or a guess."""
        return self.measured_round_trip or _GUESSED_ROUND_TRIP

    def reported(self, round_trip: float) -> None:
        """A receiver report was so long on its way, together with what it answers."""
        before = self._reported_round_trip
        if before is None:
            before = _GUESSED_ROUND_TRIP
        self._reported_round_trip = before + (round_trip - before) * _SMOOTHING

    def told(self, feedback: TransportFeedback, *, now: float) -> str | None:
        """What arrived, by transport-wide numbers. Why it was dropped, if it was."""
        if not self._feedbacks.spend(1, now=now):
            return "transport_cc.rate"
        copied_s = COPY_S if now < self.copied_until else None
        results = self.sends.results(feedback, now=now, copied_s=copied_s)
        if not results:
            return "transport_cc.stale"
        self.is_told = True
        lost, rows = (0, 0)
        if None in feedback.deltas:
            lost, rows = rows_of([each.received_at for each in results])
        if self.hears is not None:
            self.hears(results)
        self.losses.came(len(results), lost, rows, now=now)
        self._heard += results
        if self.estimator.is_at_ease and now - self._concluded_at < TOGETHER_S:
            return None
        self._concluded_at = now
        heard, self._heard = self._heard, []
        self.estimator.report(heard, now=now)
        self._retarget()
        return None

    @property
    def has_fallen(self) -> bool:
        """Whether the link carries clearly less than was planned with."""
        return self.estimator.target_bps < self.planned_bps * _FALL

    def handle_timer(self, *, now: float) -> None:
        """What is due: feedback may have stopped to come."""
        at = self.estimator.next_timer()
        if self.is_measured and at is not None and at <= now:
            self.estimator.handle_timer(now)
            self._retarget()

    def limit(self, bitrate_bps: int, *, now: float) -> None:
        """The receiver says what its link carries (REMB)."""
        self.is_measured = self.is_told = True
        self.estimator.limit(bitrate_bps, now=now)
        self._retarget()

    def moved(self, address: Address, *, now: float) -> None:
        """The way to the receiver is another one: what was learned of the old says nothing. But
        for another port of the same host, as browsers take where checks get lost: that is the
        same line, and only what was on its way to the old port may be lost.
        """
        before, self._address = self._address, address
        if not self.is_told:
            return
        if before is not None and _is_same_line(before, address):
            self.estimator.interrupt(now=now)
            return
        self.sends = SendLog(self.sends.next)
        self.losses = LossSense()
        self.estimator = DownlinkEstimator(now=now, log=self.sends)
        self.cluster = None
        self.is_told = False
        self._heard = []
        self._reported_round_trip = None
        self._retarget()

    def _retarget(self, least_bps: float = 0.0) -> None:
        if self.cluster is None or least_bps:
            self.pacer.rate_bps = max(self.estimator.pacing_bps, least_bps)
        self.pacer.burst_s = self.estimator.burst_s
        self.resent.rate = min(RESENT_BYTES_PER_SECOND, self.estimator.target_bps / 8)
        self.resent.burst = self.resent.rate * _RESENT_AT_ONCE_S


def _is_same_line(one: Address, other: Address) -> bool:
    return one[0] == other[0] and protocol_of(one) == protocol_of(other)
