"""Brush: strokes, lines of letters and paper on a picture, by Pillow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from PIL import ImageDraw

from recording.inking import Dab
from recording.lettering import LINE_HEIGHT, font, runs
from recording.outlines import Rect, Spot, within

FINE: Final = 2
"""A picture is painted so many times as wide and high, and then made smaller."""
MAT: Final = (233, 231, 226)
"""Beside a page that has an end."""
_WHITE: Final = (255, 255, 255)
_SPACING: Final[dict[str, int]] = {"dots": 32, "grid": 32, "ruled": 40, "graph": 10}
_CLOSEST: Final = 7
"""Pixels of the finished picture below which only every second line is drawn."""
_DOT: Final = (207, 204, 196)
_LINE: Final = (227, 226, 222)
_STRONG: Final = (203, 216, 215)
_THIN: Final = 2.5
"""Pixels up to which a stroke is one line of one width."""

Colour = str | int | tuple[int, int, int]


def stroke(
    draw: ImageDraw.ImageDraw, line: Sequence[Dab], colour: Colour, *, is_flat: bool = False
) -> None:
    """A line with round joints whose width changes; its ends are round or flat."""
    for part in within(line, draw.im.size):
        _stroke(draw, part, colour, is_flat=is_flat)


def _stroke(
    draw: ImageDraw.ImageDraw, line: Sequence[Dab], colour: Colour, *, is_flat: bool
) -> None:
    widest = max(half for _, _, half in line) * 2
    if widest <= _THIN and len(line) > 1:
        draw.line([(x, y) for x, y, _ in line], fill=colour, width=max(round(widest), 1))
        return
    # Pillow paints the pixels at both edges: half of one too much on each side.
    line = [(x, y, max(half - 0.5, 0.25)) for x, y, half in line]
    last = len(line) - 1
    for number, (x, y, half) in enumerate(line):
        if not is_flat or 0 < number < last or not last:
            draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)
        if number:
            _join(draw, line[number - 1], line[number], colour)


def _join(draw: ImageDraw.ImageDraw, one: Dab, other: Dab, colour: Colour) -> None:
    dx, dy = other[0] - one[0], other[1] - one[1]
    far = math.hypot(dx, dy)
    if far < 0.5:
        return
    nx, ny = -dy / far, dx / far
    draw.polygon(
        [
            (one[0] + nx * one[2], one[1] + ny * one[2]),
            (other[0] + nx * other[2], other[1] + ny * other[2]),
            (other[0] - nx * other[2], other[1] - ny * other[2]),
            (one[0] - nx * one[2], one[1] - ny * one[2]),
        ],
        fill=colour,
    )


def write(draw: ImageDraw.ImageDraw, at: Spot, line: str, size: int, colour: Colour) -> None:
    """One line of letters; `at` is the upper left corner of its line box."""
    up, down = _metrics(size)
    left, base = at[0], at[1] + (size * LINE_HEIGHT - up - down) / 2 + up
    for part, is_chinese in runs(line):
        face = font(size, is_chinese=is_chinese)
        draw.text((left, base), part, font=face, fill=colour, anchor="ls")
        left += face.getlength(part)


def _metrics(size: int) -> tuple[float, float]:
    face = font(size)
    return face.getmetrics() if hasattr(face, "getmetrics") else (size * 0.8, size * 0.2)


def paint_paper(
    draw: ImageDraw.ImageDraw, paper: str, rect: Rect, scale: float, corner: Spot
) -> None:
    """White, with the paper's pattern: `rect` in pixels, of which there are `scale` to a unit, and
    `corner` of the page is at pixel 0, 0."""
    left, top, right, bottom = rect
    draw.rectangle((left, top, math.ceil(right) - 1, math.ceil(bottom) - 1), fill=_WHITE)
    if paper not in _SPACING:
        return
    step = _SPACING[paper] * scale
    while step < _CLOSEST * FINE:
        step *= 2
    origin = (-corner[0] * scale, -corner[1] * scale)
    if paper == "dots":
        _dots(draw, rect, step, origin, max(1.6 * scale, 1.2 * FINE) / 2)
        return
    _lines(draw, rect, step, origin, _LINE, has_uprights=paper != "ruled")
    if paper == "graph":
        _lines(draw, rect, step * 5, origin, _STRONG, has_uprights=True)


def _dots(draw: ImageDraw.ImageDraw, rect: Rect, step: float, origin: Spot, half: float) -> None:
    for y in _steps(origin[1], step, rect[1], rect[3]):
        for x in _steps(origin[0], step, rect[0], rect[2]):
            draw.rectangle((x - half, y - half, x + half - 1, y + half - 1), fill=_DOT)


def _lines(
    draw: ImageDraw.ImageDraw,
    rect: Rect,
    step: float,
    origin: Spot,
    colour: tuple[int, int, int],
    *,
    has_uprights: bool,
) -> None:
    half = FINE / 2
    for y in _steps(origin[1], step, rect[1], rect[3]):
        draw.rectangle((rect[0], y - half, rect[2] - 1, y + half - 1), fill=colour)
    if has_uprights:
        for x in _steps(origin[0], step, rect[0], rect[2]):
            draw.rectangle((x - half, rect[1], x + half - 1, rect[3] - 1), fill=colour)


def _steps(origin: float, step: float, since: float, until: float) -> Iterator[float]:
    """Whole pixels of a pattern between two pixels."""
    at = origin + math.ceil((since - origin) / step) * step
    while at < until:
        yield round(at)
        at += step
