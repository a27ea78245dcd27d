"""PathDelay: how long packets wait in the path's queue, against the shortest way seen lately.

The trend tells that a queue grows; this tells how long it is, which decides how deep to step back
and when the queue has drained. The two clocks differ by a constant that falls out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from media.congestion.arrival_groups import Group

BASE_S = 20.0
"""Seconds a shortest delay stands. Clocks of 50 millionths drift 1 ms meanwhile."""
_STEP_S = 1.0
_MOST_LATELY = 64
"""Updates kept, whatever clock a peer tells."""
STANDING_S = 0.2
"""A browser that is kept from its work for 100 or 200 ms reads what came meanwhile at once; the
next packets find the delay where it was."""


class PathDelay:
    """Of one path. `queue` is the wait in seconds of the newest group, `least` the shortest wait
    among the groups of the last update: what stands, not what a burst did. `standing` is the
    shortest of the last STANDING_S: what a stall of either computer did not do.
    """

    __slots__ = ("_base", "_lately", "_steps", "least", "queue", "standing")

    def __init__(self) -> None:
        self.queue = 0.0
        self.least = 0.0
        self.standing = 0.0
        self._base: float | None = None
        # (arrival, least delay of an update)
        self._lately: deque[tuple[float, float]] = deque(maxlen=_MOST_LATELY)
        self._steps: deque[tuple[float, float]] = deque()  # (since, least delay from then on)

    def update(self, groups: Sequence[Group]) -> None:
        """The groups that came since the last call."""
        if not groups:
            return
        delays = [each.arrival - each.sent_at for each in groups]
        least = min(delays)
        self._remember(least, groups[-1].arrival)
        self.queue = delays[-1] - self.base
        self.least = least - self.base
        arrival = groups[-1].arrival
        self._lately.append((arrival, least))
        while arrival - self._lately[0][0] > STANDING_S:
            self._lately.popleft()
        self.standing = min([delay for _, delay in self._lately]) - self.base

    @property
    def base(self) -> float:
        """The shortest delay of the last BASE_S, clock difference and all."""
        return self._base or 0.0

    def forget(self) -> None:
        """What stands now is the path itself: it got longer, or others keep its queue filled."""
        self._base = self.base + self.least
        at = self._steps[-1][0] if self._steps else 0.0
        self._steps.clear()
        self._steps.append((at, self._base))
        self.queue -= self.least
        self.least = self.standing = 0.0

    def _remember(self, delay: float, at: float) -> None:
        steps = self._steps
        if not steps or at - steps[-1][0] >= _STEP_S:
            steps.append((at, delay))
            while at - steps[0][0] > BASE_S:
                steps.popleft()
            self._base = min(least for _, least in steps)
        elif delay < steps[-1][1]:
            steps[-1] = (steps[-1][0], delay)
            if self._base is None or delay < self._base:
                self._base = delay
