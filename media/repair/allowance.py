"""Allowance: so much a second, and so much at once (a token bucket).

Decides whether a peer's request is still within what it may cost; what becomes of the request, and
which name its drop has, is the caller's.
"""

from __future__ import annotations


class Allowance:
    """Of one peer and one thing, `rate` a second in whatever unit, `burst` of them at once.

    Both may be changed at any time. Without `burst` a second's worth may be spent at once.
    """

    __slots__ = ("_filled_at", "_left", "burst", "rate")

    def __init__(self, rate: float, burst: float | None = None) -> None:
        self.rate = rate
        self.burst = rate if burst is None else burst
        self._left = self.burst
        self._filled_at: float | None = None

    def left(self, *, now: float) -> float:
        """What may be spent now; below zero after more was charged than there was."""
        if self._filled_at is not None:
            elapsed = max(now - self._filled_at, 0.0)
            self._left = min(self._left + elapsed * self.rate, self.burst)
        self._filled_at = now
        return self._left

    def spend(self, amount: float, *, now: float) -> bool:
        """Whether `amount` may be spent now; all of it or nothing."""
        if self.left(now=now) < amount:
            return False
        self._left -= amount
        return True

    def charge(self, amount: float, *, now: float) -> None:
        """Takes `amount` that was already spent, into debt if need be, but not endlessly: what is
        owed is at most what may be spent at once.
        """
        self._left = max(self.left(now=now) - amount, -self.burst)
