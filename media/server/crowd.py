"""Crowd: which TCP connections may stay. Sans-IO: says who has to go, `tcp_port` lets them go.

A connection is a stranger until a connectivity check made it some browser's (RFC 8445 section 7.3)
and again once that browser is gone. Everybody may connect, so strangers are few, are looked at for
seconds only, and the oldest gives way to the next: somebody who belongs here proves it with the
first frame, while an attacker has to be quicker than that, all the time.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Callable

from media.ids import Address

MAX_CONNECTIONS = 2048
"""In all: five hundred people with two transports and two networks. Each takes a descriptor, and
up to a megabyte of the kernel's memory."""
MAX_OF_HOST = 1024
"""From one address: a school behind one router, and no more than half of everything."""
MAX_STRANGERS = 512
MAX_STRANGERS_OF_HOST = 128
"""A class of thirty that comes in at the same instant: Chromium opens two for each transport."""
STRANGER_S = 10.0
"""For a first valid check. Browsers send it at once and repeat it for longer than this."""
IDLE_S = 30.0
"""Without a frame. Browsers check each 2.5 s, and consent ends after 30 s (RFC 7675)."""
REVIEW_S = 1.0


class _Presence:
    """One connection. `since` is when it became a stranger, None for who is none or just came."""

    __slots__ = ("heard_at", "host", "since", "was_heard")

    def __init__(self, host: str) -> None:
        self.host = host
        self.since: float | None = None
        self.was_heard = True
        self.heard_at = 0.0


class Crowd:
    """See the module. Invariant: never more than the bounds above."""

    def __init__(self) -> None:
        self._present: dict[Address, _Presence] = {}
        self._strangers: dict[Address, _Presence] = {}
        """Those of `_present` that are, the oldest first."""
        self._of_host: Counter[str] = Counter()
        self._review_at: float | None = None

    def __len__(self) -> int:
        return len(self._present)

    def is_known(self, address: Address) -> bool:
        """Whether it was some browser's connection at the last `review`."""
        return address not in self._strangers

    def enter(self, address: Address) -> Address | None:
        """Somebody connected: who has to go for it, `address` itself when nobody else can."""
        host = _host_of(address)
        strangers = [one for one, presence in self._strangers.items() if presence.host == host]
        leaving: Address | None = None
        if self._of_host[host] >= MAX_OF_HOST or len(strangers) >= MAX_STRANGERS_OF_HOST:
            leaving = next(iter(strangers), address)
        elif len(self) >= MAX_CONNECTIONS or len(self._strangers) >= MAX_STRANGERS:
            leaving = next(iter(self._strangers), address)
        if leaving != address:
            presence = _Presence(host)
            self._present[address] = self._strangers[address] = presence
            self._of_host[host] += 1
        return leaving

    def leave(self, address: Address) -> None:
        """The connection is closed."""
        presence = self._present.pop(address)
        self._strangers.pop(address, None)
        self._of_host[presence.host] -= 1
        if not self._of_host[presence.host]:
            del self._of_host[presence.host]
        if not self._present:
            self._review_at = None

    def heard(self, address: Address) -> None:
        """A frame came."""
        self._present[address].was_heard = True

    def review(
        self, is_validated: Callable[[Address], bool], *, now: float
    ) -> list[tuple[Address, str]]:
        """Who has to go, and why: "tcp.stranger", "tcp.idle". Asked for each turn."""
        for address, presence in list(self._strangers.items()):
            if is_validated(address):
                presence.since = None
                del self._strangers[address]
            elif presence.since is None:
                presence.since = now
        if self._review_at is None and self._present:
            self._review_at = now + REVIEW_S
        elif self._review_at is not None and now >= self._review_at:
            self._review_at = now + REVIEW_S
            return self._overdue(is_validated, now)
        return []

    def next_review(self) -> float | None:
        """When `review` is wanted at the latest; None for never."""
        return self._review_at

    def _overdue(
        self, is_validated: Callable[[Address], bool], now: float
    ) -> list[tuple[Address, str]]:
        leaving: list[tuple[Address, str]] = []
        for address, presence in self._present.items():
            if presence.was_heard:
                presence.heard_at, presence.was_heard = now, False
            if address not in self._strangers and not is_validated(address):
                presence.since = now
                self._strangers[address] = presence
            if presence.since is not None and now - presence.since >= STRANGER_S:
                leaving.append((address, "tcp.stranger"))
            elif now - presence.heard_at >= IDLE_S:
                leaving.append((address, "tcp.idle"))
        return leaving


def _host_of(address: Address) -> str:
    """Whoever has an IPv6 address has 2^64 of them, so their network counts (RFC 4291)."""
    ip = ipaddress.ip_address(address[0].partition("%")[0])
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip) >> 64 << 64, 64)))
