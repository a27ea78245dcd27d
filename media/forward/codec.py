"""What forwarding reads from a payload, by codec: a row in a table for each.

Decides where a picture starts and where a decoder can start; never changes a payload. A codec
without a row is forwarded as sound is: every packet stands alone.
"""

from __future__ import annotations

from collections.abc import Callable

from media.forward.packet import Packet
from media.wire import h264, vp8

Reader = Callable[[Packet, Packet | None], None]
"""Reads a packet; the second is the one numbered just before it, if it came."""


def read_alone(packet: Packet, before: Packet | None) -> None:
    """Sound: a listener can begin with any packet."""
    del before
    packet.starts_frame = True
    packet.key_frame = True


def read_vp8(packet: Packet, before: Packet | None) -> None:
    """RFC 7741. Malformed as `vp8.parse`."""
    del before
    descriptor = vp8.parse(packet.payload)
    packet.starts_frame = descriptor.start_of_partition and descriptor.partition == 0
    packet.key_frame = descriptor.key_frame
    packet.layer_sync = descriptor.layer_sync
    packet.temporal = descriptor.temporal_id
    packet.picture = descriptor.picture_id
    packet.picture_bits = descriptor.picture_id_bits
    packet.tl0 = descriptor.tl0picidx


def read_h264(packet: Packet, before: Packet | None) -> None:
    """RFC 6184. Malformed as `h264.is_key_frame`.

    Parameter sets and every slice of a key frame look like a beginning; only the first packet of
    its timestamp is one, as a decoder needs the parameter sets.
    """
    is_key = h264.is_key_frame(packet.payload)
    if before is not None and before.timestamp == packet.timestamp:
        return
    packet.key_frame = is_key
    packet.starts_frame = is_key or h264.starts_picture(packet.payload)


_READERS: dict[str, Reader] = {
    "audio/opus": read_alone,
    "video/vp8": read_vp8,
    "video/h264": read_h264,
}


def reader_of(mime_type: str) -> Reader:
    """The reader for a codec named like `video/VP8`."""
    return _READERS.get(mime_type.lower(), read_alone)
