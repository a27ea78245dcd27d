"""A picture somebody sent, read with bounds and written anew: nothing of the file itself is kept.

What it says about itself (place, camera, thumbnails, text) is gone; how it was held is applied. The
type is that of its bytes, whatever it was called.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageOps

from classroom.blobs.scans import count_scans
from classroom.errors import Refused

BYTES_MAX = 10 * 1024 * 1024
PIXELS_MAX = 40_000_000
"""Decoded this is 160 MB; the largest phones take 50, but send 12 unless asked for more."""
SIDE_MAX = 4096
"""Longest side of what is kept: a page over a whole 4K screen."""
PHOTO_BYTES_PER_PIXEL = 1.0
"""A PNG that needs more is no drawing and no screenshot: as WebP it has a tenth."""
PHOTO_QUALITY = 85
WEBP_EFFORT = 2
"""Of 6; 12 megapixels take half a second."""

SCANS_MIN = 16
"""So many are always read."""
SCANNED_MAX = 16 * PIXELS_MAX
"""Pixels times scans: about half a second."""

Kind = Literal["image/png", "image/webp"]

_MAGIC: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "PNG"),
    (b"\xff\xd8\xff", 0, "JPEG"),
    (b"GIF87a", 0, "GIF"),
    (b"GIF89a", 0, "GIF"),
    (b"WEBP", 8, "WEBP"),
)

Image.MAX_IMAGE_PIXELS = None  # our own bound is below and never only a warning


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    kind: Kind
    width: int
    height: int


def read_picture(raw: bytes) -> Picture:
    """The first frame, upright, at most SIDE_MAX on its longest side. Takes up to some seconds.

    Refused `asset.type` (none of PNG, JPEG, WebP, GIF), `asset.large`, `asset.broken`.
    """
    if len(raw) > BYTES_MAX:
        raise too_large()
    name = next((name for magic, at, name in _MAGIC if raw[at : at + len(magic)] == magic), None)
    if name is None:
        raise Refused("asset.type")
    try:
        with Image.open(io.BytesIO(raw), formats=[name]) as image:
            if image.width * image.height > PIXELS_MAX:
                raise too_large()
            is_photo = name == "JPEG"
            if is_photo and costs_too_much(image.width * image.height, count_scans(raw)):
                raise Refused("asset.broken")
            return _written(upright(image, SIDE_MAX), is_photo=is_photo)
    except Refused:
        raise
    except Exception as error:  # the decoders raise whatever a broken file makes them stumble over
        raise Refused("asset.broken") from error


def costs_too_much(pixels: int, scans: int) -> bool:
    """Whether a JPEG would keep its decoder busy for long. Real ones have up to some ten scans."""
    return scans > SCANS_MIN and pixels * scans > SCANNED_MAX


def too_large() -> Refused:
    """The refusal of too many bytes or too many pixels."""
    bounds = {"megabytes": BYTES_MAX // 1024**2, "megapixels": PIXELS_MAX // 10**6}
    return Refused("asset.large", bounds)


def upright(image: Image.Image, side: int) -> Image.Image:
    """Decoded, scaled to at most `side`, turned as its file says, in eight bits of RGB or RGBA."""
    image.draft("RGB", (side, side))  # JPEG decodes smaller sizes cheaply
    image.load()
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")  # 16 bits of grey
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    plain = image.convert("RGBA" if has_alpha else "RGB")
    if max(plain.size) > side:
        plain.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return ImageOps.exif_transpose(plain)


def _written(image: Image.Image, *, is_photo: bool) -> Picture:
    """Sharp things as PNG, photographs as WebP."""
    bare = without_words(image)
    if not is_photo:
        content = encoded(bare, "PNG", compress_level=6)
        if len(content) <= max(256 * 1024, PHOTO_BYTES_PER_PIXEL * bare.width * bare.height):
            return Picture(content, "image/png", bare.width, bare.height)
    content = encoded(bare, "WEBP", quality=PHOTO_QUALITY, method=WEBP_EFFORT)
    return Picture(content, "image/webp", bare.width, bare.height)


def without_words(image: Image.Image) -> Image.Image:
    """The pixels alone, without what the file said beside them."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def encoded(image: Image.Image, name: str, **options: int) -> bytes:
    """A file of this format."""
    file = io.BytesIO()
    image.save(file, name, **options)
    return file.getvalue()
