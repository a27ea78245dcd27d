"""Both ports of one media worker, UDP and TCP on one number, as the one `Outlet` of its core."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from media.endpoint.outlet import Buffer
from media.errors import Refused
from media.ids import Address, UdpAddress
from media.server.port import UdpPort
from media.server.tcp_port import TcpPort

TRIES = 20
"""Numbers tried when the kernel chooses: that of a free UDP port may be in use on TCP."""


class Ports:
    """See the module."""

    def __init__(self, host: str, port: int) -> None:
        """Bind both; Refused("media.port_in_use" | "media.address") when that cannot be."""
        self.udp, self.tcp = _bind(host, port)

    @property
    def address(self) -> UdpAddress:
        """The bound host and port."""
        return self.udp.address

    @property
    def dropped(self) -> Counter[str]:
        """What was lost on its way in or out, by reason."""
        return self.udp.dropped + self.tcp.dropped

    def close(self) -> None:
        self.udp.close()
        self.tcp.close()

    def datagram(self, data: Buffer, address: Address) -> None:
        """Send one datagram."""
        if len(address) == 2:
            self.udp.datagram(data, address)
        else:
            self.tcp.datagram(data, address)

    def burst(self, buffers: Sequence[Buffer], segment_bytes: int, address: Address) -> None:
        """Send the joined buffers cut into datagrams, see `endpoint.outlet`."""
        if len(address) == 2:
            self.udp.burst(buffers, segment_bytes, address)
        else:
            self.tcp.burst(buffers, segment_bytes, address)


def _bind(host: str, port: int) -> tuple[UdpPort, TcpPort]:
    tries = 1 if port else TRIES
    while True:
        udp, tries = UdpPort(host, port), tries - 1
        try:
            return udp, TcpPort(host, udp.address[1])
        except Refused as refused:
            udp.close()
            if not tries or refused.code != "media.port_in_use":
                raise
