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
APART_WINDOW_S = 2.0
"""The same where feedback is lost: of the time that nothing tells of, nothing is known."""
_MOST_TOLD = 64
"""Feedbacks kept, whatever clock a peer tells."""
BUSY_WINDOW_S = 1.0
_LEAST_BUSY_S = 0.1
"""Of less busy time than this no rate is made: two or three packets."""
_BUSY_QUEUE_S = 0.008
"""A packet that waited as long came upon a queue; less may be noise of the receiver's clock."""


class _Told(NamedTuple):
    """One feedback: when its newest packet left and arrived, its bytes, and the seconds of sending
    and of arrival they took. With `is_apart` the feedback before it was lost, and only what it
    tells of itself counts.
    """

    sent_at: float
    arrival: float
    sent: int
    received: int
    sending_s: float
    arriving_s: float
    is_apart: bool


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
        arrival = newest.received_at
        is_apart = self._next_number is not None and results[0].number > self._next_number
        self._next_number = results[-1].number + 1
        if self._told and arrival < self._told[-1].arrival - WINDOW_S:
            self._told.clear()  # a clock that runs backwards tells nothing of the time between
        if is_apart:
            self._last = None
            self._told.append(_alone(results, newest.sent_at, arrival))
        else:
            sent, received = _bytes_of(results)
            before = self._told[-1] if self._told else None
            sending = newest.sent_at - before.sent_at if before else 0.0
            arriving = arrival - before.arrival if before else 0.0
            told = _Told(newest.sent_at, arrival, sent, received, sending, arriving, False)
            self._told.append(told)
        longest = APART_WINDOW_S if any([each.is_apart for each in self._told]) else WINDOW_S
        while arrival - self._told[0].arrival > longest:
            self._told.popleft()
        self._set_rates()

    def _set_rates(self) -> None:
        """The first entry only marks the beginning."""
        self.sent_bps = self.received_bps = None
        if len(self._told) < 3:
            return
        first = self._told[0]
        sending = sum([each.sending_s for each in self._told]) - first.sending_s
        arriving = sum([each.arriving_s for each in self._told]) - first.arriving_s
        if sending > 0:
            self.sent_bps = (sum([each.sent for each in self._told]) - first.sent) * 8 / sending
        if arriving > 0:
            received = sum([each.received for each in self._told]) - first.received
            self.received_bps = received * 8 / arriving

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


def _bytes_of(results: Sequence[PacketResult]) -> tuple[int, int]:
    """Sent, and of that received."""
    sent = sum([each.size for each in results])
    return sent, sent - sum([each.size for each in results if each.received_at is None])


def _alone(results: Sequence[PacketResult], sent_at: float, arrival: float) -> _Told:
    """What one feedback tells without the one before: from its first burst to its newest packet
    that came. The first burst only marks the beginning.
    """
    first = next(each for each in results if each.received_at is not None)
    rest = [each for each in results if each.sent_at > first.sent_at]
    sent, received = _bytes_of(rest)
    arriving = max(arrival - (first.received_at or 0.0), 0.0)
    return _Told(sent_at, arrival, sent, received, sent_at - first.sent_at, arriving, True)


def _newest_arrived(results: Sequence[PacketResult]) -> PacketResult | None:
    for each in reversed(results):
        if each.received_at is not None:
            return each
    return None
