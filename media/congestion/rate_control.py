"""RateControl: the target by delay (draft-ietf-rmcat-gcc-02 section 5.5): up while the path shows
no queue, down to what it delivered as soon as one grows.

The draft grows by 8 % a second far from the known capacity and by a packet a response time near
it. Here growth begins with the packet and doubles with the time that passes without a queue: near
the capacity it is as careful, a line that got ten times better is filled in seconds, and as it does
not depend on the rate two flows on one link come to equal parts.
"""

from __future__ import annotations

DECREASE = 0.85
"""Of what the path delivered. The draft's; it drains the queue."""
EASE = 0.85
RESPONSE_S = 0.1
"""Added to the round trip: a packet more in each response time is the first growth."""
DOUBLES_S = 0.8
_PACKET_BITS = 1200 * 8
_MOST_A_SECOND = 1.0
"""Of the target: what it may grow in a second at most."""
_LONGEST_STEP_S = 0.5


class RateControl:
    """Of one path. `target` is bits a second; `reduced_at` when it last went down by delay,
    `eased_at` when by a queue that hardly was its own."""

    __slots__ = ("_at", "_growth", "eased_at", "reduced_at", "target")

    def __init__(self, target: float, *, now: float) -> None:
        self.target = target
        self.reduced_at: float | None = None
        self.eased_at = now
        self._at = now
        self._growth = 0.0  # bits a second, in a second

    def grow(self, *, round_trip: float, now: float) -> None:
        """The path shows no queue, and what is sent fills the target."""
        elapsed = min(now - self._at, _LONGEST_STEP_S)
        self._at = now
        self._growth = max(self._growth, _PACKET_BITS / (round_trip + RESPONSE_S))
        self.target += min(self._growth, _MOST_A_SECOND * self.target) * elapsed
        self._growth *= 2 ** (elapsed / DOUBLES_S)

    def hold(self, *, now: float) -> None:
        """Neither up nor down."""
        self._at = now
        self._growth = 0.0

    def reduce(self, delivered: float, *, now: float) -> None:
        """A queue grows; the path delivers `delivered` now."""
        self.hold(now=now)
        self.reduced_at = now
        self.target = min(self.target, DECREASE * delivered)

    def ease(self, least: float, *, now: float) -> None:
        """A queue stands that hardly is ours, as far less than the target is sent and all of it
        arrives: a step down, not below `least`, and no word of what the path carries.
        """
        self.hold(now=now)
        self.eased_at = now
        self.target = min(self.target, max(EASE * self.target, least))

    def raise_to(self, rate: float, *, now: float) -> None:
        """A probe showed that the path carries `rate`."""
        self._at = now
        self.target = max(self.target, rate)
