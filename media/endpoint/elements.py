"""Header extension elements of incoming packets: read when needed, passed on when they matter."""

from __future__ import annotations

from collections.abc import Mapping

from media.forward.packet import Packet
from media.wire.extension import Extension, parse, parse_audio_level
from media.wire.rtp import RtpHeader

Elements = Mapping[int, bytes]
"""By the id the publisher uses."""


def read(header: RtpHeader) -> Elements:
    """Malformed as `extension.parse`."""
    return parse(header.extension_profile, header.extension)


def sent_at_of(elements: Elements, ids: Mapping[Extension, int]) -> bytes | None:
    """When the publisher sent it (abs-send-time), if it says so."""
    return elements.get(ids.get(Extension.ABS_SEND_TIME, 0))


def annotate(packet: Packet, ids: Mapping[Extension, int], elements: Elements) -> None:
    """Notes on `packet` what receivers get too: one byte each, and the descriptor as it is."""
    level = elements.get(ids.get(Extension.AUDIO_LEVEL, 0))
    if level:
        packet.level = level[:1]
    orientation = elements.get(ids.get(Extension.ORIENTATION, 0))
    if orientation:
        packet.orientation = orientation[:1]
    packet.descriptor = elements.get(ids.get(Extension.DEPENDENCY_DESCRIPTOR, 0)) or None


def level_of(packet: Packet) -> int | None:
    """The level of a sound packet in -dBov, None when it does not say."""
    return None if packet.level is None else parse_audio_level(packet.level)[0]
