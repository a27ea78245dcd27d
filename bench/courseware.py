"""Teaching with slides: how soon they are there, how fast a page turns, and ink on a share.

    python -m bench.courseware [--json FILE]

The product is in a process of its own; the class, the sender and the burning are in this one. How
busy the machine was is told with the figures: on a busy one they are worth little.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from bench.figures import tell
from bench.join import percentile
from bench.lecture import lecture_pdf, presentation
from bench.product import Product, product
from bench.room import resident_kb
from bench.share_ink import measure_share
from bench.viewer import Viewer
from classroom.jobs.decks import find_soffice
from courseware.workshop import Workshop
from tests.support.overlays import stroked_pdf

Figures = dict[str, float]
GOALS: Final = {
    "first_page_s": 1.5,
    "all_pages_s": 15,
    "pptx50_s": 12,
    "burn_1000_s": 1,
    "page_turn_p95_ms": 150,
    "share_stroke_p95_ms": 200,
    "rss_growth_mb": 50,
}
LOOK_EVERY_S: Final = 0.05


@dataclass(frozen=True)
class Size:
    """How much of everything. `slides` 0: no Office file, where LibreOffice is not there."""

    pages: int = 50
    megabytes: float = 5.0
    slides: int = 50
    members: int = 10
    people: int = 30
    strokes: int = 1000
    big_pages: int = 300
    big_megabytes: float = 100.0
    seconds: float = 10.0
    rest_s: float = 2.0


async def gather(running: Product, viewers: list[Viewer], people: int) -> None:
    """So many people are in the class then, the tutor first; those who are there stay."""
    for number in range(len(viewers), people):
        link = running.link("/r/" if viewers else "/enter/")
        viewers.append(await Viewer.come(running.address, link, f"Person {number}"))


async def send(tutor: Viewer, name: str, raw: bytes) -> tuple[str, float]:
    """Send a deck; its id, and when the answer to the last piece was here."""

    def sent() -> tuple[str, float]:
        sources = [{"name": name, "bytes": len(raw)}]
        begun = tutor.door.send("POST", "/decks/uploads", {"sources": sources})
        told, piece_max = begun, begun["piece_max"]
        for offset in range(0, len(raw), piece_max):
            path = f"/decks/uploads/{begun['upload_id']}/0?offset={offset}"
            told = tutor.door.send("PATCH", path, raw[offset : offset + piece_max])
        return str(told["deck_id"]), monotonic()

    return await asyncio.to_thread(sent)


async def measure_pages(viewers: list[Viewer], size: Size) -> tuple[Figures, list[str]]:
    """A PDF is sent and placed as soon as it can be; the pages of the board it became."""
    tutor, before = viewers[0], set(viewers[0].backdrops)
    deck_id, sent_at = await send(tutor, "Lecture.pdf", lecture_pdf(size.pages, size.megabytes))
    await tutor.deck_is(deck_id, "showing", "ready")
    await tutor.ask("deck.place", {"deck_id": deck_id})
    await asyncio.gather(*(one.until(lambda: tutor.page_id not in before) for one in viewers))
    first = tutor.page_id
    seen = await asyncio.gather(*(viewer.sees(first) for viewer in viewers))
    await tutor.deck_is(deck_id, "ready")
    all_s = monotonic() - sent_at
    pages = [page for page in tutor.backdrops if page not in before]
    if len(pages) != size.pages:
        raise RuntimeError(f"{len(pages)} pages came of {size.pages}")
    return {"first_page_s": max(seen) - sent_at, "all_pages_s": all_s}, pages


async def measure_turns(viewers: list[Viewer], pages: list[str], pause_s: float) -> Figures:
    """The tutor goes through the deck, a page each `pause_s`; from the request to the picture, for
    each page and person."""
    took = list[float]()
    for page_id in pages[1:]:
        began = monotonic()
        seeing = [asyncio.create_task(viewer.sees(page_id)) for viewer in viewers]
        await viewers[0].ask("board.turn", {"page_id": page_id})
        took += [at - began for at in await asyncio.gather(*seeing)]
        await asyncio.sleep(max(0.0, began + pause_s - monotonic()))
    return {
        "page_turn_people": len(viewers),
        "page_turn_p50_ms": percentile(took, 0.5) * 1000,
        "page_turn_p95_ms": percentile(took, 0.95) * 1000,
    }


async def measure_slides(tutor: Viewer, size: Size) -> Figures:
    """A PowerPoint file, until all its pages have pictures."""
    deck_id, sent_at = await send(tutor, "Lecture.pptx", presentation(size.slides))
    await tutor.deck_is(deck_id, "ready")
    return {f"pptx{size.slides}_s": monotonic() - sent_at}


async def measure_memory(tutor: Viewer, pid: int, size: Size) -> Figures:
    """What the web process grows by, at most, while a large PDF comes in and is drawn."""
    raw = lecture_pdf(size.big_pages, size.big_megabytes, seed=2)
    before = most = resident_kb(pid)

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, resident_kb(pid))
            await asyncio.sleep(LOOK_EVERY_S)

    watching = asyncio.create_task(watch())
    deck_id, sent_at = await send(tutor, "Book.pdf", raw)
    await tutor.deck_is(deck_id, "ready")
    took = monotonic() - sent_at
    watching.cancel()
    return {
        "big_pdf_mb": len(raw) / 1e6,
        "big_pdf_s": took,
        "rss_before_mb": before / 1000,
        "rss_growth_mb": (most - before) / 1000,
    }


async def measure_burning(size: Size, folder: Path) -> Figures:
    """Strokes laid over a deck's pages, with the start of the process that does it."""
    (folder / "print.pdf").write_bytes(lecture_pdf(size.pages, size.megabytes, seed=3))
    strokes = max(1, size.strokes // size.pages)
    (folder / "overlay.pdf").write_bytes(stroked_pdf(size.pages, strokes))
    workshop = Workshop(folder / "work", soffice=None, at_once=1)
    await workshop.start()
    try:
        async with workshop.folder() as job:
            began, order = monotonic(), [(page, page) for page in range(size.pages)]
            await workshop.burn(folder / "print.pdf", folder / "overlay.pdf", order, job)
            return {"burn_1000_s": monotonic() - began}
    finally:
        await workshop.close()


async def measure(size: Size) -> Figures:
    """Every figure of one run."""
    figures: Figures = {"load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        settings = {"CLASSROOM_LOG_LEVEL": "warning"}
        async with product(folder / "data", settings) as running:
            viewers = list[Viewer]()
            await gather(running, viewers, size.members)
            await asyncio.sleep(size.rest_s)
            memory = await measure_memory(viewers[0], running.process.pid, size)
            first, pages = await measure_pages(viewers, size)
            figures |= first
            figures |= await measure_slides(viewers[0], size) if size.slides else {}
            figures |= await measure_burning(size, folder)
            await gather(running, viewers, size.people)
            figures |= await measure_turns(viewers, pages, size.rest_s / 4)
            await asyncio.gather(*(viewer.close() for viewer in viewers))
            figures |= await measure_share(running, size.members, size.seconds)
    return {name: round(value, 3) for name, value in (figures | memory).items()}


def main() -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    size = Size() if find_soffice("") else Size(slides=0)
    if not size.slides:
        print("LibreOffice is not installed: no figure for PowerPoint.")
    figures = asyncio.run(measure(size))
    figures["load_after"] = os.getloadavg()[0]
    print(
        f"Load of the machine: {figures['load_before']:g} before, {figures['load_after']:g} after"
    )
    tell(figures, GOALS, options.json)


if __name__ == "__main__":
    main()
