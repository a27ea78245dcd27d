"""Single: a packet that leaves by itself, with the constants its receiver had when it was made.

The slow way, for any cipher and any numbers: what does not fit a batch, what waits for its line's
rate, and what is sent again. A switch of the receiver in between changes nothing of it.
"""

from __future__ import annotations

from typing import NamedTuple

from media.endpoint.outlet import WIRE_OVERHEAD
from media.endpoint.protecting import protected
from media.forward.view import Receiver, Sent, Shape

PACKET_OVERHEAD = 12 + 8 + 16 + WIRE_OVERHEAD
"""RTP header, the usual extension block and the tag of AES-GCM."""


class Single(NamedTuple):
    """`numbers` are payload type, extended sequence number, timestamp, SSRC. Without `payload` it
    is that of `sent`, as the shape has it.
    """

    sent: Sent
    shape: Shape
    numbers: tuple[int, int, int, int]
    payload: bytes | None = None
    is_padding: bool = False
    """`payload` is nothing but RTP padding."""

    @property
    def wire_bytes(self) -> int:
        """What it takes of a link, about."""
        return len(self.payload or self.sent.payload) + PACKET_OVERHEAD


def single_of(sent: Sent, receiver: Receiver) -> Single:
    """`sent` as `receiver` gets it now."""
    numbers = (
        receiver.payload_type,
        sent.number + receiver.offset,
        sent.packet.timestamp + receiver.timestamp_offset,
        receiver.ssrc,
    )
    depth, history = receiver.shape.depth, receiver.history
    payload = protected(sent, depth, history, receiver.floor) if depth and history else None
    return Single(sent, receiver.shape, numbers, payload)
