"""A network link of a known shape, without a socket: rate cap, delay, drop-tail queue, token
bucket, loss. Packets go in at a time and come out at a time; several flows may share it.

The moments are exact whatever the caller's step: what comes out carries the time it came out at.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from dataclasses import dataclass, replace
from typing import NamedTuple

from bench.loss_model import loss_model

_LEAST_QUEUE_BYTES = 1500
"""A queue holds at least one packet, or nothing would pass."""


@dataclass(frozen=True, slots=True)
class Shape:
    """`rate_bps` 0 is without limit. The queue is `queue_s` seconds of the rate as it is now, or
    `queue_bytes` if that is set. `bucket_bytes` may pass at once after a pause; with `is_policed`
    what finds the bucket empty is dropped, else it queues. `loss` takes packets at the far end:
    they have used the link.
    """

    rate_bps: float = 0.0
    delay_s: float = 0.03
    queue_s: float = 0.3
    queue_bytes: int | None = None
    bucket_bytes: int = 0
    is_policed: bool = False
    loss: float = 0.0
    mean_burst: float = 0.0
    """Mean length of a burst of losses in packets; 0: each packet is lost by itself."""
    jitter_s: float = 0.0
    """Added to the delay, evenly spread; the order stays."""


class Delivery(NamedTuple):
    """What came out: `queued_s` is the time it waited and was sent, without the delay."""

    payload: object
    queued_s: float
    at: float


class _Waiting(NamedTuple):
    payload: object
    size: int
    since: float


class Link:
    """One direction. `counts`: sent, passed, lost (by chance), dropped (no room), the `offered`
    bytes of what was sent and the `bytes` of what passed. Raises `Unreachable` for bursts that
    cannot be.
    """

    def __init__(self, shape: Shape, *, seed: int = 1) -> None:
        self.shape = shape
        self.counts: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._losses = loss_model(shape.loss, shape.mean_burst, self._chance)
        self._queue: deque[_Waiting] = deque()
        self._queued_bytes = 0
        self._tokens = float(shape.bucket_bytes)
        self._at = 0.0
        self._out: deque[Delivery] = deque()

    def change(self, *, now: float, **fields: float | bool | None) -> None:
        """From `now` on the link has other figures; what waits is served at the new rate."""
        self._serve(now)
        shape = replace(self.shape, **fields)  # type: ignore[arg-type]
        if (shape.loss, shape.mean_burst) != (self.shape.loss, self.shape.mean_burst):
            self._losses = loss_model(shape.loss, shape.mean_burst, self._chance)
        self.shape = shape

    @property
    def queued_bytes(self) -> int:
        return self._queued_bytes

    def send(self, payload: object, size: int, *, now: float) -> bool:
        """A packet of `size` bytes goes in; False if there was no room for it."""
        self._serve(now)
        self.counts["sent"] += 1
        self.counts["offered"] += size
        if not self.shape.rate_bps:
            self._leave(_Waiting(payload, size, now), now)
            return True
        if self.shape.is_policed and self._tokens >= size:
            self._tokens -= size
            self._leave(_Waiting(payload, size, now), now)
            return True
        if self.shape.is_policed or self._queued_bytes + size > self._room():
            self.counts["dropped"] += 1
            return False
        self._queue.append(_Waiting(payload, size, now))
        self._queued_bytes += size
        return True

    def receive(self, *, now: float) -> list[Delivery]:
        """What came out by `now`, in order."""
        self._serve(now)
        out: list[Delivery] = []
        while self._out and self._out[0].at <= now:
            out.append(self._out.popleft())
        return out

    def next_at(self) -> float | None:
        """When something comes out next, if nothing goes in before; None if nothing will."""
        if self._out:
            return self._out[0].at
        if self._queue:
            return self._free_at(self._queue[0]) + self.shape.delay_s
        return None

    def _room(self) -> float:
        if self.shape.queue_bytes is not None:
            return max(self.shape.queue_bytes, _LEAST_QUEUE_BYTES)
        return max(self.shape.queue_s * self.shape.rate_bps / 8, _LEAST_QUEUE_BYTES)

    def _free_at(self, first: _Waiting) -> float:
        """When the bucket has what `first` needs."""
        return self._at + max(first.size - self._tokens, 0.0) * 8 / self.shape.rate_bps

    def _serve(self, now: float) -> None:
        """Lets out what the rate allows by `now`."""
        rate = self.shape.rate_bps / 8
        if not rate:
            while self._queue:
                self._pop(now)
            self._at = now
            return
        while self._queue and (at := self._free_at(self._queue[0])) <= now:
            self._tokens = max(self._tokens + (at - self._at) * rate - self._queue[0].size, 0.0)
            self._at = at
            self._pop(at)
        most = max(self.shape.bucket_bytes, self._queue[0].size if self._queue else 0)
        self._tokens = min(self._tokens + max(now - self._at, 0.0) * rate, most)
        self._at = max(now, self._at)

    def _pop(self, at: float) -> None:
        first = self._queue.popleft()
        self._queued_bytes -= first.size
        self._leave(first, at)

    def _leave(self, packet: _Waiting, at: float) -> None:
        if self._losses.loses():
            self.counts["lost"] += 1
            return
        self.counts["passed"] += 1
        self.counts["bytes"] += packet.size
        arrives = at + self.shape.delay_s
        if self.shape.jitter_s:
            arrives += self._chance.random() * self.shape.jitter_s
        if self._out:
            arrives = max(arrives, self._out[-1].at)
        self._out.append(Delivery(packet.payload, at - packet.since, arrives))
