"""A page with thousands of strokes in a real Chromium: how long it opens, how smooth it moves.

Frames are the gaps between `requestAnimationFrame` calls while a real pointer draws or pans; the
opening is read from the page itself: from asking for the page to the first whole picture, when
somebody turns to it who has not seen it since the browser loaded.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Page

from bench.board_writer import BoardWriter
from bench.browser import chromium, open_page
from bench.join import percentile
from bench.product import Product, product

PATIENCE_S = 60.0
MOVES = 150
EACH = 5_000
WATCH_FRAMES = """() => {
    const gaps = [];
    let last = performance.now();
    window.__watching = true;
    const next = (now) => {
        gaps.push(now - last);
        last = now;
        if (window.__watching) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    window.__gaps = gaps;
}"""
STOP_WATCHING = "() => { window.__watching = false; return window.__gaps.slice(2); }"
STATE = "() => window.__classroom?.state().board ?? null"


@dataclass(frozen=True, slots=True)
class Frames:
    """Gaps between frames in milliseconds."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Opened:
    """One page with so many strokes."""

    strokes: int
    open_ms: float
    pen: Frames
    pan: Frames
    control: Frames
    """The same pen on an empty page: what the machine itself can do now."""


async def measure_page(strokes: int) -> Opened:
    """Fill a page, open it, draw and pan on it."""
    with TemporaryDirectory() as folder:
        async with product(Path(folder)) as running, chromium(devices=False) as browser:
            page = await open_page(browser, granted=("camera", "microphone"))
            await _listen(page, running.link("/enter/"))
            await page.get_by_role("button", name="Board. Show the board").click()
            await _until(page, _is_painted)
            control = await _pen(page)
            await _fill(running, strokes)
            await page.get_by_role("button", name="Add a page").click()
            await _until(page, lambda board: _is_painted(board) and board["items"] == 0)
            await page.reload()
            await _until(page, lambda board: _is_painted(board) and board["items"] == 0)
            await page.locator(".board-host").focus()
            await page.keyboard.press("PageUp")
            board = await _until(
                page, lambda board: _is_painted(board) and board["items"] >= strokes
            )
            open_ms = board["pictureAt"] - board["openedAt"]
            return Opened(strokes, open_ms, await _pen(page), await _pan(page), control)


async def _listen(page: Page, link: str) -> None:
    """Into the class without camera and microphone: they would cost more than the board."""
    await page.goto(link)
    await page.get_by_role("textbox").first.fill("Amara Okafor")
    await page.get_by_role("button", name="Join and listen").click()


async def _fill(running: Product, strokes: int) -> None:
    """By as many people as it takes: what one connection may send in bytes is limited."""
    for first in range(0, strokes, EACH):
        host = await BoardWriter.come(running.address, running.link("/enter/"), "Ben Adeyemi")
        await host.open()
        await host.write(min(EACH, strokes - first), first=first)
        await host.close()


def _is_painted(board: dict[str, Any]) -> bool:
    return board.get("pictureAt") is not None


async def _until(page: Page, holds: Any) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_S
    board: dict[str, Any] | None = None
    while loop.time() < deadline:
        board = await page.evaluate(STATE)
        if board and holds(board):
            return board
        await asyncio.sleep(0.1)
    raise TimeoutError(f"the board did not come: {board}")


async def _pen(page: Page) -> Frames:
    await page.locator(".board-host").focus()
    await page.keyboard.press("p")
    return await _drag(page)


async def _pan(page: Page) -> Frames:
    for _ in range(3):
        await page.mouse.move(640, 400)
        await page.keyboard.down("Control")
        await page.mouse.wheel(0, -120)
        await page.keyboard.up("Control")
    await page.keyboard.down(" ")
    frames = await _drag(page)
    await page.keyboard.up(" ")
    return frames


async def _drag(page: Page) -> Frames:
    """One long movement of the pressed mouse over the page."""
    await page.mouse.move(300, 250)
    await page.mouse.down()
    await page.evaluate(WATCH_FRAMES)
    for step in range(MOVES):
        await page.mouse.move(300 + 3 * step, 250 + 120 * ((step // 10) % 2) + step % 10)
        await asyncio.sleep(1 / 60)
    gaps = await page.evaluate(STOP_WATCHING)
    await page.mouse.up()
    return Frames(percentile(gaps, 0.5), percentile(gaps, 0.95))
