"""Allocator: what of everything wanted fits on one receiver's downlink.

Sound first and always, then the screen, the speaker, what is pinned, and the rest. Under pressure
the other faces become smaller and go, then the pinned, then the speaker's; then the screen loses
frames, and only then sharpness. Its least is sent even where it does not fit, slowly.

Down at once, up with patience: only where the link has carried more than enough for a while, half
of the room at a time, and the later the more often going up was in vain. A receiver who wants
something else, or a speaker who changes, waits for nothing: what flowed before is dealt anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from media.forward.demand import Demand, Layers, Rank, Steps, steps_of
from media.forward.patience import Patience

DRAIN = 0.5
"""Seconds in which a backlog is to be gone."""
TOLERATED = 0.25
"""Seconds of the link a backlog may take before anything is given up for it."""


class Reduction(StrEnum):
    """What a receiver gets less of than it wanted."""

    FRAMES = "frames"
    SIZE = "size"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Allocation:
    """By key of the demand; `reductions` only where there is one, in order of importance.

    `wanted_bps` is what everything would take, `used_bps` what this takes.
    """

    layers: dict[Hashable, Layers | None]
    reductions: dict[Hashable, Reduction]
    wanted_bps: int
    used_bps: int


class _Share(NamedTuple):
    """One demand on its way through an allocation."""

    demand: Demand
    steps: Steps
    held: int
    """Step it had; what it may have at once where it is new or wants more."""
    is_fresh: bool

    @property
    def top(self) -> int:
        """The step of all that is wanted."""
        return len(self.steps.rates) - 1


class Allocator:
    """Of one receiver's line. Deterministic: time and history of calls decide, nothing else."""

    def __init__(self) -> None:
        self._given: dict[Hashable, tuple[Rank, Layers, Layers | None]] = {}
        """Rank, wanted and given layers at the last call."""
        self._used_bps = 0
        self._patience = Patience()

    def allocate(
        self, demands: Sequence[Demand], *, capacity_bps: int, backlog_bytes: int, now: float
    ) -> Allocation:
        """What is sent from now on. `capacity_bps` is for all media of the line together,
        `backlog_bytes` wait to be sent already.
        """
        capacity = _after_backlog(capacity_bps, backlog_bytes)
        ordered = sorted(demands, key=_importance)
        shares = [self._share(demand) for demand in ordered]
        tops = [share.top for share in shares]
        held = [share.held for share in shares]
        if any(share.is_fresh for share in shares):
            room = max(capacity / self._patience.margin, min(capacity, self._used_bps))
            fresh = fill(shares, room, tops)
            held = [
                fresh[index] if share.is_fresh else share.held for index, share in enumerate(shares)
            ]
        known = sum(share.steps.rates[share.held] for share in shares if not share.is_fresh)
        if known > capacity and not self._is_least(shares, held):
            self._patience.lowered(now=now)
        given = fill(shares, capacity, held)
        given = self._raise(shares, given, capacity, now)
        return self._settle(shares, given)

    def _is_least(self, shares: list[_Share], held: list[int]) -> bool:
        """Whether there is nothing left to give up."""
        return fill(shares, 0, held) == held

    def _share(self, demand: Demand) -> _Share:
        steps = steps_of(demand.rates, demand.wanted, is_screen=demand.rank is Rank.SCREEN)
        before = self._given.get(demand.key)
        if before is None:
            return _Share(demand, steps, steps.reached(demand.current), demand.current is None)
        rank, wanted, layers = before
        is_fresh = demand.rank < rank or demand.wanted > wanted or demand.wanted[1] > wanted[1]
        return _Share(demand, steps, steps.reached(layers), is_fresh)

    def _raise(
        self, shares: list[_Share], given: list[int], capacity: float, now: float
    ) -> list[int]:
        """Up, when it is time."""
        safe = capacity / self._patience.margin
        tops = [share.top for share in shares]
        if given == tops:
            self._patience.content(now=now)
            return given
        goal = fill(shares, safe, tops)
        if not any(high > low for high, low in zip(goal, given, strict=True)):
            self._patience.content(now=now)
            return given
        if not self._patience.may_raise(now=now):
            return given
        used = sum(share.steps.rates[step] for share, step in zip(shares, given, strict=True))
        ceilings = list(given)
        allowance = (safe - used) / 2
        spent = 0
        is_first = True
        rising = True
        while rising:
            rising = False
            for index, share in enumerate(shares):
                step = ceilings[index]
                if step >= goal[index]:
                    continue
                cost = share.steps.rates[step + 1] - share.steps.rates[step]
                if is_first or spent + cost <= allowance:
                    ceilings[index] = step + 1
                    spent += cost
                    is_first = False
                    rising = True
        return fill(shares, capacity, ceilings)

    def _settle(self, shares: list[_Share], given: list[int]) -> Allocation:
        layers: dict[Hashable, Layers | None] = {}
        reductions: dict[Hashable, Reduction] = {}
        self._given = {}
        wanted_bps = used_bps = 0
        for share, step in zip(shares, given, strict=True):
            key, steps = share.demand.key, share.steps
            if share.top == 0:
                layers[key] = (0, share.demand.wanted[1])
                continue
            layers[key] = chosen = steps.layers[step]
            self._given[key] = (share.demand.rank, share.demand.wanted, chosen)
            wanted_bps += steps.rates[-1]
            used_bps += steps.rates[step]
            if step < share.top:
                reductions[key] = _reduction(chosen, steps.layers[-1])
        self._used_bps = used_bps
        return Allocation(layers, reductions, wanted_bps, used_bps)


