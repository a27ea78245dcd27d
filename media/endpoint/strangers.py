"""Strangers: connectivity checks from addresses no line has, bounded by host.

Everybody is a stranger with the first check, so it has to be read to see whose it is. What a host
may have read in a second is enough for a school that joins behind one address; a flood from it
harms only itself.
"""

from __future__ import annotations

from media.ids import Address
from media.repair.allowance import Allowance

CHECKS_PER_SECOND = 4000
"""Of one host: 100 browsers that begin at once, 20 a second each on both transports. 3 % of a core
when none of them is anybody's."""
_PLACES = 1024
_NETWORK_GROUPS = 4
"""Of an IPv6 address: a host owns the other half, 2**64 addresses (RFC 4291 section 2.5.4)."""


class Strangers:
    """Hosts share places by hash, so their number costs no memory; `hash` of text is seeded."""

    def __init__(self) -> None:
        self._allowances: dict[int, Allowance] = {}

    def admits(self, address: Address, *, now: float) -> bool:
        """Whether a check from `address` may be read."""
        host = address[0]
        if ":" in host:
            host = ":".join(host.split(":", _NETWORK_GROUPS)[:_NETWORK_GROUPS])
        place = hash(host) % _PLACES
        allowance = self._allowances.get(place)
        if allowance is None:
            allowance = self._allowances[place] = Allowance(CHECKS_PER_SECOND)
        return allowance.spend(1, now=now)
