"""Resending: answers NACKs from the history, by RTX under numbers of its own (RFC 4588).

A number is sealed once: an AES-GCM nonce must never serve two packets (RFC 7714 section 8.4).
Decides what is sent again and within which bounds; how often one packet may be is `repair.rtx`'s.
"""

from __future__ import annotations

from collections.abc import Iterable

from media.endpoint.batch import padded, payload_for
from media.endpoint.line import Line, Subscription
from media.endpoint.queues import RESENT_PRIORITY, Queues
from media.endpoint.single import PACKET_OVERHEAD, Single
from media.endpoint.singles import Singles
from media.forward.consumer import Found
from media.forward.packet import Packet
from media.forward.view import Sent, Shape
from media.repair.rtx import Resends, wrap

_SEQUENCE_MASK = 0xFFFF
_MOST_PADDING = 255  # its count is one byte
_NOTHING = Sent(0, Packet(0, 0, False, b"", 0.0), b"")


class Resending:
    """Of all lines of an exchange. `count` is of packets sent again."""

    def __init__(self, singles: Singles, queues: Queues) -> None:
        self.count = 0
        self._singles = singles
        self._queues = queues

    def resend(self, subscription: Subscription, lost: Iterable[int], now: float) -> None:
        """Answers a NACK for these 16-bit numbers; what is gone from the history stays lost."""
        line, resends, consumer = subscription.line, subscription.resends, subscription.consumer
        if resends is None:
            return
        for sequence in lost:
            found = consumer.find(sequence)
            if found is None or not found.sent.payload:
                continue
            sent_at = found.sent.packet.arrival
            if not resends.may_send(found.number, sent_at, line.downlink.round_trip, now=now):
                continue
            if not line.downlink.resent.spend(len(found.sent.payload) + PACKET_OVERHEAD, now=now):
                line.drops["rtx.limit"] += 1
                continue
            self._leave(line, again(found, subscription, resends), resends, now)
            self.count += 1

    def _leave(self, line: Line, single: Single, resends: Resends, now: float) -> None:
        if line.downlink.may_leave(single.wire_bytes, now=now):
            self._singles.send(line, single, now)
        else:
            self._queues.put(line, single, RESENT_PRIORITY, resends, now)


def again(found: Found, subscription: Subscription, resends: Resends) -> Single:
    """What was sent earlier, as a packet of the stream for retransmissions."""
    stretch = found.stretch
    extensions = subscription.consumer.delivery.extensions
    shape = Shape(stretch.picture_delta, stretch.tl0_delta, extensions)
    payload = wrap(found.number & _SEQUENCE_MASK, payload_for(found.sent, shape))
    numbers = (resends.payload_type, resends.take_index(), found.timestamp, resends.ssrc)
    return Single(found.sent, shape, numbers, payload)


def padding(subscription: Subscription, resends: Resends) -> Single:
    """A packet of the stream for retransmissions that carries nothing."""
    shape = Shape(0, 0, subscription.consumer.delivery.extensions)
    numbers = (resends.payload_type, resends.take_index(), 0, resends.ssrc)
    return Single(_NOTHING, shape, numbers, padded(b"", _MOST_PADDING), is_padding=True)
