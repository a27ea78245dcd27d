"""The board's figures: `python -m bench.board [--json FILE] [--only PART]`.

`update`: gate, document and SQLite for one finished stroke, CPU of this process with all its
threads. `memory`: what a page of 10,000 strokes adds to a fresh process. `live`: thirty people who
draw at once through the real server; its CPU, and when others saw it (the load is another process).
`page`: a page of 10,000 and of 50,000 strokes in a real Chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.board_page import Opened, measure_page
from bench.handwriting import Writer
from bench.product import product
from classroom.clock import utc_now
from classroom.store.board_pages import DatabaseBoardStore
from classroom.store.boards import save_board
from classroom.store.database import close_database, open_database
from classroom.store.rooms import create_room
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.page import Page
from whiteboard.store import Batch, Entry

STROKES = 10_000
MANY_STROKES = 50_000
BATCH = 20
LIVE_S = 10.0
WRITERS = 30
RATE = 30
TICKS_S = os.sysconf("SC_CLK_TCK")
AUTHOR = AuthorId("author")
CLIENT = 77

Figures = dict[str, float]


async def measure_updates() -> Figures:
    """CPU per finished stroke, in microseconds: checked, applied, and on disk in batches of 20."""
    updates = list(Writer(AUTHOR, CLIENT).strokes(STROKES))
    with TemporaryDirectory() as folder:
        await open_database(f"sqlite://{folder}/board.db")
        try:
            doc_id, store = await _new_page()
            page = Page(doc_id)
            page.bind(CLIENT, AUTHOR)
            start = time.process_time()
            for first in range(0, len(updates), BATCH):
                entries = [_receive(page, update) for update in updates[first : first + BATCH]]
                bindings = ((CLIENT, AUTHOR),) if first == 0 else ()
                await store.append(Batch(doc_id, tuple(entries), bindings))
            spent = time.process_time() - start
        finally:
            await close_database()
    return {"update_us": spent / STROKES * 1e6, "gate_us": _gate_alone(updates)}


async def _new_page() -> tuple[PageDocId, DatabaseBoardStore]:
    from classroom.room.board import new_board

    room = await create_room("Figures", owner_id=None, at=utc_now())
    board = new_board("board-1", "page-1")
    await save_board(room.id, board, at=utc_now())
    return PageDocId.parse("board-1/page-1/0"), DatabaseBoardStore(utc_now)


def _receive(page: Page, update: bytes) -> Entry:
    applied = page.receive(update, author=AUTHOR, client_id=CLIENT, pen="own")
    if applied is None:
        raise RuntimeError("a new stroke was taken for an old one")
    return Entry(applied.seq, AUTHOR, CLIENT, update)


def _gate_alone(updates: list[bytes]) -> float:
    page = Page(PageDocId.parse("board-1/page-1/0"))
    page.bind(CLIENT, AUTHOR)
    start = time.process_time()
    for update in updates:
        page.receive(update, author=AUTHOR, client_id=CLIENT, pen="own")
    return (time.process_time() - start) / len(updates) * 1e6


def page_memory() -> float:
    """Megabytes that a page of 10,000 strokes adds to this process; run in a fresh one."""
    updates = list(Writer(AUTHOR, CLIENT).strokes(STROKES))
    bound = {CLIENT: AUTHOR}
    doc_id = PageDocId.parse("board-1/page-1/0")
    warm = Page.load(doc_id, snapshot=None, updates=updates[:10], seq=10, bound=bound)
    before = _resident_mb()
    page = Page(doc_id)
    page.bind(CLIENT, AUTHOR)
    for update in updates:
        page.receive(update, author=AUTHOR, client_id=CLIENT, pen="own")
    grown = _resident_mb() - before
    if page.item_count() != STROKES or warm.item_count() != 10:
        raise RuntimeError("the page is not whole")
    return grown


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measure_memory() -> Figures:
    """In a fresh process, so that nothing freed before is used again."""
    code = "from bench.board import page_memory; print(page_memory())"
    run = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return {"page_10k_mb": float(run.stdout)}


async def measure_live() -> Figures:
    """The server's CPU while thirty people draw, and when the others see it."""
    with TemporaryDirectory() as folder:
        settings = {"CLASSROOM_LOG_LEVEL": "warning"}
        async with product(Path(folder), settings) as running:
            load = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bench.board_load",
                running.address, running.link("/enter/"), running.link("/r/"),
                "--writers", str(WRITERS), "--rate", str(RATE), "--seconds", str(LIVE_S),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            if load.stdin is None or load.stdout is None:
                raise RuntimeError("the load has no pipes")
            await _line(load.stdout, "ready")
            idle_s = await _cpu_of(running.process.pid, asyncio.sleep(2)) / 2
            load.stdin.write(b"go\n")
            spent = await _cpu_of(running.process.pid, _line(load.stdout, "drawn"))
            found = json.loads(await asyncio.wait_for(load.stdout.readline(), 20))
            await load.wait()
    return {
        "us_per_delivered": (spent - idle_s * LIVE_S) / found["delivered"] * 1e6,
        "delivered_share": found["delivered"] / found["expected"],
        "seen_p50_ms": found["p50_ms"],
        "seen_p95_ms": found["p95_ms"],
        "live_core_share": spent / LIVE_S,
    }


async def _line(stream: asyncio.StreamReader, expected: str) -> None:
    line = await asyncio.wait_for(stream.readline(), 60)
    if line.decode().strip() != expected:
        raise RuntimeError(f"the load said {line!r}")


async def _cpu_of(pid: int, work: Coroutine[Any, Any, None]) -> float:
    """Seconds of CPU, kernel included, that a process spent meanwhile."""
    before = _cpu_s(pid)
    await work
    return _cpu_s(pid) - before


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_S


async def measure_pages() -> Figures:
    """Two pages in Chromium."""
    some, many = await measure_page(STROKES), await measure_page(MANY_STROKES)
    return {**_figures(some, "10k"), **_figures(many, "50k")} | {
        "pen_frame_p95_ms": some.pen.p95,
        "pan_frame_p95_ms": some.pan.p95,
        "control_frame_p95_ms": some.control.p95,
    }


def _figures(opened: Opened, name: str) -> Figures:
    return {
        f"open_{name}_ms": opened.open_ms,
        f"pen_{name}_p50_ms": opened.pen.p50,
        f"pen_{name}_p95_ms": opened.pen.p95,
        f"pan_{name}_p50_ms": opened.pan.p50,
        f"pan_{name}_p95_ms": opened.pan.p95,
    }


PARTS: dict[str, Callable[[], Coroutine[Any, Any, Figures]]] = {
    "update": measure_updates,
    "memory": measure_memory,
    "live": measure_live,
    "page": measure_pages,
}
GOALS = {
    "us_per_delivered": 60,
    "seen_p95_ms": 100,
    "update_us": 70,
    "open_10k_ms": 400,
    "pen_frame_p95_ms": 17,
    "pan_frame_p95_ms": 25,
    "page_10k_mb": 40,
}


async def measure(parts: list[str]) -> Figures:
    """The figures of these parts, one after the other."""
    figures: Figures = {}
    for part in parts:
        figures |= await PARTS[part]()
    return {name: round(value, 2) for name, value in figures.items()}


def main() -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=sorted(PARTS), action="append")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = asyncio.run(measure(options.only or list(PARTS)))
    print("| figure | measured | goal |")
    print("|---|---|---|")
    for name, value in figures.items():
        print(f"| {name} | {value:g} | {f'< {GOALS[name]}' if name in GOALS else ''} |")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
