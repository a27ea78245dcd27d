"""Sets of clocks as sorted ranges that neither overlap nor touch."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator


class Ranges:
    """Half-open ranges `[start, end)`; 16 bytes each."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts = array("Q")
        self._ends = array("Q")

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends, strict=True)

    def __contains__(self, clock: int) -> bool:
        at = bisect_right(self._starts, clock) - 1
        return at >= 0 and clock < self._ends[at]

    def add(self, start: int, end: int) -> None:
        """Add a range, merging it with those it meets."""
        starts, ends = self._starts, self._ends
        first = bisect_left(ends, start)
        last = bisect_right(starts, end)
        if first < last:
            start = min(start, starts[first])
            end = max(end, ends[last - 1])
        starts[first:last] = array("Q", (start,))
        ends[first:last] = array("Q", (end,))

    def gaps(self, start: int, end: int) -> list[tuple[int, int]]:
        """What of a range is not in the set."""
        at = bisect_right(self._ends, start)
        found = []
        while start < end and at < len(self._starts):
            taken = self._starts[at]
            if taken >= end:
                break
            if taken > start:
                found.append((start, taken))
            start = self._ends[at]
            at += 1
        if start < end:
            found.append((start, end))
        return found
