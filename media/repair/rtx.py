"""Retransmission on a stream of its own (RFC 4588): payloads wrapped and restored, and the pace.

Decides how often one packet may be sent again; the history it comes from is `forward`'s. A resend
is never the old header under the old number: that would use an AES-GCM nonce twice.
"""

from __future__ import annotations

from media.errors import Malformed

ORIGINAL_BYTES = 2  # the original sequence number in front of the payload
MAX_RESENDS = 10
"""Of one packet to one receiver; more is a receiver that will never be content."""
_REMEMBERED = 2048
_IMPATIENCE = 0.5
"""Of a round trip: its measure lags, and a second copy is cheaper than a late picture."""
_LEAST_ROUND_TRIP = 0.010
"""Seconds; a receiver that reports less, wrongly or not, is not answered more often for it."""


def restore(payload: bytes) -> tuple[int, bytes] | None:
    """(original 16-bit number, original payload); None for a probe, which carries no payload.

    Malformed `rtx.truncated` when not even the number is there.
    """
    if len(payload) <= ORIGINAL_BYTES:
        if len(payload) == ORIGINAL_BYTES or not payload:
            return None
        raise Malformed("rtx.truncated", f"{len(payload)} bytes")
    return int.from_bytes(payload[:ORIGINAL_BYTES], "big"), payload[ORIGINAL_BYTES:]


def wrap(sequence: int, payload: bytes) -> bytes:
    """The RTX payload for the packet sent as `sequence` (16 bits)."""
    return sequence.to_bytes(ORIGINAL_BYTES, "big") + payload


class Resends:
    """The retransmission stream towards one receiver of one track: numbers and restraint."""

    __slots__ = ("_sent", "index", "payload_type", "ssrc")

    def __init__(self, ssrc: int, payload_type: int, first_index: int) -> None:
        self.ssrc = ssrc
        self.payload_type = payload_type
        self.index = first_index
        """Extended number of the next packet of this stream."""
        self._sent: dict[int, tuple[float, int]] = {}

    def may_send(self, number: int, first_sent_at: float, round_trip: float, *, now: float) -> bool:
        """Whether `number` (extended), first sent at that time, goes out again now.

        A request that comes sooner than the answer to the last sending could have come is about
        an earlier loss: nothing new is sent for it.
        """
        last, count = self._sent.get(number, (first_sent_at, 0))
        patience = max(round_trip, _LEAST_ROUND_TRIP) * _IMPATIENCE
        if count >= MAX_RESENDS or now - last < patience:
            return False
        if len(self._sent) >= _REMEMBERED and number not in self._sent:
            self._sent.pop(next(iter(self._sent)))
        self._sent[number] = (now, count + 1)
        return True

    def take_index(self) -> int:
        """The extended number for one packet; never given twice."""
        index = self.index
        self.index += 1
        return index
