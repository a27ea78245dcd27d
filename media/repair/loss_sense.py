"""LossSense: how much one direction of a line loses, in what bursts, known within half a second.

Decides nothing but that. Several windows look at the same packets: fast ones, so that a line that
turns bad in the middle of a sentence is known at once, less what chance may have added to them; and
a slow one, which says how bad it is and whether it is over. The worst of them counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

FAST_S = (0.4, 0.8, 1.6)
SLOW_S = 4.0
DOUBT = 1.6
"""Standard deviations a fast window is taken for too high: one in twenty of them is."""
STEP_S = 0.1
"""What comes within as long is one entry of the windows."""
LEAST_PACKETS = 8
"""A fast window says nothing with fewer: four losses among them would be half."""
_GUESSED_BURSTS = 2.0
"""Added to the bursts that were counted, each as long as chance alone makes them: a single long one
is not yet a habit of the network."""


class Sensed(NamedTuple):
    """Of one direction of one line: share of packets lost 0..1; how many were lost in a row, on
    average, when any were; packets sent a second, that a burst has a length in time as well.
    """

    loss: float = 0.0
    burst: float = 1.0
    packets_per_second: float = 0.0


class _Entry(NamedTuple):
    """Packets that became known at about `at`."""

    at: float
    packets: int
    lost: int
    bursts: int


NOTHING = Sensed()


class LossSense:
    """Of one direction of one line. What became of a packet is told by `came`, once or corrected
    later; retransmissions and copies are not told at all.
    """

    __slots__ = ("_bursts", "_entries", "_lost", "_packets", "_since", "told_at")

    def __init__(self) -> None:
        self.told_at = float("-inf")
        """When anything became known last."""
        self._entries: deque[_Entry] = deque()
        self._packets = self._lost = self._bursts = 0
        self._since = 0.0

    def came(self, packets: int, lost: int, bursts: int, *, now: float) -> None:
        """What became of `packets` more is known: `lost` of them are, in `bursts` runs. Fewer than
        none were lost when packets come that had been taken for lost.
        """
        if packets <= 0 and not lost:
            return
        if now - self.told_at > SLOW_S:
            self._clear(now)
        self.told_at = now
        self._packets += packets
        self._lost += lost
        self._bursts += bursts
        entries = self._entries
        if entries and now - entries[-1].at < STEP_S:
            at, before, gone, runs = entries[-1]
            entries[-1] = _Entry(at, before + packets, gone + lost, runs + bursts)
        else:
            entries.append(_Entry(now, packets, lost, bursts))
        self._forget(now)

    def sensed(self, now: float) -> Sensed:
        """How it is now. Of a line that nothing was told of for SLOW_S nothing is known."""
        if not self._lost:
            return NOTHING
        self._forget(now)
        if not self._lost or self._packets <= 0:
            return NOTHING
        slow = _share(self._lost, self._packets)
        loss = max(slow, self._fast(now))
        if loss <= 0:
            return NOTHING
        alone = 1 / max(1 - slow, 1 / (self._packets + 1))
        lost = max(self._lost, 0) + _GUESSED_BURSTS * alone
        burst = max(lost / (max(self._bursts, 0) + _GUESSED_BURSTS), 1.0)
        elapsed = min(max(now - self._since, STEP_S), SLOW_S)
        return Sensed(loss, burst, self._packets / elapsed)

    def _fast(self, now: float) -> float:
        """The worst that the fast windows say, less what chance may have added."""
        worst, ends = 0.0, iter(FAST_S)
        end = next(ends)
        packets = lost = 0
        for each in reversed(self._entries):
            while now - each.at >= end:
                worst = max(worst, _least(lost, packets))
                following = next(ends, None)
                if following is None:
                    return worst
                end = following
            packets += each.packets
            lost += each.lost
        return max(worst, _least(lost, packets))

    def _forget(self, now: float) -> None:
        entries = self._entries
        while entries and entries[0].at <= now - SLOW_S:
            _, packets, lost, bursts = entries.popleft()
            self._packets -= packets
            self._lost -= lost
            self._bursts -= bursts

    def _clear(self, now: float) -> None:
        self._entries.clear()
        self._packets = self._lost = self._bursts = 0
        self._since = now


def rows_of(arrivals: Sequence[float | None]) -> tuple[int, int]:
    """How many of some packets, in the order they left, did not arrive, and in how many rows."""
    lost = rows = 0
    is_lost = False
    for arrival in arrivals:
        was_lost, is_lost = is_lost, arrival is None
        if is_lost:
            lost += 1
            rows += not was_lost
    return lost, rows


def _share(lost: int, packets: int) -> float:
    return min(max(lost, 0) / packets, 1.0)


def _least(lost: int, packets: int) -> float:
    """The share that so many of so many speak for at least."""
    if packets < LEAST_PACKETS:
        return 0.0
    share = _share(lost, packets)
    return share - DOUBT * sqrt(share * (1 - share) / packets)
