"""ArrivalGroups: packets that left together, as one sample of the path's delay
(draft-ietf-rmcat-gcc-02 section 5.1).

The router sends what is due to one receiver at one instant, up to some dozens of packets back to
back. The last of such a burst waits for the others, so its delay says how large the burst was. The
sample is therefore the packet that came soonest after it was sent, mostly the first: its delay is
what the path added before the burst.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from media.congestion.send_log import PacketResult

BURST_S = 0.005
"""Packets sent within this time are one group."""
_LONGEST_BATCH_S = 0.1


class Group(NamedTuple):
    """`sent_at` and `arrival` are of the sample, in two clocks; `last_arrival` is the group's end;
    `size` are the bytes that arrived.
    """

    sent_at: float
    arrival: float
    last_arrival: float
    size: int


class ArrivalGroups:
    """Of one path. A group is given out when a packet of the next one is known."""

    __slots__ = ("_arrival", "_first_arrival", "_first_sent", "_last_arrival", "_sent_at", "_size")

    def __init__(self) -> None:
        self._size = 0  # 0: no group begun
        self._first_sent = 0.0
        self._first_arrival = 0.0
        self._sent_at = 0.0
        self._arrival = 0.0
        self._last_arrival = 0.0

    def add(self, results: Iterable[PacketResult]) -> list[Group]:
        """The groups that are complete now, in the order of sending."""
        complete: list[Group] = []
        for sent_at, size, arrival, _, _ in results:
            if arrival is None:
                continue
            if self._size and (
                sent_at - self._first_sent <= BURST_S or self._is_batched(sent_at, arrival)
            ):
                self._size += size
                if arrival > self._last_arrival:  # noqa: PLR1730 (a call costs more)
                    self._last_arrival = arrival
                if arrival - sent_at < self._arrival - self._sent_at:
                    self._sent_at, self._arrival = sent_at, arrival
                continue
            if self._size:
                complete.append(Group(self._sent_at, self._arrival, self._last_arrival, self._size))
            self._begin(sent_at, arrival, size)
        return complete

    def _begin(self, sent_at: float, arrival: float, size: int) -> None:
        self._first_sent = self._sent_at = sent_at
        self._first_arrival = self._arrival = self._last_arrival = arrival
        self._size = size

    def _is_batched(self, sent_at: float, arrival: float) -> bool:
        """Whether the path held packets back and lets them go together, as radio links do: sent
        apart, they arrive as one, each with less delay than the one before.
        """
        return (
            arrival - self._last_arrival <= BURST_S
            and arrival - self._arrival < sent_at - self._sent_at
            and arrival - self._first_arrival < _LONGEST_BATCH_S
        )
