"""Identifiers of the media package; opaque strings chosen by whoever makes the thing."""

from __future__ import annotations

from typing import Literal, NewType

RouterId = NewType("RouterId", str)
EndpointId = NewType("EndpointId", str)
TransportId = NewType("TransportId", str)
ProducerId = NewType("ProducerId", str)
ConsumerId = NewType("ConsumerId", str)

UdpAddress = tuple[str, int]
"""IP address as text, port."""
TcpAddress = tuple[str, int, Literal["tcp"]]
"""The same of the far end of a TCP connection: another place than that of the datagrams."""
Address = UdpAddress | TcpAddress
"""Where a peer is reached. What is keyed by it needs not know which of the two it is."""


def protocol_of(address: Address) -> Literal["udp", "tcp"]:
    """What carries the packets of an address."""
    return "tcp" if len(address) == 3 else "udp"
