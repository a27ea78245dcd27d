"""SendLog: what left for one receiver under which transport-wide number, and what became of it
(draft-holmer-rmcat-transport-wide-cc-extensions-01).

Decides what a feedback says about which packets; what follows from it is the estimator's. A burst
is one record that refers to the caller's sizes, as many receivers share them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

from media.wire.rtcp_transport import TransportFeedback

HISTORY_S = 10.0
"""Seconds a packet is remembered; feedback that is later teaches nothing."""
MAX_BURSTS = 4096
"""Bursts remembered of a peer that never answers: 40 s of them with one each 10 ms."""
MAX_OPEN = 4096
"""Numbers remembered at once of which feedback was lost."""
_TICK_S = 0.00025
_TICKS_A_REFERENCE = 256  # 64 ms
_REFERENCE_MASK = 0xFFFFFF


class PacketResult(NamedTuple):
    """What became of one packet. Sizes in bytes; `received_at` in the receiver's clock, None when
    it is told lost.
    """

    sent_at: float
    size: int
    received_at: float | None
    cluster: int | None
    number: int = 0
    """The extended transport-wide number; a gap between results means feedback was lost."""


class SendLog:
    """Of one receiver. `next` is the extended number of the next packet, its low 16 bits go on
    the wire.
    """

    __slots__ = (
        "_clusters",
        "_firsts",
        "_highest",
        "_lost",
        "_reference",
        "_sizes",
        "_times",
        "_untold",
        "next",
    )

    def __init__(self, first: int = 0) -> None:
        self.next = first
        self._firsts: list[int] = []
        self._sizes: list[Sequence[int]] = []
        self._times: list[float] = []
        self._clusters: list[int | None] = []
        self._highest = first - 1  # the highest number any feedback told of
        self._lost: set[int] = set()  # told lost; they may still come
        self._untold: set[int] = set()  # below `_highest`, but in no feedback yet
        self._reference = 0  # unwrapped, of the newest feedback

    def sent(self, sizes: Sequence[int], *, now: float, cluster: int | None = None) -> None:
        """Packets of `sizes` bytes left together under the numbers from `next`, in that order.
        The sequence is kept, not copied: it must not change afterwards.
        """
        self._firsts.append(self.next)
        self._sizes.append(sizes)
        self._times.append(now)
        self._clusters.append(cluster)
        self.next += len(sizes)
        if len(self._firsts) > MAX_BURSTS:
            self._forget(MAX_BURSTS // 2)

    @property
    def in_flight_bytes(self) -> int:
        """Bytes sent after the newest packet that feedback told of, in whole bursts."""
        start = bisect_right(self._firsts, self._highest)
        return sum(map(sum, self._sizes[start:]))

    @property
    def unanswered_since(self) -> float | None:
        """When the oldest packet left that is newer than all feedback; None if there is none."""
        if self.next == self._highest + 1:
            return None
        start = bisect_right(self._firsts, self._highest)
        return self._times[start] if start < len(self._times) else None

    def results(
        self, feedback: TransportFeedback, *, now: float, copied_s: float | None = None
    ) -> list[PacketResult]:
        """What is new in `feedback`: each packet once as received, and at most once before that as
        lost. Numbers never sent or forgotten are passed over.

        Where packets are sent once more after `copied_s`, one that came so late was lost: what
        came is its copy, and says nothing of the path.
        """
        self._forget_older(now - HISTORY_S)
        number = self.next - ((self.next - feedback.base_sequence) & 0xFFFF)
        arrivals = self._arrivals(feedback)
        results = self._matched(number, arrivals)
        if copied_s is not None:
            results = _without_copies(results, copied_s)
        if number <= self._highest:
            results = [each for each in results if self._is_news(each)]
        if results:
            passed_over = results[0].number
            if passed_over > self._highest + 1:
                oldest = max(self._highest + 1, passed_over - MAX_OPEN)
                self._untold.update(range(oldest, passed_over))
            self._highest = max(self._highest, results[-1].number)
            if None in arrivals or copied_s is not None:
                self._lost.update(each.number for each in results if each.received_at is None)
        return results

    def _arrivals(self, feedback: TransportFeedback) -> list[float | None]:
        """Seconds in the receiver's clock, unwrapped, for each packet of `feedback`."""
        step = feedback.reference_time - (self._reference & _REFERENCE_MASK)
        half = (_REFERENCE_MASK + 1) // 2
        self._reference += ((step + half) & _REFERENCE_MASK) - half
        ticks = self._reference * _TICKS_A_REFERENCE
        arrivals: list[float | None] = []
        for delta in feedback.deltas:
            if delta is None:
                arrivals.append(None)
            else:
                ticks += delta
                arrivals.append(ticks * _TICK_S)
        return arrivals

    def _matched(self, number: int, arrivals: list[float | None]) -> list[PacketResult]:
        """The packets sent from `number` on beside their arrivals."""
        firsts = self._firsts
        if not firsts:
            return []
        results: list[PacketResult] = []
        position = max(firsts[0] - number, 0)
        index = bisect_right(firsts, number + position) - 1
        while position < len(arrivals) and index < len(firsts):
            sizes = self._sizes[index]
            offset = number + position - firsts[index]
            ends = position + len(sizes) - offset
            rows = zip(
                repeat(self._times[index]),
                sizes[offset:] if offset else sizes,
                arrivals[position:ends],
                repeat(self._clusters[index]),
                range(number + position, number + ends),
                strict=False,
            )
            # A named tuple's own constructor costs twice as much.
            results += [tuple.__new__(PacketResult, row) for row in rows]
            position = ends
            index += 1
        return results

    def _is_news(self, result: PacketResult) -> bool:
        """Whether no feedback told this before; a packet told lost may still be told received."""
        number = result.number
        if number > self._highest:
            return True
        if number in self._untold:
            self._untold.remove(number)
            return True
        if result.received_at is not None and number in self._lost:
            self._lost.remove(number)
            return True
        return False

    def _forget_older(self, oldest: float) -> None:
        count = bisect_left(self._times, oldest)
        if count:
            self._forget(count)

    def _forget(self, count: int) -> None:
        """The oldest `count` bursts, and what was open about them."""
        del self._firsts[:count]
        del self._sizes[:count]
        del self._times[:count]
        del self._clusters[:count]
        oldest = self._firsts[0] if self._firsts else self.next
        if self._lost:
            self._lost = {number for number in self._lost if number >= oldest}
        if self._untold:
            self._untold = {number for number in self._untold if number >= oldest}


def _without_copies(results: list[PacketResult], copied_s: float) -> list[PacketResult]:
    """Copies told as lost. Late is what took two thirds of the copy's delay longer than the soonest
    packet of the same feedback; a queue does not grow so much in one.
    """
    delays = [each.received_at - each.sent_at for each in results if each.received_at is not None]
    if not delays:
        return results
    latest = min(delays) + copied_s * 2 / 3
    return [
        each._replace(received_at=None)
        if each.received_at is not None and each.received_at - each.sent_at > latest
        else each
        for each in results
    ]
