"""Copies: packets of pictures that leave several times, for receivers on lines that lose much.

Each copy is a retransmission under a number of its own (`resending.again`), so none seals a number
twice and the receiver tells of each. They leave a few milliseconds apart, as losses come in rows,
and as far as the line's rate has room beside everything else: the packets with the fewest copies
first, and what is too old not at all. What receivers still ask for is answered with several as
well. How many a line bears is decided elsewhere (`repair.policy`).

Weak_network.md section 4: at 70 %, 7 copies made 13.1 of 15 frames a second, 15 copies 14.2.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from media.congestion.send_log import PacketResult
from media.endpoint.faults import Faults
from media.endpoint.line import Line, Subscription
from media.endpoint.resending import again
from media.endpoint.single import PACKET_OVERHEAD
from media.endpoint.singles import Singles
from media.forward.consumer import Found
from media.forward.packet import Packet
from media.forward.rewriter import Stretch
from media.forward.view import Receiver, Sent

FEW = 2
"""Up to so many copies are made of key frames and the lowest temporal layer only: without those
nothing that follows can be shown."""
ANSWERS = 4
"""Copies at most that answer one question; what was asked for again was lost several times."""
HANDICAP = 3
"""Where there is no room for all copies, so many of those come before the others."""
LATE, LATE_S = 4, 0.05
"""Where receivers tell what came, so many copies more, so far apart, of what they did not tell of:
those of packets that did come are saved (10 copies and 4 late ones had no freeze at 70 %)."""
_REMEMBERED = 4096
STEP_S = 0.005
"""Copies of all lines that are due within it leave together."""
LIFE_S = 0.2
"""How much longer than planned copies of one packet may take when there is no room at once."""


_ROUNDING = 1e-6  # of a second, or what is due at `next_at` would not be due at `next_at`


@dataclass(slots=True, eq=False)
class _Packet:
    """One packet that leaves again `left` times, from `at` on but not after `until`; the `late`
    last at longer intervals. Without being asked for it does so only in the stay it was first sent
    in (`stretch`): what never left in an earlier one has no number.
    """

    found: Found
    left: int
    at: float
    until: float
    stretch: Stretch | None
    handicap: int = 0
    late: int = 0
    made: int = 0


@dataclass(slots=True, eq=False)
class _Copied:
    """What is done for one subscription; `waiting` by number, as its receiver knows it."""

    subscription: Subscription
    count: int
    spacing_s: float
    waiting: dict[int, _Packet] = field(default_factory=dict)


class _Arrivals:
    """Copies of one line on their way, by transport-wide number: once its receiver tells that one
    came, the packet is not sent again. What is told of is what arrived; that a packet was lost is
    not known before the copies are over.
    """

    __slots__ = ("_sent",)

    def __init__(self) -> None:
        self._sent: dict[int, _Packet] = {}

    def sent(self, number: int, packet: _Packet) -> None:
        """A copy of `packet` leaves under the (extended) transport-wide `number`."""
        self._sent[number] = packet
        if len(self._sent) > _REMEMBERED:
            del self._sent[next(iter(self._sent))]

    def told(self, results: Sequence[PacketResult]) -> None:
        """What became of packets."""
        for result in results:
            if result.received_at is not None and result.number in self._sent:
                self._sent.pop(result.number).left = 0


class Copies:
    """Of all lines of an exchange. `count` is of copies that left."""

    def __init__(self, singles: Singles, faults: Faults) -> None:
        self.count = 0
        self._singles = singles
        self._faults = faults
        self._copied: dict[Receiver, _Copied] = {}
        self._arrivals: dict[Line, _Arrivals] = {}

    def set(self, subscription: Subscription, count: int, spacing_s: float) -> None:
        """From now on each packet of this picture leaves `count` times more, so far apart; with 0
        it leaves once, and questions are answered once, as on any line.
        """
        if count <= 0 or subscription.resends is None:
            self.forget(subscription)
            return
        subscription.copies, spacing_s = count, max(spacing_s, STEP_S)
        copied = self._copied.get(subscription.consumer)
        if copied is None:
            self._copied[subscription.consumer] = _Copied(subscription, count, spacing_s)
            if subscription.consumer.delivery.extensions.transport:
                self._listen(subscription.line)
        else:
            copied.count, copied.spacing_s = count, spacing_s

    def forget(self, subscription: Subscription) -> None:
        """No copies are made of it any more, nor of what has left."""
        subscription.copies = 0
        self._copied.pop(subscription.consumer, None)
        line = subscription.line
        if line in self._arrivals and not any(each.copies for each in line.subscriptions.values()):
            del self._arrivals[line]
            line.downlink.hears = None

    def _listen(self, line: Line) -> None:
        if line not in self._arrivals:
            arrivals = self._arrivals[line] = _Arrivals()
            line.downlink.hears = arrivals.told

    def close(self, line: Line) -> None:
        """The line is gone."""
        self._arrivals.pop(line, None)

    def gained(self, now: float) -> None:
        """What views have pending leaves now; each packet comes by here once."""
        for copied in self._copied.values():
            stretch = copied.subscription.consumer.stretch
            if stretch is not None and stretch.view.pending and stretch.view.spatial == 0:
                self._plan(copied, stretch.view.pending, now)

    def owed(self, receiver: Receiver, backlog: Sequence[Sent], now: float) -> None:
        """A newcomer gets what its view gave out before."""
        copied = self._copied.get(receiver)
        if copied is not None:
            self._plan(copied, backlog, now)

    def _plan(self, copied: _Copied, packets: Iterable[Sent], now: float) -> None:
        consumer, count = copied.subscription.consumer, copied.count
        stretch, first_at = consumer.stretch, now + copied.spacing_s
        if stretch is None:
            return
        until = now + count * copied.spacing_s + LIFE_S
        late = LATE if copied.subscription.line in self._arrivals and count > FEW else 0
        until += late * LATE_S
        for sent in packets:
            if sent.number < consumer.floor or not sent.payload:
                continue
            is_needed = _is_needed(sent.packet)
            if count <= FEW and not is_needed:
                continue
            timestamp = (sent.packet.timestamp + stretch.timestamp_offset) & 0xFFFFFFFF
            found = Found(sent.number + stretch.offset, timestamp, sent, stretch)
            handicap = 0 if is_needed else HANDICAP
            packet = _Packet(found, count + late, first_at, until, stretch, handicap, late)
            copied.waiting[found.number] = packet

    def answer(self, subscription: Subscription, lost: Iterable[int], now: float) -> bool:
        """Answers a question for these 16-bit numbers; False where it is not done here."""
        copied, resends = self._copied.get(subscription.consumer), subscription.resends
        downlink = subscription.line.downlink
        if copied is None or resends is None or not downlink.is_measured:
            return False
        if downlink.pacer.queued_bytes:
            return False  # then a single answer goes before what waits
        count = min(copied.count, ANSWERS)
        for sequence in lost:
            found = subscription.consumer.find(sequence)
            if found is None or not found.sent.payload or found.number in copied.waiting:
                continue
            sent_at = found.sent.packet.arrival
            if resends.may_send(found.number, sent_at, downlink.round_trip, now=now):
                until = now + count * copied.spacing_s + LIFE_S
                copied.waiting[found.number] = _Packet(found, count, now, until, None)
        return True

    def release(self, now: float) -> None:
        """Sends what is due, as far as it fits beside the rest."""
        due = [
            (packet.made + packet.handicap, number, copied, packet)
            for copied in self._copied.values()
            for number, packet in copied.waiting.items()
            if packet.at <= now + _ROUNDING
        ]
        due.sort(key=_made)
        for _, number, copied, packet in due:
            try:
                is_done = self._send(copied, packet, now)
            except Exception as error:  # a bug of ours must not cost another line its packets
                self._faults.note(error)
                is_done = True
            if is_done:
                del copied.waiting[number]

    def _send(self, copied: _Copied, packet: _Packet, now: float) -> bool:
        """One copy, if there is room; whether it was the last."""
        subscription, found = copied.subscription, packet.found
        line, resends, stretch = subscription.line, subscription.resends, packet.stretch
        is_stale = stretch is not None and subscription.consumer.stretch is not stretch
        if packet.left <= 0 or packet.until < now or is_stale or resends is None:
            return True
        packet.at = now + (LATE_S if packet.left <= packet.late else copied.spacing_s)
        if not _has_room(line, len(found.sent.payload) + PACKET_OVERHEAD, now):
            return False
        arrivals = self._arrivals.get(line)
        if arrivals is not None:
            arrivals.sent(line.downlink.sends.next, packet)
        self._singles.send(line, again(found, subscription, resends), now)
        self.count += 1
        packet.made += 1
        packet.left -= 1
        return packet.left <= 0

    def next_at(self) -> float | None:
        """When `release` has something to do."""
        times = [each.at for copied in self._copied.values() for each in copied.waiting.values()]
        return math.ceil(min(times) / STEP_S) * STEP_S if times else None


def _made(due: tuple[int, int, _Copied, _Packet]) -> tuple[int, int]:
    return due[:2]


def _is_needed(packet: Packet) -> bool:
    return packet.key_frame or not packet.temporal


def _has_room(line: Line, octets: int, now: float) -> bool:
    """Whether so much may leave now; it then counts. What a line that tells nothing carries nobody
    knows, so it gets no copies.
    """
    return line.downlink.is_measured and line.downlink.pacer.may_burst(octets, now=now)
