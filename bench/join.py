"""From the click on Join to the first decoded remote picture, in real Chromium on loopback.

`python -m bench.join [--joins N] [--json FILE]`. A tutor with a camera is in the class; a student
with a fresh browser profile joins, is measured, and leaves. Both times are read from the student's
own page (`performance.now()` at the click, `requestVideoFrameCallback` at the picture), so that the
benchmark's own driving is not in them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from bench.browser import chromium, open_page
from bench.product import Product, product

PATIENCE_MS = 30_000
ELAPSED = """() => {
    const hook = window.__classroom;
    if (!hook || hook.firstRemoteFrameAt === null || hook.joinClickedAt === null) return null;
    return hook.firstRemoteFrameAt - hook.joinClickedAt;
}"""


async def join(page: Page, link: str, name: str) -> None:
    """Through the green room, with camera and microphone ready before the click."""
    await page.goto(link)
    await page.get_by_text("Looking good").wait_for(timeout=PATIENCE_MS)
    await page.get_by_role("textbox").first.fill(name)
    await page.locator("form.join-form button[type=submit]").click()
    await page.wait_for_function(
        "() => window.__classroom?.state().standing === 'inside'", timeout=PATIENCE_MS
    )


async def one_join(browser: Browser, running: Product, number: int) -> float:
    """Milliseconds from click to picture for one student with a new profile."""
    page = await open_page(browser)
    await join(page, running.link("/r/"), f"Student {number}")
    handle = await page.wait_for_function(ELAPSED, timeout=PATIENCE_MS)
    elapsed = float(await handle.json_value())
    await page.get_by_role("button", name="Leave", exact=True).click()
    await page.context.close()
    return elapsed


async def measure(joins: int) -> list[float]:
    """Every join's milliseconds, after one that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"CLASSROOM_SEAT_GRACE_S": "1"}
        async with product(Path(folder), settings) as running, chromium(fps=20) as browser:
            tutor = await open_page(browser)
            await join(tutor, running.link("/enter/"), "Tutor")
            await one_join(browser, running, 0)
            return [await one_join(browser, running, number + 1) for number in range(joins)]


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered) + 0.5) - 1)]


def main() -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--joins", type=int, default=20)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    times = asyncio.run(measure(options.joins))
    figures = {
        "join_p50_ms": round(statistics.median(times), 1),
        "join_p95_ms": round(percentile(times, 0.95), 1),
        "join_min_ms": round(min(times), 1),
        "join_max_ms": round(max(times), 1),
        "joins": len(times),
    }
    print("| joins | min ms | p50 ms | p95 ms | max ms |")
    print("|---|---|---|---|---|")
    order = ("joins", "join_min_ms", "join_p50_ms", "join_p95_ms", "join_max_ms")
    print("| " + " | ".join(f"{figures[name]:g}" for name in order) + " |")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
