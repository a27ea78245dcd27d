"""Pages of a PDF: how many and how large, their pictures and their text. Runs in a child.

Drawn by pdfium, which is built without a language for scripts: fields show what was filled in, and
nothing in the file runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pypdfium2
import pypdfium2.raw
from PIL import Image, WebPImagePlugin  # noqa: F401  (loaded before rights are given up)

from courseware.deck import ASPECT_MAX, PAGES_MAX, TEXT_MAX, UNIT_WIDTH, picture_size
from courseware.errors import Fault, Unfit

QUALITY: Final = 80
METHOD: Final = 2
"""Of WebP: the next one takes 1.8 times as long and saves 3 percent."""
SMALL_PX: Final = 320
_LOCKED: Final = (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def probe(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Says `{"pages": [[width, height]...]}` in points, as seen: turned and cropped.

    Unfit `encrypted`, `broken`, `empty` (no pages), `pages`, `shape`.
    """
    document = _open(files[0])
    count, most = len(document), numbers.get("pages_max", PAGES_MAX)
    if count == 0:
        raise Unfit("empty")
    if count > most:
        raise Unfit("pages", {"max": most})
    yield {"pages": [_size(document, index) for index in range(count)]}


def draw(files: list[BinaryIO], numbers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Draws `numbers["leaves"]` at each of `numbers["px"]` into `<leaf>-<px>.webp`. Says of each
    `{"begun": leaf, "size": [w, h]}` before, and `{"drawn": leaf, "px", "width", "height"}` after;
    that of 1280 has the text, and the picture of 320 is made from it."""
    document = _open(files[0])
    for leaf in numbers["leaves"]:
        width, height = _size(document, leaf)
        yield {"begun": leaf, "size": [width, height]}
        page = _page(document, leaf)
        yield from _pictures(page, leaf, (width, height), numbers["px"])
        page.close()


def _open(file: BinaryIO) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(file)
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        fault: Fault = "encrypted" if error.err_code in _LOCKED else "broken"
        raise Unfit(fault) from error
    return document


def _size(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    try:
        width, height = document.get_page_size(index)
    except pypdfium2.PdfiumError as error:
        raise Unfit("broken") from error
    if not (0 < width < float("inf") and 0 < height < float("inf")):
        raise Unfit("shape")
    if max(width / height, height / width) > ASPECT_MAX:
        raise Unfit("shape")
    return round(width, 3), round(height, 3)


def _page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise Unfit("broken") from error


def _pictures(
    page: pypdfium2.PdfPage, leaf: int, size: tuple[float, float], px: list[int]
) -> Iterator[dict[str, Any]]:
    """The largest first; smaller ones are made from it."""
    largest = max(px)
    picture = _render(page, size, largest)
    for wanted in sorted(px, reverse=True):
        shown = picture
        if wanted != largest:
            shown = picture.resize(picture_size(*size, wanted), Image.Resampling.LANCZOS)
        shown.save(f"{leaf}-{wanted}.webp", "WEBP", quality=QUALITY, method=METHOD)
        said = {"drawn": leaf, "px": wanted, "width": shown.width, "height": shown.height}
        yield said | ({"text": _text(page)} if wanted == UNIT_WIDTH else {})


def _render(page: pypdfium2.PdfPage, size: tuple[float, float], px: int) -> Image.Image:
    """On white. The scale makes the page as wide as asked; rounding is cut to what was promised."""
    width, height = picture_size(*size, px)
    bitmap = page.render(scale=width / size[0])
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.BILINEAR)
    return picture


def _text(page: pypdfium2.PdfPage) -> str:
    """What can be read on the page, in its own order; control characters are taken out."""
    try:
        reader = page.get_textpage()
        count = min(reader.count_chars(), TEXT_MAX)
        text = reader.get_text_range(0, count) if count > 0 else ""
    except pypdfium2.PdfiumError:
        return ""
    lines = (line.rstrip() for line in _CONTROL.sub("", text).splitlines())
    return "\n".join(lines).strip()[:TEXT_MAX]
