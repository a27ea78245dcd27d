"""Pacer: when a packet may leave, so that a key frame of 300 kB does not flood a thin line.

Decides the moment and the order: sound at once, then by importance, first in first out within one
key. Does not send. What is queued too long it names; the owner drops it and mends the stream.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from typing import Generic, NamedTuple, TypeVar

from media.errors import LocalError

BURST_S = 0.04
"""Seconds of rate that may be saved: a frame of ordinary size leaves at once, as one batch."""
MIN_BURST_BYTES = 1600
"""What may be saved at any rate: a full packet and some sound. On 250 kbit/s that is 50 ms."""
PATIENCE_S = (float("inf"), 1.0, 8.0, 1.0)
"""By priority, how long the queue may get. Sound is never dropped. A retransmission or a camera
picture of a second ago helps nobody. A page of 400 kB needs 7 s at 500 kbit/s, and comes once."""
AT_ONCE = 0
"""The priority that does not wait for the rate, only counts into it (sound)."""
_MIN_RATE_BPS = 1000.0
_ROUNDING = 1e-6  # of a byte, or what is due at `next_at` would not be due at `next_at`

Item = TypeVar("Item")


class _Waiting(NamedTuple, Generic[Item]):
    item: Item
    octets: int
    key: Hashable
    since: float


class Pacer(Generic[Item]):
    """Of one receiver. Of `rate_bps` and `burst_s`, set by the owner, it never lets out more than
    rate * time + max(rate * burst_s, MIN_BURST_BYTES), sound apart; and everything leaves in time.
    """

    __slots__ = (
        "_at",
        "_budget",
        "_burst_s",
        "_bytes_per_s",
        "_classes",
        "_keys",
        "_most",
        "queued_bytes",
    )

    def __init__(self, rate_bps: float) -> None:
        self.queued_bytes = 0
        self._burst_s = BURST_S
        self.rate_bps = rate_bps
        self._budget = self._most
        self._at = 0.0
        self._classes: tuple[deque[_Waiting[Item]], ...] = tuple(deque() for _ in PATIENCE_S)
        self._keys: dict[Hashable, tuple[int, int]] = {}  # priority and count of what waits

    @property
    def rate_bps(self) -> float:
        """What may leave on the average."""
        return self._bytes_per_s * 8

    @rate_bps.setter
    def rate_bps(self, rate_bps: float) -> None:
        self._bytes_per_s = max(rate_bps, _MIN_RATE_BPS) / 8
        self._most = max(self._bytes_per_s * self._burst_s, MIN_BURST_BYTES)

    @property
    def burst_s(self) -> float:
        """Seconds of the rate that may be saved up."""
        return self._burst_s

    @burst_s.setter
    def burst_s(self, burst_s: float) -> None:
        self._burst_s = burst_s
        self._most = max(self._bytes_per_s * burst_s, MIN_BURST_BYTES)

    def may_burst(self, octets: int, *, now: float) -> bool:
        """Whether `octets` may leave now past the queue, all of them; they then count as sent."""
        if self._keys:
            return False
        budget = self._budget + (now - self._at) * self._bytes_per_s
        if budget > self._most:  # noqa: PLR1730 (a call of max costs as much as all the rest)
            budget = self._most
        if octets > budget:
            return False
        self._budget = budget - octets
        self._at = now
        return True

    def spend(self, octets: int, *, now: float) -> None:
        """`octets` left beside the queue (sound); they count, even below zero."""
        self._refill(now)
        self._budget -= octets

    def push(self, item: Item, octets: int, priority: int, key: Hashable, *, now: float) -> None:
        """Queues. A key keeps its place in the order while something of it waits, whatever
        `priority` says meanwhile. LocalError for a priority outside PATIENCE_S.
        """
        if not 0 <= priority < len(PATIENCE_S):
            raise LocalError(f"priority {priority}")
        priority, count = self._keys.get(key, (priority, 0))
        self._keys[key] = (priority, count + 1)
        self._classes[priority].append(_Waiting(item, octets, key, now))
        self.queued_bytes += octets

    def take(self, *, now: float) -> Iterator[Item]:
        """What may leave now, in order. An item counts as sent when it is yielded."""
        self._refill(now)
        for priority, waiting in enumerate(self._classes):
            while waiting:
                octets = waiting[0].octets
                # Larger than could ever be saved: it leaves on a full budget, and is paid off.
                if priority != AT_ONCE and min(octets, self._most) > self._budget + _ROUNDING:
                    return
                self._budget -= octets
                yield self._popped(waiting)

    def _popped(self, waiting: deque[_Waiting[Item]]) -> Item:
        first = waiting.popleft()
        self.queued_bytes -= first.octets
        priority, count = self._keys[first.key]
        if count > 1:
            self._keys[first.key] = (priority, count - 1)
        else:
            del self._keys[first.key]
        return first.item

    def next_at(self) -> float | None:
        """When `take` has something, if the rate stays; None while nothing waits."""
        for priority, waiting in enumerate(self._classes):
            if waiting:
                if priority == AT_ONCE:
                    return self._at
                lacking = min(waiting[0].octets, self._most) - self._budget
                return self._at + max(lacking, 0.0) / self._bytes_per_s
        return None

    def oldest(self, *, now: float) -> float:
        """Seconds the oldest item waits, 0 while nothing does."""
        return max((now - waiting[0].since for waiting in self._classes if waiting), default=0.0)

    def overfull(self, *, now: float) -> Hashable | None:
        """The least important key that waited longer than its patience, None if none did."""
        for patience, waiting in zip(reversed(PATIENCE_S), reversed(self._classes), strict=True):
            if waiting and now - waiting[0].since > patience:
                return waiting[0].key
        return None

    def waiting(self, key: Hashable) -> list[Item]:
        """What waits under `key`, oldest first."""
        priority, _ = self._keys.get(key, (AT_ONCE, 0))
        return [each.item for each in self._classes[priority] if each.key == key]

    def drop(self, key: Hashable) -> list[Item]:
        """Forgets what waits under `key`, and gives it back, oldest first."""
        if key not in self._keys:
            return []
        priority, _ = self._keys.pop(key)
        waiting = self._classes[priority]
        dropped = [each for each in waiting if each.key == key]
        kept = [each for each in waiting if each.key != key]
        waiting.clear()
        waiting.extend(kept)
        self.queued_bytes -= sum(each.octets for each in dropped)
        return [each.item for each in dropped]

    def _refill(self, now: float) -> None:
        saved = self._budget + max(now - self._at, 0.0) * self._bytes_per_s
        # Sound runs into debt on a line that is too thin for it; a picture waits for one burst's.
        self._budget = max(min(saved, self._most), -self._most)
        self._at = now
