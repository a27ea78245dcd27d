"""Outlines: where the items of a page lie and what their lines are, in page units. Pure.

The same as `web/src/board/kernel` has for the browser: shapes, bounds, matrices.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from recording.inking import Dab
from recording.pages import Item
from whiteboard.errors import WhiteboardError
from whiteboard.stroke import unpack

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Spot = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)
_ROUND: Final = 48
"""Corners of what stands for an ellipse."""
FAR: Final = 4096.0
"""Pixels beside a picture up to which lines are followed."""
DASHES_MAX: Final = 5_000
"""Of one line; with more it is drawn as one."""
_LETTERS: Final = 14
"""Units that a letter of a formula's source takes."""


def matrix_of(item: Item) -> Matrix:
    """An item's own matrix."""
    m = item.get("m")
    if not isinstance(m, Sequence) or len(m) != 6:
        return IDENTITY
    a, b, c, d, e, f = (float(value) for value in m)
    return a, b, c, d, e, f


def apply(m: Matrix, spot: Spot) -> Spot:
    """Where a spot comes to lie."""
    x, y = spot
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def mean_scale(m: Matrix) -> float:
    """By how much lengths grow, in the mean of all directions."""
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def outline(item: Item) -> list[Spot]:
    """Corners of a shape, in its own units."""
    if item["t"] == "poly":
        return [(x, y) for x, y, _ in unpack(item["d"])]
    x, y, w, h = item["x"], item["y"], item["w"], item["h"]
    if item["t"] == "rect":
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    if item["t"] == "ell":
        turns = (2 * math.pi * each / _ROUND for each in range(_ROUND))
        return [
            (x + w / 2 + w / 2 * math.cos(turn), y + h / 2 + h / 2 * math.sin(turn))
            for turn in turns
        ]
    return [(x, y), (x + w, y + h)]


def arrow_head(item: Item) -> list[Spot]:
    """Barb, tip, barb. Short arrows get short barbs."""
    x, y, w, h, sw = item["x"], item["y"], item["w"], item["h"], item["sw"]
    tip = (x + w, y + h)
    barb = min(8 + sw * 3, max(math.hypot(w, h) * 0.6, sw))
    back = math.atan2(-h, -w)
    left, right = (back + math.pi / 6.5, back - math.pi / 6.5)
    return [
        (tip[0] + barb * math.cos(left), tip[1] + barb * math.sin(left)),
        tip,
        (tip[0] + barb * math.cos(right), tip[1] + barb * math.sin(right)),
    ]


def dashed(path: Sequence[Spot], dash: int, wide: float, unit: float) -> Iterator[list[Spot]]:
    """The parts of a line that are drawn: all of it, dashes, or dots. `unit` is how long one of
    the item's units is, `wide` its width, both in those of the path."""
    if dash not in (1, 2):
        yield list(path)
        return
    drawn, left_out = (
        (wide * 3 + 4 * unit, wide * 2 + 4 * unit)
        if dash == 1
        else (
            0.01,
            wide * 2 + 2 * unit,
        )
    )
    length = sum(math.dist(one, other) for one, other in pairwise(path))
    if length > DASHES_MAX * (drawn + left_out):
        yield list(path)
        return
    is_on, left = True, drawn
    part: list[Spot] = [path[0]]
    for one, other in pairwise(path):
        far = math.dist(one, other)
        at = 0.0
        while far - at > left:
            at += left
            spot = (
                one[0] + (other[0] - one[0]) * at / far,
                one[1] + (other[1] - one[1]) * at / far,
            )
            if is_on:
                yield [*part, spot]
            part = [spot]
            is_on = not is_on
            left = drawn if is_on else left_out
        left -= far - at
        if is_on:
            part.append(other)
    if is_on and len(part) > 1:
        yield part


def within(line: Sequence[Dab], size: tuple[int, int]) -> Iterator[list[Dab]]:
    """The parts of a line that are not far from a picture of this size: nobody waits for a painter
    who follows a line to the end of the world. Most lines come back as they are."""
    low, right, bottom = -FAR, size[0] + FAR, size[1] + FAR
    if all(low <= x <= right and low <= y <= bottom and half <= FAR for x, y, half in line):
        yield list(line)
        return
    for one, other in pairwise(line) if len(line) > 1 else ((line[0], line[0]),):
        part = _clipped(one, other, (low, low, right, bottom))
        if part is not None:
            yield part


def _clipped(one: Dab, other: Dab, rect: Rect) -> list[Dab] | None:
    """The part of a segment inside a rectangle (Liang and Barsky), no thicker than that is far."""
    first, last = 0.0, 1.0
    dx, dy = other[0] - one[0], other[1] - one[1]
    for step, room in (
        (-dx, one[0] - rect[0]),
        (dx, rect[2] - one[0]),
        (-dy, one[1] - rect[1]),
        (dy, rect[3] - one[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    return [
        (one[0] + dx * at, one[1] + dy * at, min(one[2] + (other[2] - one[2]) * at, FAR))
        for at in (first, last)
    ]


def bounds_of(item: Item) -> Rect:
    """In page units: all that is painted of an item lies inside. Nothing for what is no item."""
    try:
        local, reach = _local(item), _reach(item)
        m = matrix_of(item)
    except (KeyError, TypeError, ValueError, WhiteboardError):
        return (0, 0, 0, 0)
    left, top, right, bottom = local
    corners = [
        apply(m, spot)
        for spot in (
            (left - reach, top - reach),
            (right + reach, top - reach),
            (left - reach, bottom + reach),
            (right + reach, bottom + reach),
        )
    ]
    return around(corners)


def around(spots: Iterable[Spot]) -> Rect:
    """The smallest rectangle round all of them."""
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def meet(one: Rect, other: Rect) -> bool:
    """Whether two rectangles have a part in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _local(item: Item) -> Rect:
    kind = item["t"]
    if kind in ("pen", "hl", "poly"):
        return around((x, y) for x, y, _ in unpack(item["d"]))
    if kind == "arrow":
        return around([(item["x"], item["y"]), *arrow_head(item)])
    x, y = item["x"], item["y"]
    if kind == "tex":
        size = item["s"]
        return x, y, x + _LETTERS * min(len(item["src"]), 200) * size, y + 44 * size
    high = item["h"]
    if kind in ("text", "note"):
        # Words may need more than their box: as if every letter were as wide as high.
        across = max(item["w"] - 1.8 * item["fs"], item["fs"])
        lines = sum(
            1 + len(line) * item["fs"] // across for line in item.get("text", "").split("\n")
        )
        high = max(high, (lines * 1.3 + 4) * item["fs"])
    return around([(x, y), (x + item["w"], y + high)])


def _reach(item: Item) -> float:
    kind = item["t"]
    if kind in ("pen", "hl"):
        return float(item["w"])
    if kind in ("text", "note"):
        return float(item["fs"])
    return 2.0 if kind in ("tex", "img") else float(item["sw"]) / 2 + 1
