"""Demand: what one receiver wants of one producer, and the steps in which it can be reduced.

Decides the order of the layers of one picture; who gets how many bits is `deal`'s.
"""

from __future__ import annotations

from collections.abc import Hashable
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

Layers = tuple[int, int]
"""(spatial, temporal), each up to and including."""
Rates = tuple[tuple[int, ...], ...]
"""Bits per second by spatial layer with temporal layers 0..n; an empty row for a dead layer."""


class Rank(IntEnum):
    """Who comes first when not everything fits."""

    AUDIO = 0
    SCREEN = 1
    SPEAKER = 2
    PINNED = 3
    OTHER = 4


class Demand(NamedTuple):
    """One consumer's. `priority` 0..255 orders those of one rank, higher first.

    Sound has `rates` of ((bps,),). `current` is what flows now.
    """

    key: Hashable
    rank: Rank
    priority: int
    rates: Rates
    wanted: Layers
    current: Layers | None


class Steps(NamedTuple):
    """What can be sent, from nothing (step 0) to all that is wanted of what lives.

    `rates` never fall from one to the next. Where a layer has no more frames, or no more are
    wanted, its temporal part is the wanted one: more of them later are no new step.
    """

    layers: tuple[Layers | None, ...]
    rates: tuple[int, ...]

    def reached(self, layers: Layers | None) -> int:
        """The highest step not above `layers`; the lowest there is when all are above."""
        if layers is None:
            return 0
        if layers in self.layers:
            return self.layers.index(layers)
        for step in range(len(self.layers) - 1, 0, -1):
            here = self.layers[step]
            if here is not None and here < layers:
                return step
        return min(1, len(self.layers) - 1)


@lru_cache(maxsize=2048)
def steps_of(rates: Rates, wanted: Layers, *, is_screen: bool) -> Steps:
    """The steps of one picture, of layers up to the wanted one, or the lowest that lives.

    A camera has all its frames before it grows, and grows with half of them at least: a face at
    seven frames a second is worse than a smaller one. A screen is sharp before it is smooth: a
    smaller one with more frames is no step when the sharper one with fewer costs no more.
    """
    living = [spatial for spatial, row in enumerate(rates) if row]
    chosen = [spatial for spatial in living if spatial <= wanted[0]] or living[:1]
    layers: list[Layers | None] = [None]
    costs = [0]
    for spatial in chosen:
        row = rates[spatial]
        top = min(wanted[1], len(row) - 1)
        least = 0 if is_screen or spatial == chosen[0] else min(1, top)
        while is_screen and len(costs) > 1 and costs[-1] >= row[0]:
            layers.pop()
            costs.pop()
        for temporal in range(least, top + 1):
            layers.append((spatial, wanted[1] if temporal == top else temporal))
            costs.append(max(row[temporal], costs[-1]))
    return Steps(tuple(layers), tuple(costs))
