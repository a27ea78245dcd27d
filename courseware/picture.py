"""Pictures as pages, and the sheet that stands for a page that cannot be drawn. Runs in a child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from PIL import Image, ImageDraw, WebPImagePlugin  # noqa: F401  (before rights are given up)

from courseware.deck import picture_size

_PAPER: Final = (240, 240, 240)
_SIGN: Final = (150, 150, 150)


def substitute(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An empty sheet with a crossed box, for `numbers["leaf"]` of `numbers["size"]` points, at each
    of `numbers["px"]`; said as pages are. What it means is said beside it, in words."""
    width, height = numbers["size"]
    for px in numbers["px"]:
        size = picture_size(width, height, px)
        sheet = Image.new("RGB", size, _PAPER)
        _cross(sheet)
        sheet.save(f"{numbers['leaf']}-{px}.webp", "WEBP", quality=80, method=2)
        said = {"drawn": numbers["leaf"], "px": px, "width": size[0], "height": size[1]}
        yield said | ({"text": ""} if px == 1280 else {})


def _cross(sheet: Image.Image) -> None:
    """A box in the middle with both its diagonals, a fifth of the shorter side large."""
    half, line = max(2, min(sheet.size) // 10), max(1, min(sheet.size) // 120)
    x, y = sheet.width // 2, sheet.height // 2
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((x - half, y - half, x + half, y + half), outline=_SIGN, width=line)
    pen.line((x - half, y - half, x + half, y + half), fill=_SIGN, width=line)
    pen.line((x - half, y + half, x + half, y - half), fill=_SIGN, width=line)
