"""A small picture of a picture, made anew from its pixels, so that a list can show it at once."""

from __future__ import annotations

from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

from PIL import Image

from classroom.blobs.pictures import (
    PIXELS_MAX,
    WEBP_EFFORT,
    costs_too_much,
    encoded,
    upright,
    without_words,
)
from classroom.blobs.scans import count_scans
from classroom.errors import Refused

SIDE_MAX = 640
QUALITY = 80
KIND = "image/webp"
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_ORIENTATION = 0x0112
"""Exif 2.3, table 4: from 5 to 8 the picture lies on its side."""


def _scans(path: Path) -> int:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return count_scans(content)


def preview_name(file_id: str) -> str:
    """Under which the preview of a file is kept."""
    return f"{file_id}-preview"


@dataclass(frozen=True, slots=True)
class Preview:
    """A WebP of at most SIDE_MAX; `width` and `height` are those of the picture itself, upright."""

    content: bytes
    width: int
    height: int


def read_preview(path: Path) -> Preview | None:
    """The first frame, small; None when it would cost too much to decode it here. Takes up to a
    second. Refused `file.broken`."""
    try:
        with Image.open(path, formats=_FORMATS) as image:
            width, height = image.size
            scans = _scans(path) if image.format == "JPEG" else 1
            if width * height > PIXELS_MAX or costs_too_much(width * height, scans):
                return None
            if image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8):
                width, height = height, width
            small = without_words(upright(image, SIDE_MAX))
            content = encoded(small, "WEBP", quality=QUALITY, method=WEBP_EFFORT)
            return Preview(content, width, height)
    except Exception as error:  # the decoders raise whatever a broken file makes them stumble over
        raise Refused("file.broken") from error
