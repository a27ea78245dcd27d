"""Outlet: the door through which datagrams leave. The socket is behind it, in `server.port`.

What is recorded leaves by a `Sink`, with a disk behind it, in `server.journals`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from media.forward.gathering import Sink
from media.ids import Address

__all__ = ["MAX_BURST_BYTES", "MAX_SEGMENTS", "WIRE_OVERHEAD", "Buffer", "Outlet", "Sink"]

Buffer = bytes | bytearray | memoryview


class Outlet(Protocol):
    """Sends or loses datagrams; never waits and never raises for the network's faults.

    Buffers are only valid during the call: they are scratch memory of the batch.
    """

    def datagram(self, data: Buffer, address: Address) -> None:
        """One datagram."""

    def burst(self, buffers: Sequence[Buffer], segment_bytes: int, address: Address) -> None:
        """One or more datagrams in order: `buffers` joined, cut each `segment_bytes`.

        All are equally long but the last, which may be shorter (UDP generic segmentation offload).
        At most `MAX_SEGMENTS` datagrams and `MAX_BURST_BYTES` bytes.
        """


MAX_SEGMENTS = 64  # UDP_MAX_SEGMENTS of Linux before 6.9; later kernels allow 128
MAX_BURST_BYTES = 65_000  # one IP packet for the kernel: 65,507 less room to spare

WIRE_OVERHEAD = 28
"""Bytes every datagram costs besides its own: the headers of IPv4 and UDP. Whatever is said of a
link's rate, its queue or a receiver's share counts them; the 20 more of IPv6 are left aside."""
