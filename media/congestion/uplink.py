"""UplinkEstimator: how much a publisher may send us, from abs-send-time, arrivals and loss."""

from __future__ import annotations

START_BPS = 6_000_000
MIN_BPS = 100_000
MAX_BPS = 8_000_000


class UplinkEstimator:
    """Of one publisher."""

    def __init__(self) -> None:
        self._target = START_BPS

    def packet(self, abs_send_time: int, size: int, *, arrival: float) -> None:
        """A packet of `size` bytes came; `abs_send_time` is its 24-bit extension in 2^-18 s."""

    def lost(self, fraction: float, *, now: float) -> None:
        """Of the packets since the last call, `fraction` did not come."""

    def target_bps(self, now: float) -> int:
        """What REMB should say now."""
        return self._target
