"""A real Chromium for scenes and benchmarks, with fake devices, found or said to be missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
]
FAKE_DEVICES = "--use-fake-device-for-media-stream=fps={fps}"
FAKE_CONSENT = "--use-fake-ui-for-media-stream"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

SIZES = {"laptop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}


def find_chromium() -> str:
    """The browser to run: `CLASSROOM_CHROMIUM`, then PATH, then the usual place on a Mac."""
    named = os.environ.get("CLASSROOM_CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), MAC]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    raise RuntimeError(
        "No Chromium found. Install one (Debian: apt-get install chromium) "
        "or name it in CLASSROOM_CHROMIUM."
    )


SHARED_TITLE = "Shared by the tutor"
SHARE_TAB = f"--auto-select-tab-capture-source-by-title={SHARED_TITLE}"
"""Answers the browser's own share dialog with the tab of this title; needs the real dialog."""


@asynccontextmanager
async def chromium(
    *flags: str, devices: bool = True, consent: bool = True, fps: int = 6, program: str = ""
) -> AsyncIterator[Browser]:
    """A browser process whose cameras take `fps` pictures a second.

    A scene needs to see that pictures move: four people at 20 a second, each encoded thrice without
    a GPU, take two cores whole, and the scene 43 s; at six a second 24 s.
    Without `devices` the machine has no camera and no microphone; without `consent` the browser
    asks, and what a page was not granted is refused. `program` is run instead of the one found.
    """
    chosen = [*FLAGS, *flags]
    chosen += [FAKE_DEVICES.format(fps=fps)] if devices else []
    chosen += [FAKE_CONSENT] if consent else []
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=program or find_chromium(),
            args=chosen,
            headless=False,  # the flag above says it: the new headless mode, not the old shell
            ignore_default_args=["--mute-audio"],
        )
        try:
            yield browser
        finally:
            await browser.close()


async def open_page(
    browser: Browser,
    *,
    size: str = "laptop",
    language: str = "en-US",
    scheme: str = "light",
    granted: tuple[str, ...] = (),
    zone: str | None = None,
) -> Page:
    """A page in a browser profile of its own; `zone` is where its clock hangs, else here."""
    width, height = SIZES[size]
    context: BrowserContext = await browser.new_context(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=size == "phone",
        reduced_motion="reduce",
        timezone_id=zone,
    )
    if granted:
        await context.grant_permissions(list(granted))
    return await context.new_page()
