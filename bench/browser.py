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
FAKE_DEVICES = "--use-fake-device-for-media-stream"
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


@asynccontextmanager
async def chromium(*, devices: bool = True, consent: bool = True) -> AsyncIterator[Browser]:
    """A browser process; without `consent` getUserMedia is refused as a person would refuse it."""
    flags = [*FLAGS, *([FAKE_DEVICES] if devices else []), *([FAKE_CONSENT] if consent else [])]
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(
            executable_path=find_chromium(),
            args=flags,
            headless=False,
            env={**os.environ, "DISPLAY": ""},
            ignore_default_args=["--mute-audio"],
        )
        try:
            yield browser
        finally:
            await browser.close()


async def person(
    browser: Browser,
    *,
    size: str = "laptop",
    language: str = "en-US",
    scheme: str = "light",
    touch: bool = False,
) -> Page:
    """A person with a browser profile of their own, as a page in a new context."""
    width, height = SIZES[size]
    context: BrowserContext = await browser.new_context(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=touch or size == "phone",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.errors = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    return page
