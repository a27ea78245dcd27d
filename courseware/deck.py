"""What a deck is made of, and how much of it there may be: values, no decisions.

A `Leaf` is one rendering: a slide at one of its steps. A print is a PDF whose page i is leaf i.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Kind = Literal["pdf", "picture", "slides", "document", "film", "sound", "activity"]

CONVERTER: Final = 1
"""Raised when the same file would be drawn differently; prints of another number are made anew."""
MEGABYTE: Final = 1024 * 1024
SOURCE_MAX: Final = 200 * MEGABYTE
PAGES_MAX: Final = 500
LEAVES_MAX: Final = 1000
CLICKS_MAX: Final = 40
"""Steps of one slide; what more clicks do comes with the last of them."""
PICTURES_MAX: Final = 100
PICTURE_BYTES_MAX: Final = 25 * MEGABYTE
PIXELS_MAX: Final = 40_000_000
ASPECT_MAX: Final = 20.0
"""A page is at most so many times longer than it is wide, and the other way round."""
UNIT_WIDTH: Final = 1280
"""Every leaf is so many units wide; so is its picture, unless it is very high."""
HEIGHT_MAX: Final = 4096
"""Of a picture, at 1280: a WebP is at most 16,383 pixels high, and nobody reads more at once."""
TEXT_MAX: Final = 20_000
"""Letters of a page's text, and of a slide's notes."""
TITLE_MAX: Final = 120
SHEETS_MAX: Final = 1000
OVERLAY_BYTES_MAX: Final = 25 * MEGABYTE
"""What was drawn on the leaves of a deck, to be burned into its print: pages, and the file."""
OFFICE_UNPACKED_MAX: Final = 200 * MEGABYTE
ACTIVITY_UNPACKED_MAX: Final = 300 * MEGABYTE
OFFICE_ENTRIES_MAX: Final = 5000
ACTIVITY_ENTRIES_MAX: Final = 2000


@dataclass(frozen=True, slots=True)
class Leaf:
    """Slide from 1, step from 0; units, 1280 wide whatever the page's own size."""

    slide: int
    step: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Slide:
    """What a slide says of itself; both are empty when it says nothing."""

    title: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an activity: where it stands in the package, its media type, and where it lies."""

    path: str
    kind: str
    file: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was looked into. Films and sounds have no leaves, activities have entries."""

    kind: Kind
    leaves: tuple[Leaf, ...]
    slides: tuple[Slide, ...]
    print: Path | None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of a leaf, by its number in the print, from 0. `px` is what was asked for, the
    size is what it has. The text comes with 1280. A substitute stands for a page that could not
    be drawn: an empty sheet with a sign."""

    leaf: int
    px: int
    file: Path
    width: int
    height: int
    bytes: int
    text: str | None
    is_substitute: bool = False


def picture_size(width: float, height: float, px: int) -> tuple[int, int]:
    """Pixels of the picture of a page at `px` wide: less when it would be too high."""
    scale = min(px / width, HEIGHT_MAX * px / UNIT_WIDTH / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def leaf_of(slide: int, step: int, width: float, height: float) -> Leaf:
    """The leaf of a page of this size."""
    return Leaf(slide, step, UNIT_WIDTH, max(1, round(UNIT_WIDTH * height / width)))
