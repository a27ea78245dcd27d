"""What a receiver of the load tells its sender: when each transport-wide number arrived.

As libwebrtc does it: a feedback packet each 50 ms at the rates of this load
(draft-holmer-rmcat-transport-wide-cc-extensions-01; RemoteEstimatorProxy's interval of 5 % of the
bit rate, at least 50 ms).
"""

from __future__ import annotations

from media.wire.rtcp import TransportFeedback

FEEDBACK_S = 0.05
_REPORTER_SSRC = 1
_DELTA_S = 0.00025
_REFERENCE_S = 0.064
_MOST = 400
"""Packets of one feedback; the reader takes 512."""


class Arrivals:
    """Of one receiver: numbers that came since the last feedback."""

    def __init__(self) -> None:
        self._came: dict[int, float] = {}
        self._next = -1
        """The first number the next feedback tells about, extended."""
        self._newest = -1
        self._count = 0

    def came(self, number: int, now: float) -> None:
        """The packet with this 16-bit number."""
        if self._newest < 0:
            self._newest = self._next = number
        ahead = ((number - self._newest + 0x8000) & 0xFFFF) - 0x8000
        extended = self._newest + ahead
        self._newest = max(self._newest, extended)
        if extended >= self._next:
            self._came[extended] = now

    def feedback(self) -> TransportFeedback | None:
        """About everything up to the newest; None when nothing came."""
        came, self._came = self._came, {}
        if not came:
            return None
        first, end = self._next, min(self._newest + 1, self._next + _MOST)
        self._next = self._newest + 1
        start = min(came.values())
        reference = int(start / _REFERENCE_S)
        at = reference * round(_REFERENCE_S / _DELTA_S)
        deltas: list[int | None] = []
        for number in range(first, end):
            arrival = came.get(number)
            if arrival is None:
                deltas.append(None)
                continue
            ticks = round(arrival / _DELTA_S)
            deltas.append(max(min(ticks - at, 0x7FFF), -0x8000))
            at = ticks
        self._count += 1
        wrapped = ((reference + 0x800000) & 0xFFFFFF) - 0x800000
        return TransportFeedback(
            _REPORTER_SSRC, 0, first & 0xFFFF, wrapped, self._count & 0xFF, tuple(deltas)
        )
