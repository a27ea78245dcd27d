"""Queues: packets that wait until their line's rate lets them leave.

Decides what becomes of them when their consumer stops, switches or closes, and when they have
waited too long; when each may leave is the pacer's. Sound never waits. Packets of one consumer
leave in the order they were put in, so that none overtakes another. What never left was never
sealed: its numbers are used again, and the receiver sees no gap to ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from media.endpoint.line import Line, Subscription
from media.endpoint.single import Single, single_of
from media.endpoint.singles import Singles
from media.forward.view import Receiver, Sent
from media.source import Source

RESENT_PRIORITY = 1
_PRIORITIES = {
    Source.MICROPHONE: 0,
    Source.SCREEN_AUDIO: 0,
    Source.SCREEN: 2,
    Source.CAMERA: 3,
}
"""As `congestion.pacer` takes them."""


class Queues:
    """Of all lines of an exchange."""

    def __init__(self, singles: Singles, fault: Callable[[Exception], None]) -> None:
        self.held = 0
        """Packets that had to wait, so far."""
        self._singles = singles
        self._fault = fault
        self._lines: dict[Line, None] = {}  # in the order they began to wait

    def hold(self, line: Line, receiver: Receiver, packets: Iterable[Sent], now: float) -> None:
        """`packets` leave later, with the constants `receiver` has now."""
        source = line.subscriptions[receiver.ssrc].publication.producer.track.source
        priority = _PRIORITIES[source]
        for sent in packets:
            if sent.number >= receiver.floor:
                self.put(line, single_of(sent, receiver), priority, receiver, now)

    def put(self, line: Line, single: Single, priority: int, key: object, now: float) -> None:
        """One packet more."""
        line.downlink.pacer.push(single, single.wire_bytes, priority, key, now=now)
        self._lines[line] = None
        self.held += 1

    def release(self, now: float) -> None:
        """Sends what may leave."""
        for line in list(self._lines):
            pacer = line.downlink.pacer
            try:
                for single in pacer.take(now=now):
                    self._singles.send(line, single, now)
            except Exception as error:  # a bug of ours must not cost another line its packets
                self._fault(error)
            if not pacer.queued_bytes:
                del self._lines[line]

    def next_at(self) -> float | None:
        """When `release` has something to do."""
        times = [line.downlink.pacer.next_at() for line in self._lines]
        return min((at for at in times if at is not None), default=None)

    def forget(self, subscription: Subscription) -> None:
        """Nothing that waits for this consumer is wanted any more. It gets nothing new now."""
        consumer, pacer = subscription.consumer, subscription.line.downlink.pacer
        if subscription.resends is not None:
            pacer.drop(subscription.resends)
        dropped = pacer.drop(consumer)
        if dropped:
            octets = sum(len(single.sent.payload) for single in dropped)
            consumer.recall({single.numbers[1] for single in dropped}, octets)

    def close(self, line: Line) -> None:
        """The line is gone."""
        self._lines.pop(line, None)

    def overfull(self, now: float) -> list[Subscription]:
        """Whose packets have waited too long; retransmissions that have are dropped here."""
        found = []
        for line in self._lines:
            key = line.downlink.pacer.overfull(now=now)
            if key is None:
                continue
            line.drops["pacer.overfull"] += 1
            owner = next(
                (each for each in line.subscriptions.values() if each.consumer is key), None
            )
            if owner is not None:
                found.append(owner)
            else:
                line.downlink.pacer.drop(key)
        return found
