"""In which order the leaves of a print are drawn, how many by one child, and what becomes of a
leaf on which a child dies. A pure core: the workshop asks it, and tells it what happened.

A child that dies takes the leaves it had not drawn back with it; they go on in a new child, which
begins with the one it died on. A leaf on which a fresh child dies, with nothing drawn before it,
is given up: it had all the child's time and memory to itself. Only a death that may be our own
(`broken`) is tried once more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

from courseware.errors import Fault, Unfit

CHUNK: Final = 8
GIVEN_UP_MAX: Final = 5
"""More leaves than that, and the file is not worth the time: each has cost up to ten seconds."""


class Chunks:
    """The leaves still to be drawn, in runs of at most eight."""

    def __init__(self, leaves: Sequence[int]) -> None:
        runs = (leaves[at : at + CHUNK] for at in range(0, len(leaves), CHUNK))
        self._waiting: deque[tuple[int, ...]] = deque(tuple(run) for run in runs)
        self._given_up = 0
        self._tried: set[int] = set()

    def take(self) -> tuple[int, ...] | None:
        """What the next child draws; None when nothing waits."""
        return self._waiting.popleft() if self._waiting else None

    def died(self, chunk: Sequence[int], drawn: int, fault: Fault) -> int | None:
        """A child had finished `drawn` leaves of its chunk and died for this reason. The leaf that
        is given up, or None when the rest is tried once more.

        Unfit with the fault when the print's first leaf is the one, or too many are.
        """
        rest = tuple(chunk[drawn:])
        if not rest:
            return None
        if drawn or (fault == "broken" and rest[0] not in self._tried):
            self._tried |= set() if drawn else {rest[0]}
            self._waiting.appendleft(rest)
            return None
        self._given_up += 1
        if rest[0] == 0 or self._given_up > GIVEN_UP_MAX:
            raise Unfit(fault)
        if rest[1:]:
            self._waiting.appendleft(rest[1:])
        return rest[0]
