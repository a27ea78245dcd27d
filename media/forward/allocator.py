"""Allocator: what of everything wanted is sent to one receiver, as its downlink changes.

Sound first and always, then the screen, the speaker, what is pinned, and the rest. Under pressure
the other faces become smaller and go, then the pinned, then the speaker's; then the screen loses
frames, and only then sharpness. Its least is sent even where it does not fit: late, but whole.

Down at once, up with patience: only where the link could have carried more than enough for a
while, and half of the room at a time. Who is new, wants more or becomes the speaker waits for
nothing: what flowed before is dealt anew, and nobody suffers for it but the less important.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from media.forward.deal import Table
from media.forward.demand import Demand, Layers, Rank, Steps, steps_of
from media.forward.patience import Patience
from media.forward.peaks import Peaks

DRAIN = 0.5
"""Seconds in which a backlog has to be gone..."""
TOLERATED = 0.5
"""...but for what the link takes in so many, which goes by itself after a page was turned."""
WAITED_OUT = 1.0
"""Seconds of the link up to which a backlog switches no face off: it would come back with a key
frame, which is a backlog. On a line without a screen none does."""
STRIDE = 0.5
"""Share of the room that is used by one rise..."""
LEAST_STRIDE = 0.05
"""...and the least of it as a share of what is safe: the end of the way is not to be crept."""
SPARED = 0.95
"""Share of the capacity in which lesser ones stay when somebody rises; others make place."""


class Reduction(StrEnum):
    """What a receiver has less of than it wanted."""

    FRAMES = "frames"
    SIZE = "size"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Allocation:
    """By key of the demand; most important first. `reductions` only where there is one.

    `wanted_bps` is what everything wanted would take, `used_bps` what this takes. A producer none
    of whose layers lives takes nothing; whoever wants it may have its lowest layer when it comes.
    """

    layers: dict[Hashable, Layers | None]
    reductions: dict[Hashable, Reduction]
    wanted_bps: int
    used_bps: int


_Given = tuple[Rank, Layers, Layers | None]
"""What a demand was at the last call: its rank, what it wanted, what it got."""


class Allocator:
    """Of one receiver's line. Remembers the last call; the same calls have the same answers."""

    __slots__ = ("_given", "_patience", "_peaks", "_used_bps")

    def __init__(self) -> None:
        self._given: dict[Hashable, _Given] = {}
        self._patience = Patience()
        self._peaks = Peaks()
        self._used_bps = 0

    def allocate(
        self, demands: Sequence[Demand], *, capacity_bps: int, backlog_bytes: int, now: float
    ) -> Allocation:
        """What is sent from now on. `capacity_bps` is for all packets of the line together;
        `backlog_bytes` of them wait to be sent already.
        """
        ordered = sorted(demands, key=_importance)
        steps = [_steps(demand) for demand in ordered]
        table = Table([demand.rank for demand in ordered], [each.rates for each in steps])
        busy = self._busy(table, ordered, steps, now)
        queued = _queued(capacity_bps, backlog_bytes)
        capacity = capacity_bps - queued
        held, fresh = self._held(ordered, steps)
        if table.total(held) > capacity and held != table.least():
            self._patience.fell(capacity_bps, used_bps=self._used_bps, now=now)
        safe = self._patience.safe(capacity_bps, now=now) - queued
        if fresh:
            whole = busy.deal(max(safe, min(capacity, self._used_bps)), table.tops)
            for index in fresh:
                held[index] = max(held[index], whole[index])
        is_waited_out = backlog_bytes * 8 <= capacity_bps * WAITED_OUT or not table.has_screen
        given = table.deal(capacity, held, queued if is_waited_out else 0.0)
        raised = self._raised(busy, given, safe, capacity_bps, now)
        if raised != given:
            given = table.deal(max(capacity * SPARED, table.total(given)), raised)
        self._used_bps = table.total(given)
        chosen = [each.layers[step] for each, step in zip(steps, given, strict=True)]
        return self._allocation(ordered, steps, chosen, busy.total(table.tops))

    def _busy(self, table: Table, ordered: list[Demand], steps: list[Steps], now: float) -> Table:
        """At the prices of the moments when screens were busiest of late."""
        screens = {
            index: demand.key for index, demand in enumerate(ordered) if demand.rank is Rank.SCREEN
        }
        peaks = self._peaks.take({key: steps[index] for index, key in screens.items()}, now=now)
        if all(peaks[key] is steps[index] for index, key in screens.items()):
            return table
        rates = [each.rates for each in steps]
        for index, key in screens.items():
            rates[index] = peaks[key].rates
        return table.priced(rates)

    def _held(self, ordered: list[Demand], steps: list[Steps]) -> tuple[list[int], list[int]]:
        """The step each has, and the indices of those who may have more at once."""
        held: list[int] = []
        fresh: list[int] = []
        for index, demand in enumerate(ordered):
            before = self._given.get(demand.key)
            if before is None or _wants_more(demand, before):
                fresh.append(index)
            held.append(steps[index].reached(before[2]) if before else 0)
        return held, fresh

    def _raised(
        self, table: Table, given: list[int], safe: float, capacity_bps: int, now: float
    ) -> list[int]:
        """`given`, or more of it when it is time."""
        allowance = max((safe - table.total(given)) * STRIDE, safe * LEAST_STRIDE)
        raised = table.raised(given, safe, allowance)
        if raised == given:
            self._patience.content(now=now)
            return given
        is_blank = not table.has_screen and given == table.least()
        if self._patience.may_rise(capacity_bps, is_blank=is_blank, now=now):
            return raised
        return given

    def _allocation(
        self,
        ordered: list[Demand],
        steps: list[Steps],
        chosen: list[Layers | None],
        wanted_bps: int,
    ) -> Allocation:
        layers: dict[Hashable, Layers | None] = {}
        reductions: dict[Hashable, Reduction] = {}
        given: dict[Hashable, _Given] = {}
        for (key, rank, _, _, wanted, _), each, mine in zip(ordered, steps, chosen, strict=True):
            most = each.layers[-1]
            if most is None:
                layers[key] = (0, wanted[1])
                continue
            layers[key] = mine
            given[key] = (rank, wanted, mine)
            if mine != most:
                reductions[key] = _reduction(mine, most)
        self._given = given
        return Allocation(layers, reductions, wanted_bps, self._used_bps)


def _importance(demand: Demand) -> int:
    """What is shown stays before what is not, where both are as important."""
    return demand.rank * 512 - demand.priority * 2 - (demand.current is not None)


def _steps(demand: Demand) -> Steps:
    return steps_of(demand.rates, demand.wanted, is_screen=demand.rank is Rank.SCREEN)


def _wants_more(demand: Demand, before: _Given) -> bool:
    rank, wanted, _ = before
    if demand.rank < rank:
        return True
    if demand.wanted == wanted:
        return False
    return demand.wanted[0] > wanted[0] or demand.wanted[1] > wanted[1]


def _reduction(mine: Layers | None, most: Layers) -> Reduction:
    if mine is None:
        return Reduction.OFF
    return Reduction.SIZE if mine[0] < most[0] else Reduction.FRAMES


def _queued(capacity_bps: int, backlog_bytes: int) -> float:
    """What of the capacity a backlog takes while it drains."""
    excess_bits = backlog_bytes * 8 - capacity_bps * TOLERATED
    return max(excess_bits, 0.0) / DRAIN
