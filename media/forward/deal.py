"""Deal: how far each picture gets of a capacity, most important first. Knows no past.

Sound gets what it takes, and the first screen its least, whatever there is. Each screen goes as far
as it can before the next. In every other rank all take turns, one step each, so that everybody has
a small picture before somebody has a large one; who cannot afford a step is out, and what remains
is for the others. More capacity never gives the first screen less.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from itertools import groupby
from operator import getitem

from media.forward.demand import Rank


class Table:
    """Those who want something, most important first, and what each of their steps costs.

    `costs[i]` are bits per second of each step of the i-th, never falling from zero. A step is an
    index into them, a deal a list of steps.
    """

    __slots__ = ("_costs", "_groups", "_least", "has_screen", "tops")

    def __init__(self, ranks: Sequence[Rank], costs: Sequence[tuple[int, ...]]) -> None:
        self._costs = costs
        self._groups = [
            (rank, list(indices))
            for rank, indices in groupby(range(len(ranks)), key=ranks.__getitem__)
        ]
        self.tops = [len(rates) - 1 for rates in costs]
        """The deal of all that is wanted."""
        self.has_screen = Rank.SCREEN in ranks
        self._least: dict[int, int] = {}
        for rank, indices in self._groups:
            if rank is Rank.AUDIO:
                self._least = {index: self.tops[index] for index in indices}
            elif rank is Rank.SCREEN:
                self._least[indices[0]] = min(1, self.tops[indices[0]])

    def priced(self, costs: Sequence[tuple[int, ...]]) -> Table:
        """The same demands at other prices."""
        table = copy(self)
        table._costs = costs
        return table

    def total(self, steps: Sequence[int]) -> int:
        """Bits per second of a deal."""
        return sum(map(getitem, self._costs, steps))

    def least(self) -> list[int]:
        """The deal that is made whatever the capacity."""
        return [self._least.get(index, 0) for index in range(len(self.tops))]

    def deal(
        self, capacity_bps: float, ceilings: Sequence[int], spare_bps: float = 0.0
    ) -> list[int]:
        """The steps that fit, none above its ceiling but the least.

        `spare_bps` more may be used, but only to show something of a face at all.
        """
        given = list(ceilings)
        for index, step in self._least.items():
            given[index] = max(step, given[index])
        if self.total(given) <= capacity_bps:
            return given
        left = capacity_bps
        for rank, indices in self._groups:
            if rank is Rank.AUDIO or rank is Rank.SCREEN:
                left = self._one_by_one(indices, given, left)
            else:
                left = self._in_turns(indices, given, left, spare_bps)
        return given

    def raised(self, given: Sequence[int], safe_bps: float, allowance_bps: float) -> list[int]:
        """`given`, and as much more of it as fits into what is safe, most important first.

        By so many bits per second at most, but one step in any case. What the less important have
        is not spared: the caller deals again.
        """
        steps = list(given)
        left, spent = safe_bps, 0
        for rank, indices in self._groups:
            left -= sum(self._costs[index][steps[index]] for index in indices)
            rising = [index for index in indices if steps[index] < self.tops[index]]
            while rising:
                turn = rising[:1] if rank is Rank.SCREEN else _lowest(rising, steps)
                for index in turn:
                    costs, step = self._costs[index], steps[index]
                    rise = costs[step + 1] - costs[step]
                    if rise > left:
                        rising.remove(index)
                        continue
                    if spent and spent + rise > allowance_bps:
                        return steps
                    left -= rise
                    spent += rise
                    steps[index] = step + 1
                    if step + 1 == self.tops[index]:
                        rising.remove(index)
        return steps

    def _one_by_one(self, indices: Sequence[int], given: list[int], left: float) -> float:
        """Lowers each to what is left for it; what remains then."""
        for index in indices:
            costs, step, least = self._costs[index], given[index], self._least.get(index, 0)
            while step > least and costs[step] > left:
                step -= 1
            given[index] = step
            left -= costs[step]
        return left

    def _in_turns(
        self, indices: Sequence[int], given: list[int], left: float, spare: float
    ) -> float:
        """The same for a rank that shares; what remains then, less than nothing of the spare."""
        total = sum(self._costs[index][given[index]] for index in indices)
        if total <= left:
            return left - total
        rising = [(index, self._costs[index], given[index]) for index in indices]
        for index in indices:
            given[index] = 0
        step = 0
        while rising:
            raised = []
            for index, costs, ceiling in rising:
                if step < ceiling:
                    rise = costs[step + 1] - costs[step]
                    if rise <= (left if step else left + spare):
                        left -= rise
                        given[index] = step + 1
                        raised.append((index, costs, ceiling))
            rising = raised
            step += 1
        return left


def _lowest(indices: Sequence[int], steps: Sequence[int]) -> list[int]:
    """Those who have least."""
    least = min(steps[index] for index in indices)
    return [index for index in indices if steps[index] == least]
