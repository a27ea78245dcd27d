"""What forwarding reads from a payload, by codec: a row in a table for each.

Decides where a picture starts and where a decoder can start; never changes a payload. A codec
without a row is forwarded as sound is: every packet stands alone.
"""

from __future__ import annotations

from collections.abc import Callable

from media.forward.packet import Packet
from media.wire import h264, vp8

Reader = Callable[[Packet], None]


def read_alone(packet: Packet) -> None:
    """Sound: a listener can begin with any packet."""
    packet.starts_frame = True
    packet.key_frame = True


def read_vp8(packet: Packet) -> None:
    """RFC 7741. Malformed as `vp8.parse`."""
    descriptor = vp8.parse(packet.payload)
    packet.starts_frame = descriptor.start_of_partition and descriptor.partition == 0
    packet.key_frame = descriptor.key_frame
    packet.layer_sync = descriptor.layer_sync
    packet.temporal = descriptor.temporal_id
    packet.picture = descriptor.picture_id
    packet.picture_bits = descriptor.picture_id_bits
    packet.tl0 = descriptor.tl0picidx


def read_h264(packet: Packet) -> None:
    """RFC 6184. Malformed as `h264.is_key_frame`."""
    packet.key_frame = h264.is_key_frame(packet.payload)
    packet.starts_frame = packet.key_frame or h264.starts_picture(packet.payload)


_READERS: dict[str, Reader] = {
    "audio/opus": read_alone,
    "video/vp8": read_vp8,
    "video/h264": read_h264,
}


def reader_of(mime_type: str) -> Reader:
    """The reader for a codec named like `video/VP8`."""
    return _READERS.get(mime_type.lower(), read_alone)
