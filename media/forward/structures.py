"""Structures: what the dependency descriptors of one stream rest on, kept as they come.

Decides which structure holds for a packet, and fills in what forwarding has to know of its frame.
"""

from __future__ import annotations

from media.forward.packet import Packet
from media.wire.dependency_descriptor import Structure, parse


class Structures:
    """The newest structure and the one before it, for packets that come late (AV1 RTP, A.4)."""

    __slots__ = ("_before", "_newest", "_since")

    def __init__(self) -> None:
        self._newest: Structure | None = None
        self._before: Structure | None = None
        self._since = -1
        """Number of the packet that brought the newest."""

    def read(self, packet: Packet) -> bool:
        """Fills in frame and layers from `packet.descriptor`; False when that cannot be told.

        That is so without a descriptor, and when the packet that brought its structure was lost.
        Malformed as `dependency_descriptor.parse`.
        """
        if packet.descriptor is None:
            return False
        is_late = packet.index < self._since
        found = parse(packet.descriptor, self._before if is_late else self._newest)
        if found.structure is not None:
            self._keep(found.structure, packet.index)
        frame = found.frame
        if frame is None:
            return False
        packet.starts_frame = found.starts_frame and frame.spatial_id == 0
        # A newcomer needs the structure too, and it comes with the first packet of a key frame.
        packet.key_frame = packet.starts_frame and found.structure is not None and not frame.refers
        packet.temporal = frame.temporal_id
        packet.switches = frame.switches
        return True

    def _keep(self, structure: Structure, index: int) -> None:
        if index < self._since:
            self._before = structure
        elif index > self._since:
            self._before, self._newest = self._newest, structure
            self._since = index
