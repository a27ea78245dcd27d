"""How long until the class is back: after a refresh, a dead network, a dead media worker.

`python -m bench.recovery [--rounds N] [--json FILE]`. Two people in real Chromium on loopback, the
student behind relays that can go dead. Milliseconds from the cause (the reload, the network's
return, the SIGKILL) until the student decodes a new frame of the tutor, and until the tutor decodes
a new frame of the student; read by polling every 20 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page

from bench.browser import chromium, open_page
from bench.join import join
from bench.product import Product, free_port, product
from bench.relay import TcpRelay, UdpRelay

OUTAGE_S = 10.0
PATIENCE_S = 30.0
POLL_S = 0.02
SETTLE_S = 3.0
"""Before each cause: what the one before left has calmed down."""
FRAMES = """async () => {
    const rows = window.__classroom ? await window.__classroom.stats() : [];
    const pictures = rows.filter((row) => row.source === "camera");
    return pictures.map((row) => row.consumerId + " " + row.framesDecoded);
}"""


async def frames(page: Page) -> list[str]:
    """One word for each picture that arrives; it changes with every decoded frame."""
    try:
        found: list[str] = await page.evaluate(FRAMES)
    except Exception:  # the page is being loaded anew
        return []
    return [row for row in found if not row.endswith(" 0")]


async def moving(page: Page, since: float) -> float:
    """Milliseconds after `since` at which a picture has moved on."""
    before = await frames(page)
    while time.monotonic() < since + PATIENCE_S:
        now = await frames(page)
        if now and now != before:
            return (time.monotonic() - since) * 1000
        before = before or now
        await asyncio.sleep(POLL_S)
    raise TimeoutError("no picture came back")


class Scene:
    """A tutor and a student, the student behind relays."""

    def __init__(self, running: Product, media: UdpRelay, pages: TcpRelay) -> None:
        self.running = running
        self.media = media
        self.pages = pages

    async def meet(self, browser: Browser) -> None:
        """Both are in the class and see each other."""
        self.tutor = await open_page(browser)
        await join(self.tutor, self.running.link("/enter/"), "Tutor")
        link = self.running.link("/r/")
        near = link.replace(self.running.address, f"http://127.0.0.1:{self.pages.port}")
        self.student = await open_page(browser)
        await join(self.student, near, "Student")
        await moving(self.student, time.monotonic())
        await moving(self.tutor, time.monotonic())

    async def back(self, since: float) -> tuple[float, float]:
        """The student sees, the tutor sees: milliseconds each."""
        seen = await asyncio.gather(moving(self.student, since), moving(self.tutor, since))
        return seen[0], seen[1]

    async def refresh(self) -> tuple[float, float]:
        since = time.monotonic()
        await self.student.reload(wait_until="commit")
        return await self.back(since)

    async def outage(self) -> tuple[float, float]:
        """Both people's media are cut, and the student's page."""
        self.pages.cut()
        self.media.cut(spared=set())
        await asyncio.sleep(OUTAGE_S)
        self.pages.heal()
        self.media.heal()
        return await self.back(time.monotonic())

    async def worker_killed(self) -> tuple[float, float]:
        os.kill(self.running.worker_holding_media_port(), signal.SIGKILL)
        await asyncio.sleep(0.1)  # frames on their way are still decoded
        since = time.monotonic() - 0.1
        return await self.back(since)


async def measure(rounds: int) -> dict[str, list[float]]:
    """All causes, `rounds` times each; the later of the two sights counts."""
    relay_port, media_port = free_port(socket.SOCK_DGRAM), free_port(socket.SOCK_DGRAM)
    settings = {"CLASSROOM_ANNOUNCE": f"127.0.0.1:{relay_port}"}
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with (
            product(Path(folder), settings, media_port=media_port) as running,
            UdpRelay(("127.0.0.1", media_port), port=relay_port) as media,
            TcpRelay(("127.0.0.1", running.http_port)) as pages,
            chromium(fps=20) as browser,
        ):
            scene = Scene(running, media, pages)
            await scene.meet(browser)
            causes: list[Callable[[], Awaitable[tuple[float, float]]]] = [
                scene.refresh,
                scene.outage,
                scene.worker_killed,
            ]
            for _ in range(rounds):
                for cause in causes:
                    await asyncio.sleep(SETTLE_S)
                    found.setdefault(cause.__name__, []).append(max(await cause()))
    return found


def main() -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = asyncio.run(measure(options.rounds))
    print("| cause | rounds | min ms | median ms | max ms |")
    print("|---|---|---|---|---|")
    figures: dict[str, float] = {}
    for cause, times in found.items():
        low, middle, high = min(times), statistics.median(times), max(times)
        print(f"| {cause} | {len(times)} | {low:.0f} | {middle:.0f} | {high:.0f} |")
        figures[f"{cause}_p50_ms"] = round(middle, 1)
        figures[f"{cause}_max_ms"] = round(high, 1)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
