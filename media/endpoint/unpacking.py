"""Unpacking: sound that its publisher sends with earlier frames, turned into one packet a frame.

Decides which of the earlier frames are given to everybody: those that did not come yet, and were
not said before the producer was open. Nothing redundant goes further than this: neither to
receivers nor into a recording.
"""

from __future__ import annotations

from media.endpoint.line import Inbound
from media.forward.packet import Packet
from media.repair.redundancy import earlier_frames
from media.wire.red import split

_TIMESTAMP_MASK = 0xFFFFFFFF


def unpack(inbound: Inbound, packet: Packet) -> list[Packet]:
    """What `packet` held, oldest first; itself, now with its own frame alone, is the last.

    The payload is that of RFC 2198 under the codec's own payload type. Malformed: `red.*`.
    """
    blocks = split(packet.payload)
    earlier = earlier_frames(blocks)
    packet.payload = blocks[-1].data
    producer, stream = inbound.publication.producer, inbound.stream
    found = []
    for back, offset, data in earlier:
        index = packet.index - back
        came_by_itself = packet.arrival - offset / stream.clock_rate
        if index < 0 or came_by_itself < producer.open_since or stream.history.get(index):
            continue
        timestamp = (packet.timestamp - offset) & _TIMESTAMP_MASK
        recovered = Packet(index, timestamp, False, data, packet.arrival)
        recovered.is_recovered = True
        found.append(recovered)
    found.append(packet)
    return found
