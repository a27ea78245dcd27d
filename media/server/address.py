"""Announced addresses: where browsers are told to send, as ICE candidates (RFC 8445 section 5.1).

The socket's own address is often not the one browsers reach (NAT, containers, relays), so it is a
setting: a list of "host", "host:port", "[v6]" or "[v6]:port". Names are resolved once, at start.
Each is told twice, for UDP and for TCP on the same number (RFC 6544), in mediasoup's form.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from media.errors import Refused
from media.ids import UdpAddress

_HOST_TYPE_PREFERENCE = 126  # RFC 8445 section 5.1.2.2
_COMPONENT = 1  # RTP and RTCP on one component
_UDP_PREFERENCE = 65535
_TCP_PREFERENCE = 4 << 13 | 8191
"""Local preferences of the first of each, RFC 8445 section 5.1.2.1 and RFC 6544 section 4.2: 2^13
times the direction's preference (passive: 4) and the rest. Every UDP is preferred to every TCP."""


def candidates(announced: tuple[str, ...], bound: UdpAddress) -> list[dict[str, Any]]:
    """Host candidates: all of UDP in the order given, the first preferred, then all of TCP.

    With nothing announced the bound host is; a socket bound to every interface announces loopback
    and the address of the default route. Refused("media.address") for what does not resolve.
    """
    addresses = [split(text, bound[1]) for text in announced] or _own(bound)
    resolved = [(resolve(host), port) for host, port in addresses]
    return [
        *(_udp(index, ip, port) for index, (ip, port) in enumerate(resolved)),
        *(_tcp(index, ip, port) for index, (ip, port) in enumerate(resolved)),
    ]


def split(text: str, default_port: int) -> UdpAddress:
    """Host and port of "host", "host:port", "v6", "[v6]" or "[v6]:port"."""
    text = text.strip()
    host, port = text, ""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
        host = host if rest == "" or rest[0] == ":" else ""
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    if not host or (port and not (port.isdecimal() and 0 < int(port) < 65536)):
        raise Refused("media.address", f"{text!r} is not a host or host:port")
    return host, int(port) if port else default_port


def resolve(host: str) -> str:
    """The IP address of a host, IPv4 first."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    except OSError as error:
        raise Refused("media.address", f"{host!r} does not resolve: {error}") from error
    found.sort(key=lambda entry: entry[0] != socket.AF_INET)
    return str(found[0][4][0])


def _own(bound: UdpAddress) -> list[UdpAddress]:
    host, port = bound
    address = ipaddress.ip_address(host)
    if not address.is_unspecified:
        return [bound]
    loopback = "127.0.0.1" if address.version == 4 else "::1"
    route = _default_route(address.version)
    return [(one, port) for one in dict.fromkeys((route or loopback, loopback))]


def _default_route(version: int) -> str | None:
    """The local address packets for the outside leave from. Connecting a datagram socket sends
    nothing; the addresses are of the documentation ranges (RFC 5737, RFC 3849)."""
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    outside = "192.0.2.1" if version == 4 else "2001:db8::1"
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((outside, 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _udp(index: int, ip: str, port: int) -> dict[str, Any]:
    return {
        "foundation": f"udp{index}",
        "priority": _priority(_UDP_PREFERENCE - index),
        "ip": ip,
        "address": ip,
        "protocol": "udp",
        "port": port,
        "type": "host",
    }


def _tcp(index: int, ip: str, port: int) -> dict[str, Any]:
    """Passive: browsers connect, we never do."""
    return {
        **_udp(index, ip, port),
        "foundation": f"tcp{index}",
        "priority": _priority(_TCP_PREFERENCE - index),
        "protocol": "tcp",
        "tcpType": "passive",
    }


def _priority(local_preference: int) -> int:
    return (_HOST_TYPE_PREFERENCE << 24) | (local_preference << 8) | (256 - _COMPONENT)
