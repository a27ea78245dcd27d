"""What an address is counted under, wherever tries are counted, and whether it is near."""

from __future__ import annotations

import ipaddress

IPV6_SITE_BITS = 64
"""One household has a whole /64; counting single addresses would count nothing."""

NEAR = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)
"""This machine, private networks (RFC 1918, RFC 4193) and this link (RFC 3927, RFC 4291)."""


def is_near(address: str | None) -> bool:
    """Whether it is of this machine or of a private network."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return any(ip in network for network in NEAR)


def address_key(address: str | None) -> str:
    """Itself, or its /64 network; `unknown` for what is no address."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, IPV6_SITE_BITS), strict=False))
    return str(ip)
