"""Queues: packets that wait until their line's rate lets them leave.

Decides what becomes of them when their consumer stops, switches or closes, and when they have
waited too long; when each may leave is the pacer's. Sound never waits. Packets of one consumer
leave in the order they were put in, so that none overtakes another. What never left was never
sealed: its numbers are used again, and the receiver sees no gap to ask about.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from media.congestion.pacer import Pacer
from media.endpoint.faults import Faults
from media.endpoint.line import Line, Subscription
from media.endpoint.single import Single, single_of
from media.endpoint.singles import Singles
from media.forward.consumer import Consumer
from media.forward.view import Receiver, Sent
from media.source import Source

LATE_S = 1.5
"""Seconds a screen may be behind: who reads along should see a change within two."""
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

    def __init__(self, singles: Singles, faults: Faults) -> None:
        self.held = 0
        """Packets that had to wait, so far."""
        self._singles = singles
        self._faults = faults
        self._lines: dict[Line, None] = {}  # in the order they began to wait
        self._late: set[Receiver] = set()

    def hold(self, line: Line, receiver: Receiver, packets: Sequence[Sent], now: float) -> None:
        """`packets` leave later, with the constants `receiver` has now."""
        subscription = line.subscriptions[receiver.ssrc]
        priority = _PRIORITIES[subscription.publication.producer.track.source]
        for position, sent in enumerate(packets):
            if (
                sent.packet.key_frame
                and receiver in self._late
                and _is_ahead(subscription.consumer, sent, packets[position:])
            ):
                self._skip(line, subscription.consumer, sent, now)
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
                self._faults.note(error)
            if not pacer.queued_bytes:
                del self._lines[line]

    def next_at(self) -> float | None:
        """When `release` has something to do."""
        times = [line.downlink.pacer.next_at() for line in self._lines]
        return min((at for at in times if at is not None), default=None)

    def forget(self, subscription: Subscription) -> None:
        """Nothing that waits for this consumer is wanted any more. It gets nothing new now."""
        pacer = subscription.line.downlink.pacer
        self._late.discard(subscription.consumer)
        if subscription.resends is not None:
            pacer.drop(subscription.resends)
        dropped = pacer.drop(subscription.consumer)
        if dropped:
            subscription.consumer.recall(*_numbers(dropped))

    def late(self) -> list[Subscription]:
        """Screens that fall behind: more of them waits than their line sends in `LATE_S`, without
        the picture that is on its way, which may be a whole page. From now on a key frame of
        theirs drops what waits before it.
        """
        found = []
        for line in self._lines:
            pacer = line.downlink.pacer
            tolerated = LATE_S * pacer.rate_bps / 8
            if pacer.queued_bytes > tolerated:
                found += [
                    each
                    for each in line.subscriptions.values()
                    if _is_screen(each)
                    and sum(single.wire_bytes for single in _rest(pacer, each.consumer)) > tolerated
                ]
        self._late.update(each.consumer for each in found)
        return found

    def _skip(self, line: Line, consumer: Consumer, sent: Sent, now: float) -> None:
        """What waits before the key frame that begins with `sent` is dropped, but for the picture
        that is on its way.
        """
        pacer = line.downlink.pacer
        rest = _rest(pacer, consumer)
        waiting = pacer.drop(consumer)
        for single in waiting:  # by picture: a repaired packet of it may stand behind the next one
            if single.numbers[2] == waiting[0].numbers[2]:
                pacer.push(single, single.wire_bytes, _PRIORITIES[Source.SCREEN], consumer, now=now)
        line.drops["pacer.late"] += len(rest)
        consumer.skip(sent.number, *_numbers(rest))
        self._late.discard(consumer)

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


def _rest(pacer: Pacer[Single], consumer: Consumer) -> list[Single]:
    """What waits behind the picture that is on its way."""
    waiting = pacer.waiting(consumer)
    return [each for each in waiting if each.numbers[2] != waiting[0].numbers[2]]


def _is_ahead(consumer: Consumer, sent: Sent, following: Sequence[Sent]) -> bool:
    """Whether nothing the view gave before lies behind `sent`, which comes with `following`: only
    then are the numbers from it on free (a number is sealed once, RFC 7714 section 8.4).
    """
    if consumer.stretch is None or sent.number < consumer.floor:
        return False
    history, fresh = consumer.stretch.view.history, {each.number for each in following}
    return not any(
        number not in fresh and history.get(number) is not None
        for number in range(sent.number + 1, history.highest + 1)
    )


def _is_screen(subscription: Subscription) -> bool:
    return subscription.publication.producer.track.source is Source.SCREEN


def _numbers(dropped: list[Single]) -> tuple[Set[int], int]:
    """Numbers and octets."""
    return {single.numbers[1] for single in dropped}, sum(len(s.sent.payload) for s in dropped)
