"""What a class wants of one receiver's line, and the line itself in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from itertools import pairwise

from media.forward.allocator import Allocation, Allocator
from media.forward.demand import Demand, Layers, Rank, Rates

ALL = (7, 7)
SOUND: Rates = ((50_000,),)
CAMERA: Rates = (
    (60_000, 90_000, 150_000),
    (200_000, 300_000, 500_000),
    (600_000, 900_000, 1_500_000),
)
"""As our own client encodes it, at libvpx's split among temporal layers."""
SCREEN: Rates = ((920_000, 1_380_000, 2_300_000),)


def scaled(rates: Rates, factor: float) -> Rates:
    return tuple(tuple(int(bps * factor) for bps in row) for row in rates)


def sound(name: str = "sound", rates: Rates = SOUND) -> Demand:
    return Demand(name, Rank.AUDIO, 0, rates, ALL, None)


def screen(name: str = "screen", rates: Rates = SCREEN, wanted: Layers = ALL) -> Demand:
    return Demand(name, Rank.SCREEN, 0, rates, wanted, None)


def camera(
    name: str, rank: Rank = Rank.OTHER, *, wanted: Layers = (0, 2), rates: Rates = CAMERA
) -> Demand:
    return Demand(name, rank, 100, rates, wanted, None)


def cameras(count: int, wanted: Layers = (0, 2)) -> list[Demand]:
    return [camera(f"camera {number}", wanted=wanted) for number in range(count)]


def order(layers: Layers | None) -> Layers:
    """Layers as something that can be compared."""
    return (-1, -1) if layers is None else layers


@dataclass
class Wire:
    """One receiver's line, allocated ten times a second."""

    demands: list[Demand]
    allocator: Allocator = field(default_factory=Allocator)
    now: float = 0.0
    past: list[tuple[float, Allocation]] = field(default_factory=list)

    def run(
        self, seconds: float, capacity_bps: int | Callable[[float], float], *, backlog: int = 0
    ) -> Allocation:
        """So many seconds on; what is sent at the end."""
        end = self.now + seconds
        while self.now < end - 1e-6:
            bps = capacity_bps if isinstance(capacity_bps, int) else capacity_bps(self.now)
            allocation = self.allocator.allocate(
                self.demands, capacity_bps=int(bps), backlog_bytes=backlog, now=self.now
            )
            self.past.append((self.now, allocation))
            self.now += 0.1
        return self.past[-1][1]

    def changes(self, key: Hashable, *, since: float = 0.0) -> list[tuple[float, Layers | None]]:
        """When the layers of one changed, and to what."""
        changes: list[tuple[float, Layers | None]] = []
        for now, allocation in self.past:
            layers = allocation.layers.get(key)
            if now >= since and (not changes or changes[-1][1] != layers):
                changes.append((now, layers))
        return changes

    def falls(self, *, since: float = 0.0) -> int:
        """How often anybody was lowered."""
        count = 0
        for demand in self.demands:
            levels = [order(layers) for _, layers in self.changes(demand.key, since=since)]
            count += sum(after < before for before, after in pairwise(levels))
        return count
