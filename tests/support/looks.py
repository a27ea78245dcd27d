"""A screen in every look: searched for what a machine can find, and photographed for a person.

Pictures are taken where `CLASSROOM_SCREENS` is set (`make screens`): of all looks they take longer
than the search.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from bench.browser import SIZES
from bench.product import ROOT

SCREENS = ROOT / "screens"
PHOTOGRAPHS = os.environ.get("CLASSROOM_SCREENS", "") not in ("", "0")
LANGUAGES = ("en-US", "zh-CN")
Look = tuple[str, Literal["light", "dark"]]
EVERY_LOOK: tuple[Look, ...] = tuple(
    (size, scheme) for size in SIZES for scheme in ("light", "dark")
)
TWO_LOOKS: tuple[Look, ...] = (("laptop", "light"), ("phone", "dark"))
"""For screens seen seldom; and where axe searches, in English: colours and structure are one."""
BARE_KEY = re.compile(
    r"(?<![/\w])(?:room|door|error|home|settings|refusal|net|board|film|activity|floor|hand|lobby|chat|files?|ask|group|wall"
    r"|report|hook|token|once|api|enrol|decks|present|ink|export|recordings?|library|consent|player|book|mine|desk|money|pay|week|hours|offer|today|timetable|wait|queue|now)-[a-z]+(?:-[a-z]+)*\b"
)

DRAWN = """() => new Promise(done => {
    const second = () => requestAnimationFrame(() => setTimeout(done));
    requestAnimationFrame(second);
})"""
"""Two frames: a resize is drawn in the first, and what the page makes of it in the second."""
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"
GRAVE = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
    const told = (id, { html }) => `${id}: ${html.slice(0, 120)}`;
    return grave.flatMap(({ id, nodes }) => nodes.map((node) => told(id, node)));
}"""


async def look_at(page: Page, name: str, looks: Sequence[Look] = EVERY_LOOK) -> None:
    """Check what a machine can, and photograph where pictures are asked for."""
    for size, scheme in looks:
        width, height = SIZES[size]
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.evaluate(DRAWN)
        if PHOTOGRAPHS:
            SCREENS.mkdir(exist_ok=True)
            await page.screenshot(path=SCREENS / f"{name}-{size}-{scheme}.png")
        overflow = await page.evaluate(OVERFLOW)
        assert overflow <= 0, f"{name} at {size} is {overflow} px too wide"
        if (size, scheme) in TWO_LOOKS and not name.endswith("-zh"):
            await assert_accessible(page, f"{name} {size} {scheme}")
    await page.set_viewport_size({"width": SIZES["laptop"][0], "height": SIZES["laptop"][1]})
    shown = await page.evaluate("() => document.body.innerText")
    assert not BARE_KEY.search(shown)


async def look_in_both_languages(page: Page, name: str) -> None:
    """A class in English and in Chinese, by its own menu, and English again."""
    await look_at(page, name, TWO_LOOKS)
    for more, language, tag in (("More", "简体中文", "-zh"), ("更多", "English", "")):
        await page.get_by_role("button", name=more, exact=True).click()
        await page.get_by_role("menuitemradio", name=language).click()
        if tag:
            await look_at(page, f"{name}{tag}", TWO_LOOKS)


async def assert_accessible(page: Page, what: str) -> None:
    """The search itself is sent to a page once; it is half a megabyte."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(Axe().axe_script)
    grave = await page.evaluate(GRAVE)
    assert grave == [], f"{what}: {grave}"
