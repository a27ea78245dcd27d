"""Trend: whether the delay of a path grows, from groups (draft-ietf-rmcat-gcc-02 section 5, with
the least squares line that libwebrtc put in place of the Kalman filter).

Decides whether the path is used above, at or below what it carries.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import StrEnum

from media.congestion.arrival_groups import Group

WINDOW = 20
"""Groups the line is laid through: 200 ms with one each tick of 10 ms."""
SMOOTHING = 0.9
GAIN = 4.0
_MOST_COUNTED = 60
"""Groups after which the trend has its full weight."""

THRESHOLD_MS = 12.5
_THRESHOLD_RANGE_MS = (6.0, 600.0)
_RISE, _FALL = 0.0087, 0.039
"""By how much of its distance to the trend the threshold moves in a millisecond: quick down, slow
up, so that a flow beside a greedy one is not starved (the draft's k_u and k_d)."""
_OUTLIER_MS = 15.0
_LONGEST_STEP_MS = 100.0
_OVERUSE_MS = 10.0


class Usage(StrEnum):
    """What the delay says of the sending rate."""

    NORMAL = "normal"
    OVER = "over"
    UNDER = "under"


class Trend:
    """Of one path. `usage` is what the newest groups say."""

    __slots__ = (
        "_count",
        "_delay",
        "_last_at",
        "_origin",
        "_over_ms",
        "_points",
        "_previous",
        "_threshold",
        "usage",
    )

    def __init__(self) -> None:
        self.usage = Usage.NORMAL
        self._points: deque[tuple[float, float]] = deque(maxlen=WINDOW)
        self._origin: tuple[float, float] | None = None
        self._delay = 0.0
        self._count = 0
        self._previous = 0.0
        self._threshold = THRESHOLD_MS
        self._over_ms = 0.0
        self._last_at: float | None = None

    def update(self, groups: Sequence[Group]) -> Usage:
        """The groups that came since the last call; the line is laid once for all of them."""
        if not groups:
            return self.usage
        for group in groups:
            self._add(group)
        if len(self._points) == WINDOW:
            self._judge(groups[-1].arrival)
        return self.usage

    def _add(self, group: Group) -> None:
        """A point: milliseconds of arrival and of smoothed delay, both since the first group."""
        if self._origin is None:
            self._origin = (group.arrival, group.arrival - group.sent_at)
        arrival, delay = self._origin
        raw = (group.arrival - group.sent_at - delay) * 1000
        self._delay = SMOOTHING * self._delay + (1 - SMOOTHING) * raw
        self._points.append(((group.arrival - arrival) * 1000, self._delay))
        self._count += 1

    def _judge(self, at: float) -> None:
        trend = self._slope() * min(self._count, _MOST_COUNTED) * GAIN
        elapsed = 0.0 if self._last_at is None else (at - self._last_at) * 1000
        self._last_at = at
        if trend > self._threshold:
            self._over_ms += elapsed
            if self._over_ms > _OVERUSE_MS and trend >= self._previous:
                self.usage = Usage.OVER
        else:
            self._over_ms = 0.0
            self.usage = Usage.UNDER if trend < -self._threshold else Usage.NORMAL
        self._previous = trend
        self._adapt(abs(trend), min(max(elapsed, 0.0), _LONGEST_STEP_MS))

    def _adapt(self, trend: float, elapsed: float) -> None:
        if trend > self._threshold + _OUTLIER_MS:
            return  # a jump of the path, not the noise the threshold stands above
        pace = _FALL if trend < self._threshold else _RISE
        self._threshold += pace * (trend - self._threshold) * elapsed
        low, high = _THRESHOLD_RANGE_MS
        self._threshold = min(max(self._threshold, low), high)

    def _slope(self) -> float:
        """Of the least squares line through the points; milliseconds of delay a millisecond."""
        # One plain loop: comprehensions cost several times as much.
        origin, _ = self._points[0]
        sum_x = sum_y = sum_xx = sum_xy = 0.0
        for at, y in self._points:
            x = at - origin
            sum_x += x
            sum_y += y
            sum_xx += x * x
            sum_xy += x * y
        count = len(self._points)
        spread = count * sum_xx - sum_x * sum_x
        return (count * sum_xy - sum_x * sum_y) / spread if spread > 0 else 0.0
