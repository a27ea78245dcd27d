"""Peaks: what screens took of late at their busiest.

A page that is turned is a burst between long silences. Who goes up in a silence would be taken down
again by the next page: so room for it is kept while the last one is remembered.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from media.forward.demand import Steps

HELD = 30.0
"""Seconds a peak is remembered: slides and pages change more often than that where they matter."""


class Peaks:
    """Of the screens of one line."""

    __slots__ = ("_highest",)

    def __init__(self) -> None:
        self._highest: dict[Hashable, tuple[Steps, float]] = {}

    def take(self, screens: Mapping[Hashable, Steps], *, now: float) -> dict[Hashable, Steps]:
        """The busiest each of `screens` was; all others are forgotten."""
        highest = {}
        for key, steps in screens.items():
            before = self._highest.get(key)
            if (
                before is None
                or now - before[1] > HELD
                or before[0].layers != steps.layers
                or before[0].rates[-1] <= steps.rates[-1]
            ):
                before = (steps, now)
            highest[key] = before
        self._highest = highest
        return {key: steps for key, (steps, _) in highest.items()}
