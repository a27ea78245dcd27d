"""LossModel: is loss the path's own, or does it come of sending more than a policer lets pass?

Two hypotheses about the last windows of packets. Either the path loses the share p whatever is
sent. Or it passes `capacity` and of that loses p, so that a window sent at rate s loses
p + (1 - p) * max(0, 1 - capacity / s). How well each explains what was lost, its likelihood tells;
as long as the rate did not change they explain it alike. (The two kinds of loss of libwebrtc's
LossBasedBweV2, fitted anew to each window.)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from math import inf, log, sqrt
from typing import NamedTuple

WINDOWS = 20
_FADING = 0.9
"""The weight of a window against the next one: the last ten count."""
BURSTS = 2.0
"""Loss comes in bursts: so many packets say as much as one by chance."""
_STEPS = 40  # of capacities that are tried
_LEAST, _MOST = 0.002, 0.998  # shares a likelihood is taken of; nothing is certain
_BOTH = 1.0
"""By so much of the logarithm both at once, a capacity and new loss, are less likely than one."""
_ALIKE = 0.05
"""Of causes that are as likely within so much, the one with the least loss of the path is taken:
windows all above a capacity tell only what gets through, not what would if less were sent."""
_CHANGED = 0.1
"""Loss that is off by as much, beyond chance, is another path's."""
MOST_OWN = 0.8
"""Of a path's own loss: what loses nearly everything says nothing of what it carries, and loss that
comes of what is sent would make room for more of it."""


class Window(NamedTuple):
    """Packets sent one after the other, the share of their bytes that was lost (what is short of
    room takes the small packets of sound last), at what rate they were sent.
    """

    packets: float
    loss: float
    sent_bps: float


class Finding(NamedTuple):
    """`evidence` for a capacity, as difference of log likelihoods, below 0 against it. `inherent`
    is the path's own loss if there is no capacity, `residual` if there is.
    """

    evidence: float
    capacity_bps: float
    inherent: float
    residual: float


class LossModel:
    """Of one path."""

    __slots__ = ("_windows",)

    def __init__(self) -> None:
        self._windows: deque[Window] = deque(maxlen=WINDOWS)

    def add(self, window: Window) -> None:
        """The newest window; if it shows another path, the older ones are forgotten."""
        if self._windows and _is_another(window, self._windows[-1]):
            self._windows.clear()
        self._windows.append(window)

    def forget(self) -> None:
        """What was told was half of one path and half of another."""
        self._windows.clear()

    @property
    def is_new(self) -> bool:
        """Whether there is only one window of this path."""
        return len(self._windows) == 1

    @property
    def has_loss(self) -> bool:
        """Whether anything was lost lately."""
        return any(each.loss for each in self._windows)

    @property
    def inherent(self) -> float:
        """The path's own loss, if nothing else is the cause."""
        return self._own_loss(inf, self._weights())

    def finding(self, known: float) -> Finding:
        """What the windows say now, of a path that lost the share `known` before."""
        weights = self._weights()
        inherent = self._own_loss(inf, weights)
        free = self._likelihood(inf, inherent, weights)
        found = list(self._capacities(known, weights))
        best = max(likelihood for likelihood, _, _ in found)
        likely = [each for each in found if each[0] > best - _ALIKE]
        _, residual, capacity = min(likely, key=lambda each: each[1])
        return Finding(best - free, capacity, inherent, residual)

    def _capacities(
        self, known: float, weights: list[float]
    ) -> Iterator[tuple[float, float, float]]:
        """(likelihood, the path's own loss, capacity) of what may be."""
        rate = max(each.sent_bps for each in self._windows)
        least = min(each.sent_bps * (1 - each.loss) for each in self._windows)
        step = max(least / rate, _LEAST) ** (1 / _STEPS)
        for _ in range(_STEPS):
            rate *= step
            own = self._own_loss(rate, weights)
            for share, doubt in ((min(known, own), 0.0), (own, _BOTH)):
                yield self._likelihood(rate, share, weights) - doubt, share, rate

    def _weights(self) -> list[float]:
        return [_FADING**age for age in range(len(self._windows) - 1, -1, -1)]

    def _own_loss(self, capacity: float, weights: list[float]) -> float:
        """The path's own loss that fits best, if it passes `capacity`."""
        passed = received = 0.0
        for weight, window in zip(weights, self._windows, strict=True):
            passed += weight * window.packets * min(1.0, capacity / window.sent_bps)
            received += weight * window.packets * (1 - window.loss)
        return min(max(1 - received / passed, 0.0), MOST_OWN)

    def _likelihood(self, capacity: float, own: float, weights: list[float]) -> float:
        """Its logarithm."""
        total = 0.0
        for weight, window in zip(weights, self._windows, strict=True):
            loss = 1 - (1 - own) * min(1.0, capacity / window.sent_bps)
            loss = min(max(loss, _LEAST), _MOST)
            told = window.loss * log(loss) + (1 - window.loss) * log(1 - loss)
            total += weight * window.packets * told
        return total / BURSTS


def _is_another(window: Window, before: Window) -> bool:
    """Whether both cannot be of one path: on any, who sends more loses no smaller share of it, and
    gets no less through.
    """
    low, high = sorted((window, before), key=lambda each: each.sent_bps)
    share = (low.loss + high.loss) / 2
    chance = 2 * sqrt(share * (1 - share) * (1 / low.packets + 1 / high.packets))
    most = 1 - (1 - low.loss) * low.sent_bps / high.sent_bps
    return not low.loss - _CHANGED - chance < high.loss < most + _CHANGED + chance
