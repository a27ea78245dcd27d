"""The pen: what somebody may change on a page. Given and taken by the teacher, kept by the gate."""

from __future__ import annotations

from typing import Final, Literal

Pen = Literal["none", "own", "all"]
"""Nothing, one's own items, every item."""

PENS: Final[tuple[Pen, ...]] = ("none", "own", "all")
"""From the least to the most."""

PEN_BYTE: Final[dict[Pen, int]] = {pen: number for number, pen in enumerate(PENS)}
"""How the pen is written in a frame."""


def lesser(one: Pen, other: Pen) -> Pen:
    """The pen that may do less."""
    return one if PEN_BYTE[one] <= PEN_BYTE[other] else other
