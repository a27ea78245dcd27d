"""Painting: a page of the board as a picture, for films. The board in a browser is what it follows
(`web/src/board/paint`); formulas stand as their source.

A picture is painted at twice its size and made smaller. Of a page that changes only the part that
changed is painted again. Letters are those of the machine.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image, UnidentifiedImageError

from recording.brush import FINE, MAT
from recording.canvas import Canvas
from recording.outlines import Rect, bounds_of, meet
from recording.pages import Item, Page, Sheet

STANDARD: Final[Rect] = (0.0, 0.0, 1280.0, 720.0)
"""What an empty page without an end shows."""
PIXELS_MAX: Final = 40_000_000
"""Of a picture that is opened."""
STEP: Final = 1.25
"""A page without an end is shown from farther away in steps, not with every stroke."""

Box = tuple[int, int]
Assets = Callable[[str], bytes | None]
"""A picture's bytes by its name, None for one that is not there."""


@dataclass(frozen=True, slots=True)
class View:
    """Where page units are in pixels of the picture: `scale` and the page's corner."""

    scale: float
    left: float
    top: float


class Painter:
    """Paints one page after the other in one size. `image` is the last picture."""

    def __init__(
        self,
        box: Box,
        assets: Assets = lambda name: None,
        names: Mapping[str, str] | None = None,
        *,
        is_over: bool = False,
    ) -> None:
        """`names` of participants stand on their notes. `is_over`: the ink alone, to be laid over a
        picture that is as wide as an empty page; colours are multiplied by how dense they are."""
        self._box = box
        self._assets = assets
        self._names = names or {}
        self._page: Page | None = None
        self._view = View(1, 0, 0)
        self._bounds: dict[str, tuple[Item, Rect]] = {}
        self._pictures: dict[str, Image.Image | None] = {}
        self._is_over = is_over
        self.image = self._blank(box)

    def paint(self, page: Page, sheet: Sheet) -> bool:
        """The page as it is now into `image`; whether anything is another than before."""
        is_other = page != self._page
        gone = [
            self._bounds.pop(item_id)[1] for item_id in sheet.changed if item_id in self._bounds
        ]
        if is_other:
            self._bounds.clear()
        wanted = sheet.items if is_other else (i for i in sheet.changed if i in sheet.items)
        came = []
        for item_id in wanted:
            item = sheet.items[item_id]
            bounds = bounds_of(item)
            self._bounds[item_id] = (item, bounds)
            came.append(bounds)
        sheet.changed.clear()
        self._page = page
        view = self._view_of(page)
        if is_other or view != self._view:
            self._view = view
            self._repaint((0, 0, *self._box))
            return True
        for rect in (*gone, *came):
            self._repaint(self._pixels(rect))
        return bool(gone or came)

    def _view_of(self, page: Page) -> View:
        if self._is_over:
            return View(self._box[0] / STANDARD[2], 0, 0)
        return view_of(page, self._box, (bounds for _, bounds in self._bounds.values()))

    def _blank(self, box: Box) -> Image.Image:
        return Image.new("RGBA", box) if self._is_over else Image.new("RGB", box, MAT)

    def _pixels(self, rect: Rect) -> tuple[int, int, int, int]:
        """Pixels of the picture that a part of the page touches."""
        scale, left, top = self._view.scale, self._view.left, self._view.top
        return (
            max(math.floor((rect[0] - left) * scale) - 1, 0),
            max(math.floor((rect[1] - top) * scale) - 1, 0),
            min(math.ceil((rect[2] - left) * scale) + 1, self._box[0]),
            min(math.ceil((rect[3] - top) * scale) + 1, self._box[1]),
        )

    def _repaint(self, part: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = part
        if right <= left or bottom <= top or self._page is None:
            return
        canvas = Canvas(
            self._blank(((right - left) * FINE, (bottom - top) * FINE)),
            self._view.scale * FINE,
            (self._view.left + left / self._view.scale, self._view.top + top / self._view.scale),
            self._picture,
            self._names,
        )
        if not self._is_over:
            canvas.ground(self._page)
        scale = self._view.scale
        seen = (
            self._view.left + left / scale,
            self._view.top + top / scale,
            self._view.left + right / scale,
            self._view.top + bottom / scale,
        )
        touched = [item for item, bounds in self._bounds.values() if meet(bounds, seen)]
        for item in sorted(touched, key=_order):
            canvas.item(item)
        if not self._is_over:
            canvas.edge(self._page)
        # Each channel by itself: Pillow takes colours beside transparency for whole ones.
        bands = [band.reduce(FINE) for band in canvas.image.split()]
        self.image.paste(Image.merge(canvas.image.mode, bands), (left, top))

    def _picture(self, name: str) -> Image.Image | None:
        """An asset, opened once."""
        if name not in self._pictures:
            self._pictures[name] = opened(self._assets(name))
        return self._pictures[name]


def opened(data: bytes | None) -> Image.Image | None:
    """A picture of any kind Pillow knows and of a bearable size, or None."""
    if data is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > PIXELS_MAX:
                return None
            return image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError):
        return None


def view_of(page: Page, box: Box, bounds: Iterable[Rect]) -> View:
    """The page as a whole in the middle of the picture; of one without an end all that is on it,
    and never less than an empty one shows."""
    if page.width is not None and page.height is not None:
        return _fitted((0.0, 0.0, page.width, page.height), box)
    left, top, right, bottom = STANDARD
    for rect in bounds:
        left, top = min(left, rect[0]), min(top, rect[1])
        right, bottom = max(right, rect[2]), max(bottom, rect[3])
    wide, high = right - left, bottom - top
    zoom = max(wide / (STANDARD[2] - STANDARD[0]), high / (STANDARD[3] - STANDARD[1]))
    grown = STEP ** math.ceil(math.log(zoom, STEP) - 1e-9)
    # The corner moves in steps as well: everything stays where it is while somebody writes.
    step = (STANDARD[2] * grown / 8, STANDARD[3] * grown / 8)
    left, top = math.floor(left / step[0]) * step[0], math.floor(top / step[1]) * step[1]
    while left + STANDARD[2] * grown < right or top + STANDARD[3] * grown < bottom:
        grown *= STEP
    return _fitted((left, top, left + STANDARD[2] * grown, top + STANDARD[3] * grown), box)


def _fitted(rect: Rect, box: Box) -> View:
    wide, high = max(rect[2] - rect[0], 1.0), max(rect[3] - rect[1], 1.0)
    scale = min(box[0] / wide, box[1] / high)
    return View(
        scale,
        rect[0] - (box[0] / scale - wide) / 2,
        rect[1] - (box[1] / scale - high) / 2,
    )


def _order(item: Item) -> tuple[str, str]:
    """Lowest first; what has the same key is ordered by id, as for everybody."""
    return str(item.get("z", "")), str(item["id"])
