"""Two sides of a DTLS association joined in virtual time."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from media.transport.dtls import Dtls, DtlsState

WAY_S = 0.01


class Link:
    """Carries datagrams between the active and the passive side, 10 ms each way.

    `is_lost(now, datagram)` and `change(number, datagram)` may be replaced at any time.
    """

    def __init__(
        self,
        active: Dtls,
        passive: Dtls,
        *,
        is_lost: Callable[[float, bytes], bool] = lambda *_: False,
    ) -> None:
        self.is_lost = is_lost
        self.change: Callable[[int, bytes], bytes] = lambda _, datagram: datagram
        self.sent = 0
        self.lost = 0
        self.secured_at: float | None = None
        self._sides = (active, passive)
        self._on_way: list[tuple[float, int, int, bytes]] = []
        self._now = 0.0
        active.start(now=0.0)
        self._collect()

    def run(self, until: float) -> None:
        """Lets everything happen that is due before `until`."""
        self._collect()
        while (at := self._next()) is not None and at <= until:
            self._now = max(self._now, at)
            while self._on_way and self._on_way[0][0] <= self._now:
                _, _, receiver, datagram = heapq.heappop(self._on_way)
                self._sides[receiver].receive(datagram, now=self._now)
            for side in self._sides:
                side.handle_timer(now=self._now)
            self._collect()
            if self.secured_at is None and self._sides[0].state is DtlsState.SECURED:
                self.secured_at = self._now
        self._now = until
        self._collect()

    def _next(self) -> float | None:
        times = [at for side in self._sides if (at := side.next_timer()) is not None]
        return min(times + [entry[0] for entry in self._on_way[:1]], default=None)

    def _collect(self) -> None:
        for sender, side in enumerate(self._sides):
            for datagram in side.datagrams_to_send():
                number, self.sent = self.sent, self.sent + 1
                if self.is_lost(self._now, datagram):
                    self.lost += 1
                    continue
                entry = (self._now + WAY_S, number, 1 - sender, self.change(number, datagram))
                heapq.heappush(self._on_way, entry)
