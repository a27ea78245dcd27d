"""How each kind of file is looked into: which children, in which order, and what comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from courseware.crew import Crew
from courseware.deck import LEAVES_MAX, MEGABYTE, PAGES_MAX, Opened, Slide, leaf_of
from courseware.errors import Broken, Unfit
from courseware.outcome import check_pdf

MENDED_MAX: Final = 320 * MEGABYTE

Size = tuple[float, float]


async def open_pdf(crew: Crew, source: Path, folder: Path) -> Opened:
    """A PDF, as it is, or mended when pdfium does not read it."""
    try:
        sizes = await page_sizes(crew, source, folder, most=PAGES_MAX)
    except Unfit as unfit:
        if unfit.fault != "broken":
            raise
        await crew.run("mend", [source], {}, folder)
        source = folder / "mended.pdf"
        check_pdf(source, MENDED_MAX)
        sizes = await page_sizes(crew, source, folder, most=PAGES_MAX)
    return plain_pages("pdf", sizes, source)


def plain_pages(kind: Any, sizes: list[Size], source: Path) -> Opened:
    """Every page a slide without steps."""
    leaves = tuple(leaf_of(number, 0, *size) for number, size in enumerate(sizes, 1))
    return Opened(kind, leaves, tuple(Slide() for _ in sizes), source)


async def page_sizes(crew: Crew, source: Path, folder: Path, *, most: int) -> list[Size]:
    """Points, as seen, of every page of a PDF."""
    lines = await crew.run("probe", [source], {"pages_max": most}, folder)
    pages = lines[0].get("pages") if lines else None
    if not isinstance(pages, list) or not 0 < len(pages) <= LEAVES_MAX:
        raise Broken("answer", "no pages")
    return [_size(page) for page in pages]


def _size(page: Any) -> Size:
    match page:
        case [int() | float() as width, int() | float() as height] if min(width, height) > 0:
            return float(width), float(height)
        case _:
            raise Broken("answer", "no size")
