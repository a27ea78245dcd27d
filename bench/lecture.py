"""What a teacher drops into a class, made anew for each run: the same bytes are drawn once only."""

from __future__ import annotations

import io
from typing import Final

import pikepdf
from PIL import Image

from tests.support.decks import plain_pdf
from tests.support.office import Page, pptx

MEGABYTE: Final = 1024 * 1024
_PLACE: Final = b"q 420 0 0 300 380 60 cm /Photo Do Q"


def lecture_pdf(pages: int, megabytes: float, *, seed: int = 1) -> bytes:
    """Pages of words and curves, each with a photograph; the photographs are most of the bytes."""
    photo = _photo(int(megabytes * MEGABYTE / pages))
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf(pages))) as document:
        for number, page in enumerate(document.pages):
            page.add_resource(
                _shown(document, photo, seed * pages + number),
                pikepdf.Name.XObject,
                pikepdf.Name.Photo,
            )
            page.contents_add(_PLACE)
        document.save(written)
    return written.getvalue()


def _shown(document: pikepdf.Pdf, photo: bytes, number: int) -> pikepdf.Stream:
    """An image of its own: what follows the end of a JPEG is read by nobody."""
    with Image.open(io.BytesIO(photo)) as read:
        width, height = read.size
    image = document.make_stream(photo + b"%020d" % number)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.ColorSpace, image.Filter = pikepdf.Name.DeviceGray, pikepdf.Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = width, height, 8
    return image


def _photo(size: int) -> bytes:
    """A JPEG of about so many bytes: noise takes five bits a pixel at this quality."""
    side = max(32, int((size * 8 / 4.9 / 1.4) ** 0.5))
    written = io.BytesIO()
    Image.effect_noise((int(side * 1.4), side), 60).save(written, "JPEG", quality=85)
    return written.getvalue()


def presentation(slides: int) -> bytes:
    """A PPTX: a title and five lines on each slide."""
    lines = [f"The {place} thing to know about it" for place in ("first", "second", "third")]
    return pptx(
        [Page(title=f"Lesson {number}", lines=[*lines, *lines[:2]]) for number in range(slides)]
    )
