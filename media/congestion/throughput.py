"""Throughput: what was sent and what arrived lately (the acknowledged bitrate of
draft-ietf-rmcat-gcc-02 section 5.5), and what the path delivered while it had a queue to serve.

The first says how much media there was; only the second says what the path carries.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from media.congestion.arrival_groups import Group
from media.congestion.send_log import PacketResult

WINDOW_S = 0.5
_MOST_TOLD = 64
"""Feedbacks kept, whatever clock a peer tells."""
BUSY_WINDOW_S = 1.0
_LEAST_BUSY_S = 0.1
"""Of less busy time than this no rate is made: two or three packets."""
_BUSY_QUEUE_S = 0.008
"""A packet that waited as long came upon a queue; less may be noise of the receiver's clock."""


class _Told(NamedTuple):
    """One feedback: when its newest packet left and arrived, and bytes."""

    sent_at: float
    arrival: float
    sent: int
    received: int


class Throughput:
    """Of one path, in bits a second; None while too little is known. `sent_bps` is what left,
    lost packets too, `received_bps` what arrived.
    """

    __slots__ = (
        "_busy",
        "_busy_bytes",
        "_busy_s",
        "_last",
        "_next_number",
        "_told",
        "received_bps",
        "sent_bps",
    )

    def __init__(self) -> None:
        self.sent_bps: float | None = None
        self.received_bps: float | None = None
        self._told: deque[_Told] = deque(maxlen=_MOST_TOLD)
        self._next_number: int | None = None
        self._last: Group | None = None
        self._busy: deque[tuple[float, float, int]] = deque()  # (arrival, seconds, bytes)
        self._busy_s = 0.0
        self._busy_bytes = 0

    def update(self, results: Sequence[PacketResult], groups: Sequence[Group], base: float) -> None:
        """What one feedback told; `base` is the path's delay without a queue."""
        self._tell(results)
        for group in groups:
            if self._last is not None:
                self._serve(self._last, group, base)
            self._last = group

    @property
    def busy_bps(self) -> float | None:
        """What arrived in the time the path had a queue, of the last BUSY_WINDOW_S."""
        if self._busy_s < _LEAST_BUSY_S:
            return None
        return self._busy_bytes * 8 / self._busy_s

    def _tell(self, results: Sequence[PacketResult]) -> None:
        newest = _newest_arrived(results)
        if newest is None or newest.received_at is None:
            return
        if self._next_number is not None and results[0].number > self._next_number:
            self._told.clear()  # feedback was lost: of the time between nothing is known
            self._last = None
        self._next_number = results[-1].number + 1
        sent = sum([each.size for each in results])
        received = sent - sum([each.size for each in results if each.received_at is None])
        if self._told and newest.received_at < self._told[-1].arrival - WINDOW_S:
            self._told.clear()  # a clock that runs backwards tells nothing of the time between
        self._told.append(_Told(newest.sent_at, newest.received_at, sent, received))
        while newest.received_at - self._told[0].arrival > WINDOW_S:
            self._told.popleft()
        self._set_rates()

    def _set_rates(self) -> None:
        """The first entry only marks the beginning."""
        self.sent_bps = self.received_bps = None
        if len(self._told) < 3:
            return
        first, last = self._told[0], self._told[-1]
        sent = sum([each.sent for each in self._told]) - first.sent
        received = sum([each.received for each in self._told]) - first.received
        if last.sent_at > first.sent_at:
            self.sent_bps = sent * 8 / (last.sent_at - first.sent_at)
        if last.arrival > first.arrival:
            self.received_bps = received * 8 / (last.arrival - first.arrival)

    def _serve(self, before: Group, group: Group, base: float) -> None:
        """`group` came upon a queue: since `before` came out the path was never idle, and served
        what was in front of it.
        """
        seconds = group.arrival - before.arrival
        if seconds > 0 and group.arrival - group.sent_at - base > _BUSY_QUEUE_S:
            self._busy.append((group.arrival, seconds, before.size))
            self._busy_s += seconds
            self._busy_bytes += before.size
        while self._busy and group.arrival - self._busy[0][0] > BUSY_WINDOW_S:
            _, seconds, size = self._busy.popleft()
            self._busy_s -= seconds
            self._busy_bytes -= size


def _newest_arrived(results: Sequence[PacketResult]) -> PacketResult | None:
    for each in reversed(results):
        if each.received_at is not None:
            return each
    return None
