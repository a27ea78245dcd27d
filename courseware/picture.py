"""Pictures as pages of a PDF, and the sheet that stands for a page that cannot be drawn. Runs in a
child.

What somebody sent is never passed on: each picture is decoded, turned upright, made smaller, put on
white and written anew.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

import pikepdf
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from courseware.deck import (
    ASPECT_MAX,
    MEGABYTE,
    PICTURE_BYTES_MAX,
    PIXELS_MAX,
    UNIT_WIDTH,
    picture_size,
)
from courseware.errors import Unfit

Image.init()  # every format's module, before rights are given up
Image.MAX_IMAGE_PIXELS = None  # our own bound is lower, and asked before a pixel is read

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
_LOSSLESS: Final = ("PNG", "GIF", "BMP", "TIFF")
"""Of these drawings and screen shots are made: they stay as they are where that is small."""
_LOSSLESS_MAX: Final = 3 * MEGABYTE // 2
SIDE_MAX: Final = 2560
_QUALITY: Final = 90
_POINTS: Final = 960.0
"""How wide a page is: 1280 units of 1/96 inch."""
_POINTS_MAX: Final = 14_000.0
"""Readers of PDF take pages of 14,400 points (ISO 32000-1 annex C)."""
_PAPER: Final = (240, 240, 240)
_SIGN: Final = (150, 150, 150)


def page_pictures(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A PDF `numbers["to"]` with a page for each picture. Says `{"pages": count}`.

    Unfit `large`, `pixels`, `shape`, `broken`.
    """
    with pikepdf.new() as document:
        for file in files:
            _add_page(document, _upright(file))
        document.save(numbers["to"])
    yield {"pages": len(files)}


def bind(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One PDF `numbers["to"]` of the pages of several of ours."""
    with pikepdf.new() as document:
        for file in files:
            with pikepdf.open(file) as part:
                document.pages.extend(part.pages)
        document.save(numbers["to"])
    yield {"pages": len(files)}


def _upright(file: BinaryIO) -> tuple[Image.Image, bool]:
    """The picture as it is meant to be seen, at most SIDE_MAX a side, and whether it may be kept
    without loss."""
    if os.fstat(file.fileno()).st_size > PICTURE_BYTES_MAX:
        raise Unfit("large", {"megabytes": PICTURE_BYTES_MAX // MEGABYTE})
    try:
        picture = Image.open(file, formats=FORMATS)
        width, height = picture.size
        if width * height > PIXELS_MAX:
            raise Unfit("pixels", {"megapixels": PIXELS_MAX // 1_000_000})
        if max(width, height) > ASPECT_MAX * min(width, height):
            raise Unfit("shape")
        is_lossless = picture.format in _LOSSLESS
        picture.draft("RGB", (SIDE_MAX, SIDE_MAX))
        return _plain(picture), is_lossless
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unfit("broken") from error


def _plain(picture: Image.Image) -> Image.Image:
    """Upright, small enough, eight bits of red, green and blue, on white."""
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "P" or (
        picture.mode in ("1", "L", "RGB") and "transparency" in picture.info
    ):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((SIDE_MAX, SIDE_MAX), Image.Resampling.LANCZOS)
    if picture.mode in ("RGBA", "LA", "PA"):
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    return picture.convert("RGB")


def _add_page(document: pikepdf.Pdf, shown: tuple[Image.Image, bool]) -> None:
    picture, is_lossless = shown
    scale = min(_POINTS / picture.width, _POINTS_MAX / picture.height)
    width, height = picture.width * scale, picture.height * scale
    raw, packing = _packed(picture, is_lossless)
    stream = pikepdf.Stream(document, b"")
    stream.write(raw, filter=packing)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    place = b"q %.3f 0 0 %.3f 0 0 cm /Im Do Q" % (width, height)
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, round(width, 3), round(height, 3)],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=document.make_indirect(stream))),
        Contents=pikepdf.Stream(document, place),
    )
    document.pages.append(pikepdf.Page(document.make_indirect(page)))


def _packed(picture: Image.Image, is_lossless: bool) -> tuple[bytes, pikepdf.Name]:
    if is_lossless:
        raw = zlib.compress(picture.tobytes(), 6)
        if len(raw) <= _LOSSLESS_MAX:
            return raw, pikepdf.Name.FlateDecode
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, subsampling=0)
    return written.getvalue(), pikepdf.Name.DCTDecode


def substitute(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An empty sheet with a crossed box, for `numbers["leaf"]` of `numbers["size"]` points, at each
    of `numbers["px"]`; said as pages are. What it means is said beside it, in words."""
    width, height = numbers["size"]
    px: Sequence[int] = numbers["px"]
    for wanted in px:
        size = picture_size(width, height, wanted)
        sheet = Image.new("RGB", size, _PAPER)
        _cross(sheet)
        sheet.save(f"{numbers['leaf']}-{wanted}.webp", "WEBP", quality=80, method=2)
        said = {"drawn": numbers["leaf"], "px": wanted, "width": size[0], "height": size[1]}
        yield said | ({"text": ""} if wanted == UNIT_WIDTH else {})


def _cross(sheet: Image.Image) -> None:
    """A box in the middle with both its diagonals, a fifth of the shorter side large."""
    half, line = max(2, min(sheet.size) // 10), max(1, min(sheet.size) // 120)
    x, y = sheet.width // 2, sheet.height // 2
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((x - half, y - half, x + half, y + half), outline=_SIGN, width=line)
    pen.line((x - half, y - half, x + half, y + half), fill=_SIGN, width=line)
    pen.line((x - half, y + half, x + half, y - half), fill=_SIGN, width=line)
