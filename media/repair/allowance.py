"""Allowance: so much a second, and a second's worth at once (a token bucket).

Decides whether a peer's request is still within what it may cost; what becomes of the request, and
which name its drop has, is the caller's.
"""

from __future__ import annotations


class Allowance:
    """Of one peer and one thing, `rate` a second in whatever unit."""

    __slots__ = ("_filled_at", "_left", "rate")

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._left = rate
        self._filled_at: float | None = None

    def spend(self, amount: float, *, now: float) -> bool:
        """Whether `amount` may be spent now; all of it or nothing."""
        if self._filled_at is not None:
            elapsed = max(now - self._filled_at, 0.0)
            self._left = min(self._left + elapsed * self.rate, self.rate)
        self._filled_at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True
