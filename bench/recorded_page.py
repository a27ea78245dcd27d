"""Seeking in a recorded page with thousands of strokes, in a real Chromium.

The client is the real one; what a recording's server would answer is given to it from here, since a
seek asks no server for anything. A seek is measured from the call until the whole right picture is
painted (one pixel of it is read back, so that the browser has to have painted it), at random
moments. One picture that came by seeks is compared with the same one painted from nothing.
"""

from __future__ import annotations

import base64
import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageChops
from playwright.async_api import Page, Route

from bench.browser import chromium, open_page
from bench.handwriting import COLOURS, base36, points
from bench.join import percentile
from bench.product import product
from whiteboard.stroke import pack

LESSON_MS = 3_600_000
SEEKS = 60
WARM = 5
"""First seeks, which are not counted: code is compiled in them."""
PREPARED_MS = 60_000
DOC = "p1/1"
SESSION = "session"
PAGE = {
    "id": "p1", "name": "A full page", "paper": "dots", "width": 1280, "height": 720, "epoch": 1,
    "kind": "page", "backdrop": "", "slide": 0, "step": 0,
}  # fmt: skip
MANIFEST = {
    "id": "one", "title": "A full page", "room_title": "", "began_at": "2026-01-01T00:00:00Z",
    "state": "ready", "rev": 1, "duration_ms": LESSON_MS, "may": "watch", "may_download": False,
    "people": [{"id": "ann", "name": "Amara Okafor", "kinds": ["ink"]}], "mix": None, "tracks": [],
    "holes": [], "pauses": [], "cuts": [], "main": [[0, "board"]], "thumbs": None, "captions": [],
    "events": "events.jsonl", "board": "board.tape", "chat": None,
}  # fmt: skip
EVENTS = [
    {"ms": 0, "event": "joined", "pid": "ann", "name": "Amara Okafor", "role": "host"},
    {"ms": 0, "event": "turned", "page": PAGE},
]
SEEK = """(moments) => moments.map((ms) => {
    const took = window.__player.seekBoard(ms);
    if (took === null) throw new Error("no board is shown");
    return took;
})"""


@dataclass(frozen=True, slots=True)
class Sought:
    """Milliseconds of seeks, and how far one picture is from the one painted from nothing."""

    p50_ms: float
    p95_ms: float
    most_ms: float
    difference: float
    """Mean difference of the two pictures' channels, of 255."""


def lines(strokes: int) -> Iterator[dict[str, Any]]:
    """A page written in an hour. Every fiftieth stroke is rubbed out, every hundredth moved."""
    chance = random.Random(1)
    for number in range(strokes):
        ms = number * LESSON_MS // strokes
        item_id = f"x-{base36(number)}"
        item = {
            "t": "pen", "by": "ann", "at": 1, "z": "a" + base36(number).rjust(6, "0"),
            "c": COLOURS[number % len(COLOURS)], "w": 3.0, "o": 1.0, "s": 0,
            "d": base64.b64encode(pack(points(number, chance))).decode(),
            "m": [1, 0, 0, 1, 0, 0], "text": "", "id": item_id,
        }  # fmt: skip
        yield {"ms": ms, "doc": DOC, "by": "ann", "put": {item_id: item}}
        if number % 50 == 49:
            yield {"ms": ms + 20_000, "doc": DOC, "by": "ann", "gone": [item_id]}
        elif number % 100 == 7:
            moved = item | {"m": [1, 0, 0, 1, 30, 10]}
            yield {"ms": ms + 5_000, "doc": DOC, "by": "ann", "put": {item_id: moved}}


def _text(some: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> str:
    return "\n".join(map(json.dumps, sorted(some, key=lambda line: line["ms"])))


class Answers:
    """What the server of a recording would say."""

    def __init__(self, strokes: int) -> None:
        self._texts = {"board.tape": _text(lines(strokes)), "events.jsonl": _text(EVENTS)}

    async def answer(self, route: Route) -> None:
        """Every request for the recording, and no other."""
        path = route.request.url.split("?")[0]
        name = path.rpartition("/")[2]
        if name in self._texts:
            await route.fulfill(content_type="text/plain; charset=utf-8", body=self._texts[name])
        elif name == "manifest.json":
            await route.fulfill(json=MANIFEST)
        elif name == "play":
            await route.fulfill(json={"session": SESSION, "ends_in_s": 60, "may_download": False})
        elif name == "progress":
            await route.fulfill(status=204)
        else:
            await route.fulfill(json={"id": "one", "title": "A full page"})


async def measure_seeks(strokes: int, seeks: int = SEEKS) -> Sought:
    """Open a page of so many strokes, and jump about in it."""
    answers = Answers(strokes)
    with TemporaryDirectory() as folder:
        async with product(Path(folder)) as running, chromium(devices=False) as browser:
            page = await open_page(browser)
            for pattern in ("**/recorded/**", "**/api/recordings/**"):
                await page.route(pattern, answers.answer)
            address = f"{running.address}/recordings/one"
            await _open(page, address)
            chance = random.Random(2)
            moments = [chance.randrange(LESSON_MS) for _ in range(WARM + seeks)]
            took: list[float] = (await page.evaluate(SEEK, moments))[WARM:]
            after = await _picture(page)
            await _open(page, address)
            await page.evaluate(SEEK, moments[-1:])
            anew = await _picture(page)
    return Sought(percentile(took, 0.5), percentile(took, 0.95), max(took), _apart(after, anew))


async def _open(page: Page, address: str) -> None:
    await page.goto(address)
    await page.wait_for_function(
        "() => window.__player?.state().isPrepared === true", timeout=PREPARED_MS
    )


async def _picture(page: Page) -> bytes:
    return await page.locator(".pboard-host").screenshot()


def _apart(one: bytes, other: bytes) -> float:
    first, second = (Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other))
    counts = ImageChops.difference(first, second).histogram()
    total = sum((value % 256) * count for value, count in enumerate(counts))
    return total / (first.width * first.height * 3)
