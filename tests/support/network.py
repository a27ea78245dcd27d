"""A network in virtual time: nodes by address, links that delay, lose, shuffle and throttle.

Same seed, same run. Minutes of call take as long as the work in them.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from media.ids import Address

Datagram = bytes
Happening = Callable[[float], None]


class Node(Protocol):
    """Whoever has addresses on the network."""

    def receive(self, datagram: Datagram, source: Address, target: Address, now: float) -> None: ...


@dataclass(slots=True)
class Link:
    """One direction between two addresses. `rate_bps` 0 is without limit.

    `jitter` is the most that may be added to `delay`, evenly spread; it changes order only where
    `keeps_order` is False. `is_lost` decides in place of `loss` when it is set. With
    `loses_behind` what is lost has used the link.
    """

    delay: float = 0.02
    loss: float = 0.0
    jitter: float = 0.0
    rate_bps: float = 0.0
    queue: float = 0.5
    keeps_order: bool = True
    is_lost: Callable[[Datagram, float], bool] | None = None
    loses_behind: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    _free_at: float = 0.0
    _last_at: float = 0.0

    def arrival(self, datagram: Datagram, now: float, chance: random.Random) -> float | None:
        """When `datagram` arrives, None if it does not."""
        self.counts["sent"] += 1
        self.counts["bytes"] += len(datagram)
        lost = self.is_lost(datagram, now) if self.is_lost else chance.random() < self.loss
        if lost:
            self.counts["lost"] += 1
            if not self.loses_behind:
                return None
        leaves = now
        if self.rate_bps:
            leaves = max(now, self._free_at) + len(datagram) * 8 / self.rate_bps
            if leaves - now > self.queue:
                self.counts["overflow"] += 1
                return None
            self._free_at = leaves
        if lost:
            return None
        at = leaves + self.delay + chance.random() * self.jitter
        if self.keeps_order:
            at = max(at, self._last_at)
            self._last_at = at
        return at


class Network:
    """Moves datagrams between nodes and time forward."""

    def __init__(self, seed: int = 1) -> None:
        self.now = 0.0
        self.chance = random.Random(seed)
        self._nodes: dict[Address, Node] = {}
        self._links: dict[tuple[Address, Address], Link] = {}
        self._happenings: list[tuple[float, int, Happening]] = []
        self._order = itertools.count()

    def join(self, address: Address, node: Node) -> None:
        """`node` answers at `address`."""
        self._nodes[address] = node

    def link(self, source: Address, target: Address) -> Link:
        """The link from `source` to `target`, made at first use."""
        return self._links.setdefault((source, target), Link())

    def send(self, datagram: Datagram, source: Address, target: Address) -> None:
        """Puts a datagram on its way."""
        at = self.link(source, target).arrival(datagram, self.now, self.chance)
        node = self._nodes.get(target)
        if at is not None and node is not None:
            self.at(at, lambda now: node.receive(datagram, source, target, now))

    def at(self, when: float, happening: Happening) -> None:
        """Calls `happening` at a time; not before now."""
        heapq.heappush(self._happenings, (max(when, self.now), next(self._order), happening))

    def run(self, seconds: float) -> None:
        """Lets so much time pass."""
        until = self.now + seconds
        while self._happenings and self._happenings[0][0] <= until:
            at, _, happening = heapq.heappop(self._happenings)
            self.now = max(self.now, at)
            happening(self.now)
        self.now = until
