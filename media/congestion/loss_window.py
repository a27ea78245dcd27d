"""LossWindow: packets sent one after the other, counted until they say something about loss."""

from __future__ import annotations

from collections.abc import Sequence

from media.congestion.loss_model import Window
from media.congestion.send_log import PacketResult

WINDOW_S = 0.3
LONGEST_S = 1.0
PACKETS = 20
"""A window has at least as many packets, so that one lost packet is not yet a loss of 10 %."""


class LossWindow:
    """The first feedback of a window only marks its beginning in time."""

    __slots__ = (
        "_bytes",
        "_first_bytes",
        "_lost",
        "_lost_bytes",
        "_packets",
        "_runs",
        "_since",
        "_squares",
        "_until",
    )

    def __init__(self) -> None:
        self._packets = self._lost = self._bytes = self._lost_bytes = self._first_bytes = 0
        self._squares = self._runs = 0
        self._since: float | None = None
        self._until = 0.0

    def add(self, results: Sequence[PacketResult]) -> None:
        """What one feedback told."""
        sizes = [each.size for each in results]
        self._until = results[-1].sent_at
        self._packets += len(results)
        self._bytes += sum(sizes)
        self._squares += sum([size * size for size in sizes])
        lost = [each.size for each in results if each.received_at is None]
        if lost:
            self._runs += runs_of(results)
            self._lost += len(lost)
            self._lost_bytes += sum(lost)
        if self._since is None:
            self._since = self._until
            self._first_bytes = self._bytes

    @property
    def is_complete(self) -> bool:
        """Whether it is long enough, and tells as much as PACKETS, or will hardly ever."""
        if self._since is None:
            return False
        span = self._until - self._since
        return span >= WINDOW_S and (self._weight >= PACKETS or span >= LONGEST_S)

    @property
    def _weight(self) -> float:
        """As many packets of one size would say as much: small ones among large hardly count."""
        return self._bytes * self._bytes / self._squares

    @property
    def loss(self) -> float:
        """Share of the packets that was lost."""
        return self._lost / self._packets

    @property
    def lost(self) -> tuple[int, int]:
        """Packets that were lost, and in how many rows."""
        return self._lost, self._runs

    def taken(self) -> Window:
        """What it says. Only of a complete one."""
        assert self._since is not None
        rate = (self._bytes - self._first_bytes) * 8 / (self._until - self._since)
        return Window(self._weight, self._lost_bytes / self._bytes, max(rate, 1.0))


def runs_of(results: Sequence[PacketResult]) -> int:
    """Rows of packets that were lost one after the other."""
    lost = [each.received_at is None for each in results]
    return sum(now and not before for before, now in zip([False, *lost], lost, strict=False))
