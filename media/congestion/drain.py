"""Drain: empties the path's queue after it was found filled, by sending less than it carries.

What waits in the pacer keeps its order of importance; what waits in the path's queue delays
everything alike, sound too. So the target stays at what the path carries, and only the pacer holds
back until the queue is gone.
"""

from __future__ import annotations

EMPTY_S = 0.015
"""A queue as short is none: a frame of somebody else."""
_WITHIN_S = 0.5
"""A queue is to be gone in about this time."""
_SHARES = (0.3, 0.8)
"""Of the target that leaves meanwhile, at least and at most."""
_CHECK_S = 1.0
_SHRUNK = 0.8
"""Of the shortest wait in the time before: what has not become as short does not become shorter.
The shortest, as a busy receiver adds to the others what it likes."""


class Drain:
    """Of one path. `is_on` while the queue is being emptied."""

    __slots__ = ("_before", "_checked_at", "_least", "_queue", "is_on")

    def __init__(self) -> None:
        self.is_on = False
        self._queue = 0.0
        self._before = self._least = float("inf")
        self._checked_at = 0.0

    def begin(self, *, now: float) -> None:
        """The queue has to go."""
        if not self.is_on:
            self.is_on = True
            self._checked_at = now
            self._before = self._least = float("inf")

    def update(self, queue: float, *, now: float) -> bool:
        """`queue` seconds stand now. True when they do not get less however little is sent: then
        the path itself got longer, or others keep its queue filled, and draining ends.
        """
        self._queue = queue
        if not self.is_on:
            return False
        if queue < EMPTY_S:
            self.is_on = False
            return False
        self._least = min(self._least, queue)
        if now - self._checked_at < _CHECK_S:
            return False
        is_stuck = self._least > _SHRUNK * self._before
        self._checked_at = now
        self._before, self._least = self._least, float("inf")
        self.is_on = not is_stuck
        return is_stuck

    @property
    def share(self) -> float:
        """Of the target that may leave now."""
        return min(max(1 - self._queue / _WITHIN_S, _SHARES[0]), _SHARES[1])
