"""What an address is counted under, wherever somebody's tries are counted."""

from __future__ import annotations

import ipaddress

IPV6_SITE_BITS = 64
"""One household has a whole /64; counting single addresses would count nothing."""


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
