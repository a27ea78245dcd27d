"""How an Office file becomes a print: made ready in one child, converted by LibreOffice in another,
and compared with what was expected. If the pages are not one for each step, it is converted once
more without steps: slides that are a step off would be worse.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from courseware.confine import NOBODY
from courseware.crew import Crew
from courseware.deck import (
    CLICKS_MAX,
    LEAVES_MAX,
    MEGABYTE,
    PAGES_MAX,
    TEXT_MAX,
    TITLE_MAX,
    Opened,
    Slide,
    leaf_of,
)
from courseware.errors import Broken, Unfit
from courseware.opening import Size, page_sizes, plain_pages
from courseware.outcome import check_pdf

PRINT_MAX: Final = 256 * MEGABYTE
_PREFIX: Final = "courseware-office-"
_LEFT_S: Final = 600.0

OfficeKind = Literal["slides", "document"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Slide:
    about: Slide
    steps: int


async def open_office(
    crew: Crew, kind: OfficeKind, source: Path, folder: Path, soffice: str
) -> Opened:
    """Unfit and Broken as `Workshop.open` says."""
    for with_steps in (kind == "slides", False):
        try:
            slides = await _convert(crew, kind, source, folder, soffice, with_steps)
        except _NoSteps:
            continue
        printed = folder / "print.pdf"
        sizes = await page_sizes(crew, printed, folder, most=LEAVES_MAX)
        if slides and sum(slide.steps for slide in slides) == len(sizes):
            return _opened(kind, slides, sizes, printed)
        if not any(slide.steps > 1 for slide in slides):
            break
        log.warning("a presentation has %d pages after its steps were written", len(sizes))
    if len(sizes) > PAGES_MAX:
        raise Unfit("pages", {"max": PAGES_MAX})
    return plain_pages(kind, sizes, printed)


def _opened(kind: OfficeKind, slides: list[_Slide], sizes: list[Size], printed: Path) -> Opened:
    leaves = []
    left = iter(sizes)
    for number, slide in enumerate(slides, 1):
        leaves += [leaf_of(number, step, *next(left)) for step in range(slide.steps)]
    return Opened(kind, tuple(leaves), tuple(slide.about for slide in slides), printed)


class _NoSteps(Exception):
    """LibreOffice did not take the file with its steps written out; it may take it without."""


async def _convert(
    crew: Crew, kind: OfficeKind, source: Path, folder: Path, soffice: str, with_steps: bool
) -> list[_Slide]:
    """Makes `print.pdf` in the folder; what the file says of its slides."""
    async with _place(folder, is_root=crew.cells.is_root) as place:
        numbers = {"kind": kind, "steps": with_steps}
        first, *lines = await crew.run("prepare", [source], numbers, folder, cwd=place) or [{}]
        slides = [_slide(line) for line in lines]
        told = {"soffice": soffice, "ending": str(first.get("ending", ""))}
        try:
            await crew.run("office", [], told, folder, cwd=place)
        except Unfit as unfit:
            if unfit.fault == "broken" and any(slide.steps > 1 for slide in slides):
                log.warning("a presentation was not converted with its steps written out")
                raise _NoSteps from unfit
            raise
        printed = folder / "print.pdf"
        try:
            await asyncio.to_thread(shutil.move, place / "office.pdf", printed)
        except OSError as error:
            raise Broken("storage", type(error).__name__) from error
        check_pdf(printed, PRINT_MAX)
    return slides


def _slide(line: Mapping[str, Any]) -> _Slide:
    match line:
        case {"title": str() as title, "notes": str() as notes, "steps": int() as steps} if (
            1 <= steps <= CLICKS_MAX + 1
        ):
            return _Slide(Slide(title[:TITLE_MAX], notes[:TEXT_MAX]), steps)
        case _:
            raise Broken("answer", "no slide")


@asynccontextmanager
async def _place(folder: Path, *, is_root: bool) -> AsyncIterator[Path]:
    """Where LibreOffice works. It goes by absolute paths, and whoever is nobody may not be let
    through to the job's folder: as root it gets one among the system's temporary files."""
    place = Path(_make(folder, is_root))  # at once: nothing to cancel
    try:
        yield place
    finally:
        await asyncio.shield(asyncio.to_thread(shutil.rmtree, place, ignore_errors=True))


def _make(folder: Path, is_root: bool) -> str:
    try:
        made = tempfile.mkdtemp(prefix=_PREFIX, dir=None if is_root else folder)
        if is_root:
            os.chown(made, NOBODY, NOBODY)
    except OSError as error:
        raise Broken("storage", type(error).__name__) from error
    return made


def sweep_places() -> None:
    """Take away what a server that died left among the temporary files; what is younger than any
    conversion may be another server's."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_old = time.time() - left.lstat().st_mtime > _LEFT_S
        except OSError:
            continue
        if is_old:
            shutil.rmtree(left, ignore_errors=True)
