"""Canvas: the items of a page on a part of a picture, as the board in a browser paints them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from recording.brush import MAT, paint_paper, stroke, write
from recording.inking import dabs
from recording.lettering import LINE_HEIGHT, shortened, width_of, wrapped
from recording.outlines import (
    Rect,
    Spot,
    apply,
    arrow_head,
    dashed,
    matrix_of,
    mean_scale,
    outline,
)
from recording.pages import Item, Page
from whiteboard.errors import WhiteboardError
from whiteboard.stroke import unpack

NOTE_INK: Final = "#1d1c1a"
NOTE_NAME_INK: Final = "#726f6a"
FORMULA_SIZE: Final = 20
LETTERS_MAX: Final = 400
"""Pixels that letters are high; larger ones are made of these."""
SIDE_MAX: Final = 4096
"""Pixels of what letters are written on."""
PLAYED: Final = ("film", "sound", "activity")
"""Kinds of pages of which nothing is recorded but their name."""
UNFIT: Final = (
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    ZeroDivisionError,
    IndexError,
    MemoryError,
    OSError,
    WhiteboardError,
    Image.DecompressionBombError,
)
"""What is raised for an item that cannot be painted."""


class Canvas:
    """A part of a page, at `scale` pixels a unit, with `corner` of the page at its own corner. On
    an image with transparency colours are multiplied by it, as they are blended then."""

    def __init__(
        self,
        image: Image.Image,
        scale: float,
        corner: Spot,
        pictures: Callable[[str], Image.Image | None],
        names: Mapping[str, str],
    ) -> None:
        self.image = image
        self._scale = scale
        self._corner = corner
        self._pictures = pictures
        self._names = names
        self._draw = ImageDraw.Draw(image)

    def ground(self, page: Page) -> None:
        """The paper and the picture on it."""
        wide, high = self.image.size
        left, top = self._at((0, 0))
        if page.width is None or page.height is None:
            paint_paper(self._draw, page.paper, (0, 0, wide, high), self._scale, self._corner)
            return
        right, bottom = self._at((page.width, page.height))
        rect = (max(left, 0), max(top, 0), min(right, wide), min(bottom, high))
        if rect[2] <= rect[0] or rect[3] <= rect[1]:
            return
        paint_paper(self._draw, page.paper, rect, self._scale, self._corner)
        picture = self._pictures(page.backdrop) if page.backdrop else None
        if picture is not None:
            self._lay(picture, (left, top, right, bottom))
        elif page.kind in PLAYED:
            size = max(round((bottom - top) / 18), 1)
            name = shortened(page.name, (right - left) * 0.8, size)
            spot = ((left + right - width_of(name, size)) / 2, (top + bottom) / 2 - size)
            write(self._draw, spot, name, size, NOTE_INK)

    def edge(self, page: Page) -> None:
        """What was drawn beyond a page that has an end is not seen."""
        if page.width is None or page.height is None:
            return
        wide, high = self.image.size
        left, top = (round(value) for value in self._at((0, 0)))
        right, bottom = (round(value) for value in self._at((page.width, page.height)))
        for rect in (
            (0, 0, wide, top),
            (0, bottom, wide, high),
            (0, 0, left, high),
            (right, 0, wide, high),
        ):
            if rect[2] > rect[0] and rect[3] > rect[1]:
                self._draw.rectangle((rect[0], rect[1], rect[2] - 1, rect[3] - 1), fill=MAT)

    def item(self, item: Item) -> None:
        """One item; what is no item of this version is passed over."""
        try:
            _PAINTERS[item["t"]](self, item)
        except UNFIT:
            return

    def ink(self, item: Item) -> None:
        m = matrix_of(item)
        grown = mean_scale(m) * self._scale
        is_pen = item["t"] == "pen"
        line = [
            (*self._at(apply(m, (x, y))), half * grown)
            for x, y, half in dabs(
                unpack(item["d"]), item["w"], is_pen=is_pen, is_simulated=item.get("s") == 1
            )
        ]
        if is_pen and item.get("o", 1) >= 1:
            stroke(self._draw, line, item["c"])
            return
        rect = self._inside(
            min(x - half for x, _, half in line),
            min(y - half for _, y, half in line),
            max(x + half for x, _, half in line),
            max(y + half for _, y, half in line),
        )
        if rect is None:
            return
        mask = Image.new("L", (rect[2] - rect[0], rect[3] - rect[1]), 0)
        moved = [(x - rect[0], y - rect[1], half) for x, y, half in line]
        stroke(
            ImageDraw.Draw(mask), moved, round(255 * float(item.get("o", 1))), is_flat=not is_pen
        )
        under = self.image.crop(rect)
        over = Image.new("RGB", under.size, item["c"])
        if not is_pen:
            over = ImageChops.multiply(_on_white(under), over)
        self.image.paste(over, rect[:2], mask)

    def shape(self, item: Item) -> None:
        m = matrix_of(item)
        corners = [self._at(apply(m, spot)) for spot in outline(item)]
        wide = max(item["sw"] * mean_scale(m) * self._scale, 1)
        is_closed = item["t"] in ("rect", "ell", "poly")
        if len(corners) > 2 and item.get("fill"):
            near = [(_near(x), _near(y)) for x, y in corners]
            self._draw.polygon(near, fill=item["fill"])
        path = [*corners, corners[0]] if is_closed else corners
        for part in dashed(path, item.get("ds", 0), wide, self._scale):
            line = [(x, y, wide / 2) for x, y in part]
            stroke(self._draw, line, item["c"], is_flat=item.get("ds") == 1)
        if item["t"] == "arrow":
            head = [self._at(apply(m, spot)) for spot in arrow_head(item)]
            stroke(self._draw, [(x, y, wide / 2) for x, y in head], item["c"])

    def words(self, item: Item) -> None:
        size = item["fs"]
        is_note = item["t"] == "note"
        padding = size * 0.9 if is_note else 0.0
        footer = size * 0.8 * LINE_HEIGHT + size * 0.6 if is_note else 0.0
        scale = self._scale * mean_scale(matrix_of(item))
        pixels = min(max(round(size * scale), 1), LETTERS_MAX)
        ratio = pixels / size
        wide = max(item["w"] - 2 * padding, 1)
        lines = wrapped(item.get("text", ""), wide * ratio, lambda text: width_of(text, pixels))
        high = max(item["h"], len(lines) * size * LINE_HEIGHT + 2 * padding + footer)
        sheet = _sheet(item["w"] * ratio, high * ratio)
        draw = ImageDraw.Draw(sheet)
        if is_note:
            box = (0, 0, item["w"] * ratio - 1, high * ratio - 1)
            draw.rounded_rectangle(box, 4 * ratio, fill=item["c"])
        ink = NOTE_INK if is_note else item["c"]
        for number, line in enumerate(lines):
            top = (padding + number * size * LINE_HEIGHT) * ratio
            write(draw, (padding * ratio, top), line, pixels, ink)
        name = self._names.get(str(item.get("by", "")), "") if is_note else ""
        if name:
            small = max(round(size * 0.8 * ratio), 1)
            top = (high - padding - size * 0.8 * LINE_HEIGHT) * ratio
            short = shortened(name, wide * ratio, small)
            write(draw, (padding * ratio, top), short, small, NOTE_NAME_INK)
        self._stamp(sheet, item, (item["x"], item["y"]), ratio)

    def formula(self, item: Item) -> None:
        scale = self._scale * mean_scale(matrix_of(item))
        pixels = min(max(round(FORMULA_SIZE * item["s"] * scale), 1), LETTERS_MAX)
        source = item["src"][:200]
        sheet = _sheet(width_of(source, pixels), pixels * LINE_HEIGHT)
        write(ImageDraw.Draw(sheet), (0, 0), source, pixels, item["c"])
        self._stamp(sheet, item, (item["x"], item["y"]), pixels / (FORMULA_SIZE * item["s"]))

    def picture(self, item: Item) -> None:
        picture = self._pictures(item["asset"])
        if picture is None:
            picture = Image.new("RGBA", (2, 2), (*MAT, 255))
        m = matrix_of(item)
        if m[1] == m[2] == 0:
            left, top = self._at(apply(m, (item["x"], item["y"])))
            right, bottom = self._at(apply(m, (item["x"] + item["w"], item["y"] + item["h"])))
            self._lay(picture, (left, top, right, bottom))
            return
        ratio = picture.width / max(item["w"], 0.01)
        self._stamp(picture, item, (item["x"], item["y"]), ratio)

    def _stamp(self, sheet: Image.Image, item: Item, at: Spot, ratio: float) -> None:
        """A picture of so many pixels a unit, at its place under the item's matrix."""
        m = matrix_of(item)
        if m[:4] == (1, 0, 0, 1):
            left, top = self._at(apply(m, at))
            size = sheet.width * self._scale / ratio, sheet.height * self._scale / ratio
            self._lay(sheet, (left, top, left + size[0], top + size[1]))
            return
        zoom = self._scale
        a, b, c, d = (value * zoom / ratio for value in m[:4])
        e, f = self._at(apply(m, at))
        det = a * d - b * c
        if abs(det) < 1e-9:
            return
        back = (d / det, -c / det, (c * f - d * e) / det, -b / det, a / det, (b * e - a * f) / det)
        turned = sheet.transform(
            self.image.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR
        )
        self._cover(turned, (0, 0))

    def _lay(self, picture: Image.Image, rect: Rect) -> None:
        """A picture over a rectangle of pixels, of which only what is inside is made."""
        left, top, right, bottom = rect
        inside = self._inside(*rect)
        if inside is None or right - left < 0.5 or bottom - top < 0.5:
            return
        across, down = picture.width / (right - left), picture.height / (bottom - top)
        source = (
            max((inside[0] - left) * across, 0),
            max((inside[1] - top) * down, 0),
            min((inside[2] - left) * across, picture.width),
            min((inside[3] - top) * down, picture.height),
        )
        if source[2] <= source[0] or source[3] <= source[1]:
            return
        size = (inside[2] - inside[0], inside[3] - inside[1])
        part = picture.resize(size, Image.Resampling.BILINEAR, box=source)
        self._cover(part, inside[:2])

    def _cover(self, picture: Image.Image, at: tuple[int, int]) -> None:
        """A picture with transparency over what is there."""
        self.image.paste(picture.convert("RGB"), at, picture.getchannel("A"))

    def _inside(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[int, int, int, int] | None:
        """Whole pixels of this canvas, or None."""
        found = (
            max(math.floor(left), 0),
            max(math.floor(top), 0),
            min(math.ceil(right), self.image.width),
            min(math.ceil(bottom), self.image.height),
        )
        return found if found[2] > found[0] and found[3] > found[1] else None

    def _at(self, spot: Spot) -> Spot:
        return (
            (spot[0] - self._corner[0]) * self._scale,
            (spot[1] - self._corner[1]) * self._scale,
        )


def _sheet(wide: float, high: float) -> Image.Image:
    """An empty one for letters; of what is larger than any picture the beginning."""
    size = (min(math.ceil(wide) + 2, SIDE_MAX), min(math.ceil(high) + 2, SIDE_MAX))
    return Image.new("RGBA", size, (0, 0, 0, 0))


def _on_white(image: Image.Image) -> Image.Image:
    """What shows through it as white."""
    if image.mode == "RGB":
        return image
    *colours, alpha = image.split()
    rest = ImageChops.invert(alpha)
    return Image.merge("RGB", [ImageChops.add(each, rest) for each in colours])


def _near(value: float) -> float:
    """A corner no farther than Pillow counts."""
    return min(max(value, -1e6), 1e6)


_PAINTERS: Final[Mapping[str, Callable[[Canvas, Item], None]]] = {
    "pen": Canvas.ink,
    "hl": Canvas.ink,
    "text": Canvas.words,
    "note": Canvas.words,
    "tex": Canvas.formula,
    "img": Canvas.picture,
    "line": Canvas.shape,
    "arrow": Canvas.shape,
    "rect": Canvas.shape,
    "ell": Canvas.shape,
    "poly": Canvas.shape,
}
