"""LossModel: is loss the path's own, or does it come of sending more than a policer lets pass?

Two hypotheses about the last windows of packets. The path loses the share p whatever is sent; or it
passes `capacity` and of that loses p, so that a window sent at rate s loses
p + (1 - p) * max(0, 1 - capacity / s). Which of them explains what was lost better, their
likelihoods tell; as long as the rate did not change, they explain it alike. (The two kinds of
loss of libwebrtc's LossBasedBweV2; with one window of history each, a fit by hand.)
"""

from __future__ import annotations

from collections import deque
from math import inf, log, sqrt
from typing import NamedTuple

WINDOWS = 20
_FADING = 0.9
"""The weight of a window against the next one: 3 s count."""
_BURSTS = 2.0
"""Loss comes in bursts: so many packets say as much as one by chance."""
_STEP = 0.94
_STEPS = 45  # down to a sixteenth of what was sent
_LEAST, _MOST = 0.002, 0.98  # shares a likelihood is taken of; nothing is certain
_CHANGED = 0.1
"""Loss that differs as much from before, at the same rate, is another path."""
_SAME_RATE = 0.1


class Window(NamedTuple):
    """Packets sent one after the other, the share of their bytes that was lost (what is short of
    room takes the small packets of sound last), at what rate they were sent.
    """

    packets: float
    loss: float
    sent_bps: float


class Finding(NamedTuple):
    """`evidence` for the capacity, as difference of log likelihoods; below 0 against it.
    `inherent` is the path's loss without a capacity, `residual` with it.
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
        if self._windows and self._is_another(window, self._windows[-1]):
            self._windows.clear()
        self._windows.append(window)

    @property
    def has_loss(self) -> bool:
        return any(each.loss for each in self._windows)

    def finding(self) -> Finding:
        """What the windows say now."""
        weights = [_FADING**age for age in range(len(self._windows) - 1, -1, -1)]
        inherent, free = self._explained(inf, weights)
        best, capacity, residual = -inf, inf, inherent
        rate = max(each.sent_bps for each in self._windows)
        for _ in range(_STEPS):
            rate *= _STEP
            share, likelihood = self._explained(rate, weights)
            if likelihood > best:
                best, capacity, residual = likelihood, rate, share
        return Finding((best - free) / _BURSTS, capacity, inherent, residual)

    def _explained(self, capacity: float, weights: list[float]) -> tuple[float, float]:
        """(the path's own loss that fits best, the likelihood's logarithm)."""
        passed = received = 0.0
        for weight, window in zip(weights, self._windows, strict=True):
            passed += weight * window.packets * min(1.0, capacity / window.sent_bps)
            received += weight * window.packets * (1 - window.loss)
        own = max(1 - received / passed, 0.0)
        likelihood = 0.0
        for weight, window in zip(weights, self._windows, strict=True):
            loss = 1 - (1 - own) * min(1.0, capacity / window.sent_bps)
            loss = min(max(loss, _LEAST), _MOST)
            told = window.loss * log(loss) + (1 - window.loss) * log(1 - loss)
            likelihood += weight * window.packets * told
        return own, likelihood

    @staticmethod
    def _is_another(window: Window, before: Window) -> bool:
        """Whether both cannot be of one path: on any, who sends more loses as much or more."""
        share = (window.loss + before.loss) / 2
        margin = _CHANGED + 2 * sqrt(
            share * (1 - share) * (1 / window.packets + 1 / before.packets)
        )
        if window.loss > before.loss + margin:
            return window.sent_bps < before.sent_bps * (1 + _SAME_RATE)
        if window.loss < before.loss - margin:
            return window.sent_bps > before.sent_bps * (1 - _SAME_RATE)
        return False
