"""How a PDF, pictures and an activity are looked into: which children, in which order, and what
comes of it. Office files: see `courseware.converting`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from courseware.crew import Crew
from courseware.deck import (
    ACTIVITY_UNPACKED_MAX,
    LEAVES_MAX,
    MEGABYTE,
    PAGES_MAX,
    PICTURES_MAX,
    Entry,
    Kind,
    Opened,
    Slide,
    leaf_of,
)
from courseware.errors import Broken, Unfit
from courseware.outcome import check_file, check_pdf, take

MADE_MAX: Final = 320 * MEGABYTE
PICTURES_A_CHILD: Final = 4

Size = tuple[float, float]


async def open_pdf(crew: Crew, source: Path, folder: Path) -> Opened:
    """A PDF, as it is, or mended when pdfium does not read it."""
    try:
        sizes = await page_sizes(crew, source, folder, most=PAGES_MAX)
    except Unfit as unfit:
        if unfit.fault != "broken":
            raise
        await crew.run("mend", [source], {}, folder)
        source = take(folder, "mended.pdf")
        check_pdf(source, MADE_MAX)
        sizes = await page_sizes(crew, source, folder, most=PAGES_MAX)
    return plain_pages("pdf", sizes, source)


async def open_pictures(crew: Crew, sources: Sequence[Path], folder: Path) -> Opened:
    """Pictures as one print, a page each, in the order given."""
    if len(sources) > PICTURES_MAX:
        raise Unfit("pages", {"max": PICTURES_MAX})
    parts: list[Path] = []
    for at in range(0, len(sources), PICTURES_A_CHILD):
        name, some = f"part-{len(parts)}.pdf", sources[at : at + PICTURES_A_CHILD]
        await crew.run("pictures", some, {"to": name}, folder)
        parts.append(take(folder, name))
        check_pdf(parts[-1], MADE_MAX)
    printed = parts[0]
    if len(parts) > 1:
        await crew.run("bind", parts, {"to": "print.pdf"}, folder)
        printed = take(folder, "print.pdf")
        check_pdf(printed, MADE_MAX)
    sizes = await page_sizes(crew, printed, folder, most=PICTURES_MAX)
    return plain_pages("picture", sizes, printed)


async def open_activity(crew: Crew, source: Path, folder: Path) -> Opened:
    """The files of an activity; `index.html` is among them."""
    lines = await crew.run("unpack", [source], {}, folder)
    entries = tuple(_entry(line, take(folder, f"entry-{n}")) for n, line in enumerate(lines))
    if sum(entry.bytes for entry in entries) > ACTIVITY_UNPACKED_MAX:
        raise Unfit("bomb")
    return Opened("activity", (), (), None, entries)


def plain_pages(kind: Kind, sizes: Sequence[Size], source: Path) -> Opened:
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


def _entry(line: Mapping[str, Any], file: Path) -> Entry:
    match line:
        case {"entry": str() as path, "kind": str() as kind, "bytes": int()}:
            return Entry(path, kind, file, check_file(file, ACTIVITY_UNPACKED_MAX))
        case _:
            raise Broken("answer", "no entry")
