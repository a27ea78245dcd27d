"""Limits on trying: token buckets, one per key, that remember a bounded number of keys.

A core: the time is an argument. What a key is (an address, an account, a socket) is decided by the
caller, and so is what happens to somebody who has to wait.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

KEYS_MAX = 10_000
"""Keys remembered at once; beyond it the one unused for longest is forgotten (about 2 MB)."""


@dataclass(slots=True)
class Bucket:
    """`burst` tokens at most, refilled at `rate_per_s`; one action costs one token."""

    rate_per_s: float
    burst: float
    tokens: float
    filled_at: float

    def take(self, *, now: float, cost: float = 1.0) -> float:
        """0.0 when granted; otherwise the seconds until it would be, and nothing is taken."""
        elapsed = max(0.0, now - self.filled_at)
        self.tokens = min(self.burst, self.tokens + elapsed * self.rate_per_s)
        self.filled_at = now
        if self.tokens >= cost:
            self.tokens -= cost
            return 0.0
        return (cost - self.tokens) / self.rate_per_s


class Throttle:
    """A bucket for each key. A key never seen has a full bucket."""

    def __init__(self, *, rate_per_s: float, burst: float, keys_max: int = KEYS_MAX) -> None:
        self.rate_per_s = rate_per_s
        self.burst = burst
        self._keys_max = keys_max
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, key: str, *, now: float) -> float:
        """0.0 when granted, otherwise the seconds to wait."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = Bucket(self.rate_per_s, self.burst, self.burst, now)
            self._buckets[key] = bucket
            if len(self._buckets) > self._keys_max:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        return bucket.take(now=now)

    def give_back(self, key: str) -> None:
        """Undo one `take`: it turned out to be none of what is counted here."""
        bucket = self._buckets.get(key)
        if bucket is not None:
            bucket.tokens = min(bucket.burst, bucket.tokens + 1)

    def forgive(self, key: str) -> None:
        """Fill the bucket again: the person proved to be who they say."""
        self._buckets.pop(key, None)

    def __len__(self) -> int:
        return len(self._buckets)
