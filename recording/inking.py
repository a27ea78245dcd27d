"""Inking: the width of a pen along its stroke, after perfect-freehand as the board uses it
(`web/src/board/kernel/outline.ts`). Pure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from whiteboard.stroke import Point

Dab = tuple[float, float, float]
"""x and y of the centre line, and half of the width there."""

THINNING: Final = 0.5
_CATCHING_UP: Final = 0.15 + (1 - 0.4) * 0.85
"""Of the way to the next point, for a streamline of 0.4."""
_CHANGE: Final = 0.275
"""Of a pen that has no pressure: how fast its width follows its speed."""
_FIRST: Final = 10
LEAST: Final = 0.01


def dabs(points: Sequence[Point], width: float, *, is_pen: bool, is_simulated: bool) -> list[Dab]:
    """The centre line, smoothed, with half of the width at each of its points."""
    line = _smoothed(points)
    if not is_pen:
        return [(x, y, width / 2) for x, y, _, _ in line]
    if len(points) == 1:
        x, y, pressed_by = points[0]
        share = 1.0 if is_simulated else 1 + THINNING * (2 * pressed_by / 255 - 1)
        return [(x, y, width * share / 2)]
    pressure = _begun(line, width, is_simulated=is_simulated)
    found: list[Dab] = []
    for x, y, pressed, far in line:
        pressure = _simulated(pressure, far, width) if is_simulated else pressed
        found.append((x, y, max(width * (0.5 - THINNING * (0.5 - pressure)), LEAST)))
    return found


def _smoothed(points: Sequence[Point]) -> list[tuple[float, float, float, float]]:
    """x, y, pressure 0..1, and how far it is from the point before."""
    x, y, pressed = points[0]
    line = [(x, y, pressed / 255, 0.0)]
    for number, (to_x, to_y, pressed) in enumerate(points[1:], 1):
        is_last = number == len(points) - 1
        share = 1.0 if is_last else _CATCHING_UP
        new_x, new_y = x + (to_x - x) * share, y + (to_y - y) * share
        far = math.hypot(new_x - x, new_y - y)
        if far == 0 and not is_last:
            continue
        x, y = new_x, new_y
        line.append((x, y, pressed / 255, far))
    return line


def _begun(
    line: Sequence[tuple[float, float, float, float]], width: float, *, is_simulated: bool
) -> float:
    pressure = line[0][2]
    for _, _, pressed, far in line[:_FIRST]:
        here = _simulated(pressure, far, width) if is_simulated else pressed
        pressure = (pressure + here) / 2
    return pressure


def _simulated(before: float, far: float, width: float) -> float:
    speed = min(1.0, far / width)
    return min(1.0, before + (min(1.0, 1 - speed) - before) * (speed * _CHANGE))
