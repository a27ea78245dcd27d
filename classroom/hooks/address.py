"""Where messages may be sent: what an address must look like, and what it must not lead to. A core.

A message goes from inside the house, so it must not reach what strangers cannot.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from classroom.errors import Refused

URL_MAX = 500
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """A web address, taken apart. `path` has the query with it."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        """The value of the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS["https" if self.is_secure else "http"] else _at(self)


def _at(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return f"{host}:{target.port}"


def read_url(url: str) -> Target:
    """The address, if messages can be sent there; Refused `webhook.address`."""
    refused = Refused("webhook.address")
    if len(url) > URL_MAX or not url.isascii() or not url.isprintable() or " " in url:
        raise refused
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError as error:
        raise refused from error
    if parts.scheme not in PORTS or not host or parts.username is not None or port == 0:
        raise refused
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port or PORTS[parts.scheme], path)


def is_public(address: str) -> bool:
    """Whether an IP address is of the internet, not of this machine or a private network."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(ip.packed[12:])))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 seen from a network that has only IPv6 (RFC 6052)."""
