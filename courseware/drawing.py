"""Draws the leaves of one print with several children, and tells each picture as it is there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from courseware.chunks import CHUNK, Chunks
from courseware.crew import Crew
from courseware.deck import TEXT_MAX, UNIT_WIDTH, Drawn
from courseware.errors import Broken, CoursewareError, Fault, Unfit
from courseware.outcome import check_picture, take

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is wanted: leaves of a print by number, from 0, at these widths, into this folder."""

    source: Path
    leaves: Sequence[int]
    px: Sequence[int]
    folder: Path


async def draw(crew: Crew, drawing: Drawing) -> AsyncIterator[Drawn]:
    """The pictures, as they come: the first asked for first, the others about in order. The first
    has the machine to itself, since a class waits for it; then several children are at it.

    Unfit when the print's first leaf cannot be drawn, or too many others; Broken when it is us.
    """
    news: asyncio.Queue[Drawn | Exception | None] = asyncio.Queue()
    chunks = Chunks(drawing.leaves)
    artists: list[asyncio.Task[None]] = []
    at_once, at_work = min(1, len(drawing.leaves)), 0
    try:
        while at_once:
            while len(artists) < at_once:
                artists.append(asyncio.create_task(_draw_chunks(crew, drawing, chunks, news)))
                at_work += 1
            told = await news.get()
            if isinstance(told, Exception):
                raise told
            if told is None:
                at_work -= 1
                if not at_work:
                    return
            else:
                at_once = min(crew.at_once, -(-len(drawing.leaves) // CHUNK))
                yield told
    finally:
        for artist in artists:
            artist.cancel()
        await asyncio.gather(*artists, return_exceptions=True)


async def _draw_chunks(
    crew: Crew,
    drawing: Drawing,
    chunks: Chunks,
    news: asyncio.Queue[Drawn | Exception | None],
) -> None:
    """One chunk after the other, until none waits. The last word is None, or what went wrong."""
    try:
        while (chunk := chunks.take()) is not None:
            sheet = _Sheet()
            try:
                await _draw_chunk(crew, drawing, chunk, sheet, news)
            except (Unfit, Broken) as error:
                log.info("a child drew %d of %d leaves: %r", sheet.done, len(chunk), error)
                lost = chunks.died(chunk, sheet.done, _fault(error))
                if lost is not None:
                    await _substitute(crew, drawing, lost, sheet.size, news)
    except Exception as error:
        news.put_nowait(error)  # whatever it is: somebody waits
    else:
        news.put_nowait(None)


@dataclass(slots=True)
class _Sheet:
    """How far a child came: leaves with all their pictures, and the size of the present one."""

    done: int = 0
    size: tuple[float, float] = (4.0, 3.0)
    pictures: set[int] = field(default_factory=set)


def _fault(error: CoursewareError) -> Fault:
    """What a page is refused with; our own failures are not the page's, and go on."""
    if isinstance(error, Unfit):
        return error.fault
    if isinstance(error, Broken) and error.reason in ("died", "answer"):
        return "broken"
    raise error


async def _draw_chunk(
    crew: Crew,
    drawing: Drawing,
    chunk: Sequence[int],
    sheet: _Sheet,
    news: asyncio.Queue[Drawn | Exception | None],
) -> None:
    """One child. A leaf is told when all its pictures are there."""
    numbers = {"leaves": list(chunk), "px": list(drawing.px)}
    ready: list[Drawn] = []
    async with crew.child("draw", [drawing.source], numbers, drawing.folder) as lines:
        async for line in lines:
            if "begun" in line:
                sheet.size, ready = _size(line), []
                continue
            ready.append(_drawn(line, chunk[min(sheet.done, len(chunk) - 1)], drawing))
            if len(ready) == len(drawing.px):
                sheet.done += 1
                for drawn in ready:
                    news.put_nowait(drawn)
    if sheet.done != len(chunk):
        raise Broken("answer", "not all leaves")


async def _substitute(
    crew: Crew,
    drawing: Drawing,
    leaf: int,
    size: tuple[float, float],
    news: asyncio.Queue[Drawn | Exception | None],
) -> None:
    numbers = {"leaf": leaf, "size": list(size), "px": list(drawing.px)}
    lines = await crew.run("substitute", [], numbers, drawing.folder)
    for line in lines:
        news.put_nowait(_drawn(line, leaf, drawing, is_substitute=True))


def _size(line: Mapping[str, Any]) -> tuple[float, float]:
    match line.get("size"):
        case [int() | float() as width, int() | float() as height] if min(width, height) > 0:
            return float(width), float(height)
        case _:
            raise Broken("answer", "no size")


def _drawn(
    line: Mapping[str, Any], leaf: int, drawing: Drawing, *, is_substitute: bool = False
) -> Drawn:
    """A picture that a child says it drew, looked at."""
    match line:
        case {
            "drawn": int() as drawn,
            "px": int() as px,
            "width": int() as width,
            "height": int() as height,
        } if drawn == leaf and px in drawing.px:
            path = take(drawing.folder, f"{leaf}-{px}.webp")
            size = check_picture(path, width, height)
        case _:
            raise Broken("answer", "another leaf")
    text = str(line.get("text", ""))[:TEXT_MAX] if px == UNIT_WIDTH else None
    return Drawn(leaf, px, path, width, height, size, text, is_substitute)