def _importance(demand: Demand) -> tuple[int, int]:
    return demand.rank, -demand.priority


def _reduction(chosen: Layers | None, wanted: Layers | None) -> Reduction:
    if chosen is None or wanted is None:
        return Reduction.OFF
    return Reduction.SIZE if chosen[0] < wanted[0] else Reduction.FRAMES


def _after_backlog(capacity_bps: int, backlog_bytes: int) -> float:
    """What is left for new packets while the backlog drains."""
    excess = backlog_bytes * 8 - capacity_bps * TOLERATED
    return capacity_bps - max(excess, 0.0) / DRAIN


def fill(shares: Sequence[_Share], capacity: float, ceilings: Sequence[int]) -> list[int]:
    """The step of each share, most important first, none above its ceiling.

    Sound whatever it costs, and the least of the first screen. Each screen as far as it goes; those
    of every other rank in turns, one step each, so that all have a small picture before one has a
    large one.
    """
    given = [0] * len(shares)
    left = capacity
    is_first_screen = True
    start = 0
    while start < len(shares):
        rank = shares[start].demand.rank
        end = start + 1
        while end < len(shares) and shares[end].demand.rank is rank:
            end += 1
        for index in range(start, end):
            costs = shares[index].steps.rates
            if rank is Rank.AUDIO:
                given[index] = len(costs) - 1
                left -= costs[-1]
            elif rank is Rank.SCREEN:
                step = ceilings[index]
                while step > 0 and costs[step] > left:
                    step -= 1
                if is_first_screen and step == 0:
                    step = min(1, len(costs) - 1)
                is_first_screen = False
                given[index] = step
                left -= costs[step]
        if rank > Rank.SCREEN:
            left = _in_turns(shares, range(start, end), ceilings, given, left)
        start = end
    return given


def _in_turns(
    shares: Sequence[_Share],
    indices: range,
    ceilings: Sequence[int],
    given: list[int],
    left: float,
) -> float:
    """Deals `left` among the shares of one rank; what remains."""
    total = sum(shares[index].steps.rates[ceilings[index]] for index in indices)
    if total <= left:
        for index in indices:
            given[index] = ceilings[index]
        return left - total
    rising = list(indices)
    step = 0
    while rising:
        raised = []
        for index in rising:
            costs = shares[index].steps.rates
            if step < ceilings[index] and costs[step + 1] - costs[step] <= left:
                left -= costs[step + 1] - costs[step]
                given[index] = step + 1
                raised.append(index)
        rising = raised
        step += 1
    return left
