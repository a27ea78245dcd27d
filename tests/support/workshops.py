"""A workshop in a test: with less time, and what a job must have left behind, which is nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from courseware.cell import BOUNDS
from courseware.deck import Drawn, Kind, Opened
from courseware.workshop import Workshop

HASTY = {task: replace(bounds, cpu_s=min(bounds.cpu_s, 2)) for task, bounds in BOUNDS.items()}
"""For what is meant to end in a bound; LibreOffice gets none of these."""


@asynccontextmanager
async def at_work(folder: Path, **settings: object) -> AsyncIterator[Workshop]:
    """A workshop in this folder; when it closes nothing may be left of it."""
    workshop = Workshop(folder / "work", **({"soffice": None, "at_once": 2} | settings))  # type: ignore[arg-type]
    await workshop.start()
    try:
        yield workshop
    finally:
        await workshop.close()
    assert left_of(folder) == ([], [])


def left_of(folder: Path) -> tuple[list[str], list[int]]:
    """What lies in the workshop's folder, and the processes that were started for it."""
    work = folder / "work"
    mark = f"COURSEWARE_JOB={work.resolve()}/".encode()
    running = [process for process, told in _environments() if mark in told]
    return sorted(path.name for path in work.iterdir()), running


def _environments() -> Iterable[tuple[int, bytes]]:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                yield int(process.name), (process / "environ").read_bytes()
            except OSError:
                continue


@asynccontextmanager
async def opened(
    workshop: Workshop, kind: Kind, raw: bytes | list[bytes], folder: Path
) -> AsyncIterator[tuple[Opened, Path]]:
    """A file of these bytes, opened; with the job's folder."""
    sources = []
    for place, some in enumerate([raw] if isinstance(raw, bytes) else raw):
        path = folder / f"source-{place}"
        path.write_bytes(some)
        sources.append((f"Mia's {place}", path))
    async with workshop.folder() as job:
        yield await workshop.open(kind, sources, job), job


async def drawn(
    workshop: Workshop, deck: Opened, job: Path, px: tuple[int, ...] = (1280, 320)
) -> dict[tuple[int, int], Drawn]:
    """All pictures of it, by leaf and width."""
    assert deck.print is not None
    leaves = range(len(deck.leaves))
    return {
        (one.leaf, one.px): one
        async for one in workshop.draw(deck.print, leaves, px=px, folder=job)
    }
