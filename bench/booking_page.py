"""How heavy the booking page is, and how soon it can be used.

    python -m bench.booking_page [--loads 7] [--json FILE]

A browser that was never here opens the page of an offer in the real product on this machine.
`page_kb` is all that came over the line until its times could be pressed and the network was still:
page, script, style, texts of one language and answers, in 1,000 bytes, packed as sent, with their
headers. `page_interactive_ms` is from the navigation until the first time could be pressed, the
median of the loads; one load before does not count.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser

from bench.browser import chromium, open_page
from bench.figures import tell
from bench.product import product
from tests.support.booked import open_practice

GOALS = {"page_kb": 100, "page_interactive_ms": 1000}
ZONE = "Asia/Shanghai"
LOADS = 7
WATCH = """new MutationObserver(() => {
    if (window.pressable === undefined && document.querySelector(".slot:not([disabled])"))
        window.pressable = performance.now();
}).observe(document, { childList: true, subtree: true });"""


@dataclass(frozen=True, slots=True)
class Load:
    """One load with nothing kept: bytes on the line, requests, and when it could be used."""

    sent: int
    requests: int
    pressable_ms: float


async def measure_page(folder: Path, *, loads: int) -> dict[str, float]:
    """The figures; the data of the product are in `folder`."""
    async with product(folder) as running:
        practice = await asyncio.to_thread(open_practice, running.http_port)
        path = f"{practice.page()}/{practice.helen.offer_ids['Planning']}"
        async with chromium() as browser:
            found = [await _load(browser, running.address + path) for _ in range(loads + 1)]
    return {
        "page_kb": round(max(one.sent for one in found) / 1000, 1),
        "page_requests": float(max(one.requests for one in found)),
        "page_interactive_ms": round(statistics.median(one.pressable_ms for one in found[1:])),
    }


async def _load(browser: Browser, address: str) -> Load:
    page = await open_page(browser, size="phone", zone=ZONE)
    sizes: list[int] = []
    try:
        line = await page.context.new_cdp_session(page)
        line.on("Network.loadingFinished", lambda end: sizes.append(int(end["encodedDataLength"])))
        await line.send("Network.enable")
        await page.add_init_script(WATCH)
        await page.goto(address)
        pressable = await page.wait_for_function("() => window.pressable")
        took = float(await pressable.json_value())
        await page.wait_for_load_state("networkidle")
        return Load(sum(sizes), len(sizes), took)
    finally:
        await page.context.close()


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--loads", type=int, default=LOADS)
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="classroom-bench-") as folder:
        figures = asyncio.run(measure_page(Path(folder), loads=given.loads))
    tell(figures, GOALS, given.json)


if __name__ == "__main__":
    main()
