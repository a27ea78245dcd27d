"""The exchange's way out onto the virtual network."""

from __future__ import annotations

from collections.abc import Sequence

from media.ids import Address
from tests.support.network import Network

SERVER: Address = ("192.0.2.1", 5000)


class Wire:
    """The exchange's Outlet on the virtual network: copies at once, as buffers are scratch."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.bursts: list[tuple[int, int]] = []
        """(datagrams, segment size) of every burst."""

    def datagram(self, data: bytes | bytearray | memoryview, address: Address) -> None:
        self._network.send(bytes(data), SERVER, address)

    def burst(
        self,
        buffers: Sequence[bytes | bytearray | memoryview],
        segment_bytes: int,
        address: Address,
    ) -> None:
        joined = b"".join(buffers)
        count = 0
        for start in range(0, len(joined), segment_bytes):
            self._network.send(joined[start : start + segment_bytes], SERVER, address)
            count += 1
        self.bursts.append((count, segment_bytes))
