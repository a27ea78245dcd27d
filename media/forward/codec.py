"""What forwarding reads from a payload, by codec: a row in a table for each.

Decides where a picture starts, where a decoder can start, and of which temporal layer a picture
is; never changes a payload. A codec without a row is forwarded as sound is: every packet stands
alone.
"""

from __future__ import annotations

from collections.abc import Callable

from media.forward.packet import Packet
from media.forward.structures import Structures
from media.wire import av1, h264, vp8, vp9

Reader = Callable[[Packet, Packet | None], None]
"""Reads a packet; the second is the one numbered just before it, if it came."""
MakeReader = Callable[[], Reader]
"""A reader for one stream, which may remember what that stream said before."""

_ALL_LAYERS = 0xFF


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


class Vp9Reader:
    """RFC 9628, or the dependency descriptor where there is one. Malformed as both."""

    def __init__(self) -> None:
        self._structures = Structures()

    def __call__(self, packet: Packet, before: Packet | None) -> None:
        """See Reader. Picture ids stay as they are, and so nothing is noted of them."""
        del before
        if self._structures.read(packet):
            return
        found = vp9.parse(packet.payload)
        packet.starts_frame = found.starts_picture
        packet.key_frame = found.key_frame
        packet.temporal = found.temporal_id
        if found.switching_up:
            packet.switches = _ALL_LAYERS


class Av1Reader:
    """The dependency descriptor; without it the aggregation header. Malformed as both.

    Without a descriptor all layers are forwarded: only the first packet of a picture could tell.
    """

    def __init__(self) -> None:
        self._structures = Structures()

    def __call__(self, packet: Packet, before: Packet | None) -> None:
        """See Reader."""
        if self._structures.read(packet):
            return
        found = av1.parse(packet.payload)
        is_first = before is None or before.timestamp != packet.timestamp
        packet.starts_frame = found.begins_obu and is_first
        packet.key_frame = found.key_frame


_READERS: dict[str, MakeReader] = {
    "audio/opus": lambda: read_alone,
    "video/vp8": lambda: read_vp8,
    "video/h264": lambda: read_h264,
    "video/vp9": Vp9Reader,
    "video/av1": Av1Reader,
}


def reader_of(mime_type: str) -> MakeReader:
    """Makes readers for a codec named like `video/VP8`."""
    return _READERS.get(mime_type.lower(), _READERS["audio/opus"])
