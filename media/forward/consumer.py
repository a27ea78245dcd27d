"""Consumer: the delivery of one producer's track to one receiver.

Joins selector, rewriter and view, and remembers its last stays, so that a number a receiver asks
for again is found in the view it came from. Does not send.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from media.forward.packet import Packet
from media.forward.rewriter import Rewriter, Stretch
from media.forward.selector import Selector
from media.forward.view import ExtensionIds, Receiver, Sent, Shape, View
from media.ids import ConsumerId, ProducerId
from media.source import Kind
from media.wire.sequence import unwrap

ALWAYS = 1
"""Earlier frames that go with each packet of sound where the receiver reads them, whatever its
network: so that the first second of loss is half as rough (weak_network.md section 2)."""
_STRETCHES = 8
"""Stays remembered for retransmission; switches are rarer than the history is long."""
_HURRY = 1.0
"""Seconds in which the network's answer to a wish counts as part of it."""
_OVERDUE = 1.0
"""Seconds; a key frame comes within half of it where the way to the publisher is sound."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How packets to this receiver look: what was negotiated and chosen when it was made.

    `redundant_type` is the payload type of sound with redundancy, `noise_type` of comfort noise
    (RFC 3389); None where it reads none.
    `first_number` is below 2**14, so that the roll-over count starts at zero (RFC 3711 section
    3.3.1).
    """

    kind: Kind
    ssrc: int
    payload_type: int
    clock_rate: int
    extensions: ExtensionIds
    first_number: int
    redundant_type: int | None = None
    noise_type: int | None = None


class Found(NamedTuple):
    """A packet sent earlier, as this receiver got it."""

    number: int
    timestamp: int
    sent: Sent
    stretch: Stretch


