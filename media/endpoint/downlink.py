"""Downlink: what one line carries to its receiver: numbers, estimate, queue.

A record of the congestion control of one line, and the glue between its parts: feedback makes the
estimate, the estimate the rate of the queue. What is sent at that rate is `sharing`'s to decide.
"""

from __future__ import annotations

from media.congestion.estimator import DownlinkEstimator
from media.congestion.send_log import SendLog
from media.repair.allowance import Allowance

NACKED_PER_SECOND = 2000
"""Numbers a receiver may ask for: 8 Mbit/s of which 30 % are lost, each asked for eight times."""
RESENT_BYTES_PER_SECOND = 500_000
"""4 Mbit/s: those 30 %, and two thirds of them once more."""


class Downlink:
    """Of one line. `is_measured` while its receiver tells what arrives, by transport-wide feedback
    or by REMB; without that nothing but the allowances bounds what is sent.
    """

    __slots__ = ("asked", "cluster", "estimator", "is_measured", "limit_bps", "resent", "sends")

    def __init__(self, *, now: float) -> None:
        self.asked = Allowance(NACKED_PER_SECOND)
        self.resent = Allowance(RESENT_BYTES_PER_SECOND)
        self.sends = SendLog()
        self.estimator = DownlinkEstimator(now=now)
        self.is_measured = False
        self.limit_bps: int | None = None
        """What the receiver last said its link carries (REMB)."""
        self.cluster: int | None = None
        """The probe that whatever leaves now is part of."""