class Consumer(Receiver):
    """See the module. Forwarded to only while in a view (`stretch` is not None)."""

    __slots__ = (
        "_earlier",
        "_hurried_until",
        "_octets",
        "_packets",
        "_rewriter",
        "_start",
        "_too_much_since",
        "consumer_id",
        "delivery",
        "paused",
        "producer_id",
        "reported_layers",
        "selector",
        "stretch",
    )

    def __init__(
        self, consumer_id: ConsumerId, producer_id: ProducerId, delivery: Delivery
    ) -> None:
        shape = Shape(0, 0, delivery.extensions)
        super().__init__(delivery.ssrc, delivery.payload_type, shape)
        self.consumer_id = consumer_id
        self.producer_id = producer_id
        self.delivery = delivery
        self.selector = Selector()
        self.paused = True
        self.stretch: Stretch | None = None
        self.reported_layers: tuple[int, int] | None = None
        self._rewriter = Rewriter(delivery.first_number, delivery.clock_rate)
        self._earlier: deque[Stretch] = deque(maxlen=_STRETCHES)
        self._packets = 0
        self._octets = 0
        self._start = (0, 0)
        self._hurried_until = math.inf
        self._too_much_since: float | None = None
        self.protect(ALWAYS, None)

    def hurry(self, *, now: float) -> None:
        """It asked for something itself, and a person waits for it."""
        self._hurried_until = math.inf if self.stretch is None else now + _HURRY

    def is_hurried(self, *, now: float) -> bool:
        """Whether others may have to pay a key frame for it at once."""
        return now < self._hurried_until

    def is_overdue(self, target: int | None, *, now: float) -> bool:
        """Whether it has waited too long for a layer its network carries, under one it does not.

        A face that stands still for a moment is better than a screen that is late all the time.
        """
        if not self.selector.is_too_much(target):
            self._too_much_since = None
            return False
        if self._too_much_since is None:
            self._too_much_since = now
        return now - self._too_much_since >= _OVERDUE

    def join(self, view: View, packet: Packet, reference: int | None, *, now: float) -> None:
        """From `packet` on this receiver gets `view`. It must not be in one, nothing pending."""
        stretch = self._rewriter.join(view, packet, reference, now=now)
        self.stretch = stretch
        self._start = (view.count, view.octets)
        shape = self.shape._replace(
            picture_delta=stretch.picture_delta, tl0_delta=stretch.tl0_delta
        )
        self.history = view.history
        self.place(stretch.first, stretch.offset, stretch.timestamp_offset, shape)
        self.selector.moved(view.spatial, view.limit)
        self._hurried_until = min(self._hurried_until, now + _HURRY)
        view.add(self)

    def protect(self, depth: int, word: int | None) -> None:
        """From what leaves next on, `depth` earlier frames go with each packet of sound, as far as
        its receiver reads them, and `word` with each header. It may be in a view.
        """
        redundant = self.delivery.redundant_type
        depth = 0 if redundant is None else depth
        if (depth, word) == (self.shape.depth, self.shape.word):
            return
        view = None if self.stretch is None else self.stretch.view
        if view is not None:
            view.remove(self)
        self.payload_type = redundant if redundant and depth else self.delivery.payload_type
        shape = self.shape._replace(depth=depth, word=word)
        self.place(self.floor, self.offset, self.timestamp_offset, shape)
        if view is not None:
            view.add(self)

    def interpose(self, count: int) -> tuple[int, int] | None:
        """Makes room for `count` packets of our own in front of what comes next: (extended number
        of the first of them, timestamp of the last packet before). None where it is in no view, or
        its view gave it nothing yet, or has something pending.
        """
        stretch = self.stretch
        last = None if stretch is None else stretch.view.last
        if stretch is None or last is None or last.number < stretch.first or stretch.view.pending:
            return None
        spent = self._rewriter.spend(stretch, count)
        first = last.number + 1
        self._earlier.append(stretch._replace(end=first))
        self.stretch = stretch._replace(first=first, offset=stretch.offset + count)
        self.place(first, self.stretch.offset, stretch.timestamp_offset, self.shape)
        self._packets += count
        self._octets += count
        return spent

    def leave(self) -> None:
        """This receiver gets nothing from now on; what was pending has been sent."""
        stretch = self.stretch
        if stretch is None:
            return
        stretch.view.remove(self)
        self._rewriter.leave(stretch)
        self._packets, self._octets = self.counts()
        self._earlier.append(stretch)
        self.stretch = None
        self.selector.stopped()

    def counts(self) -> tuple[int, int]:
        """(packets, payload octets) sent so far, for the SR."""
        if self.stretch is None:
            return self._packets, self._octets
        view = self.stretch.view
        packets, octets = self._start
        return self._packets + view.count - packets, self._octets + view.octets - octets

    def owe(self, backlog: list[Sent]) -> None:
        """Packets of the view given out before this receiver joined are sent to it alone."""
        self._packets += len(backlog)
        self._octets += sum(len(sent.payload) for sent in backlog)

    def recall(self, numbers: Set[int], octets: int) -> None:
        """Packets with these numbers, given to this receiver, never left. It must not be in a view.

        Those that came last are given again, so that the receiver sees no gap.
        """
        self._rewriter.recall(numbers)
        self._packets -= len(numbers)
        self._octets -= octets

    @property
    def last_stretch(self) -> Stretch | None:
        """The present stay, or the one before."""
        return self.stretch or (self._earlier[-1] if self._earlier else None)

    def skip(self, first: int, numbers: Set[int], octets: int) -> None:
        """From the view's packet `first` on, a key frame's, it goes on behind what it got last:
        packets with these numbers never left. It stays in the view.
        """
        stretch = self.stretch
        if stretch is None:
            return
        number = first + stretch.offset
        while number - 1 in numbers:
            number -= 1
        self._earlier.append(stretch)
        self.stretch = stretch._replace(first=first, offset=number - first)
        self.place(first, number - first, stretch.timestamp_offset, self.shape)
        self._packets -= len(numbers)
        self._octets -= octets

    def recent(self) -> Iterator[Found]:
        """What this receiver got, newest first, as far as it is remembered. Nothing is pending."""
        stretch = self.last_stretch
        if stretch is None or stretch.view.last is None:
            return
        view, offset = stretch.view, stretch.offset
        newest = stretch.view.last.number
        if self.stretch is None:
            newest = self._rewriter.next - 1 - offset
        for number in range(newest, max(stretch.first, newest - view.history.size) - 1, -1):
            sent = view.history.get(number)
            if sent is not None and sent.payload:
                timestamp = (sent.packet.timestamp + stretch.timestamp_offset) & 0xFFFFFFFF
                yield Found(number + offset, timestamp, sent, stretch)

    def find(self, sequence: int) -> Found | None:
        """The packet sent under the 16-bit number `sequence`; None if unknown or too old."""
        newest = self.stretch
        if newest is not None and newest.view.last is not None:
            highest = newest.view.last.number + newest.offset
        else:
            highest = self._rewriter.next - 1
        number = unwrap(sequence, max(highest, 0))
        for stretch in ((newest,) if newest else ()) + tuple(reversed(self._earlier)):
            if number >= stretch.first + stretch.offset:
                place = number - stretch.offset
                sent = stretch.view.history.get(place)
                if sent is None or (stretch.end is not None and place >= stretch.end):
                    return None
                timestamp = sent.packet.timestamp + stretch.timestamp_offset
                return Found(number, timestamp & 0xFFFFFFFF, sent, stretch)
        return None
