"""The board in both languages, light and dark, on laptop, tablet and phone, with a task on it."""

from __future__ import annotations

from playwright.async_api import Browser, Page

from bench.product import Product
from tests.support.geometry import inscribed_angles
from tests.support.looks import TWO_LOOKS, Look, look_at
from tests.support.scene import person
from tests.support.sheet import Sheet

OPENERS = {
    "people": ".callbar .tabs .ctl",
    "objects": ".foot-side.is-end [aria-pressed]",
    "pages": ".pager [aria-expanded]",
}
LOOKS: dict[str, tuple[Look, ...]] = {"en": TWO_LOOKS, "zh": (("tablet", "light"),)}


async def test_the_board(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin = await person(browser, "Lin Yue", language="zh-CN")
    await lin.join(running.link("/r/"))
    page = tutor.page
    await page.keyboard.press("b")
    hers, his = Sheet(tutor), Sheet(lin)
    await hers.opened()
    await his.opened()
    await look_at(lin.page, "board-without-pen-zh", [("phone", "light")])
    await page.keyboard.press("p")
    await page.locator(".pens-all button").first.click()
    await page.get_by_role("menuitemradio").nth(1).click()
    await his.until(lambda it: it["pen"] == "own", "has a pen")
    await page.keyboard.press("p")
    await inscribed_angles(hers, his)
    await lin.page.mouse.move(*await his.on_screen((560, 420)))
    await look_at(page, "board-en")
    await look_at(lin.page, "board-student-zh", TWO_LOOKS)
    await hers.pick("pen")
    await page.locator('.rail [data-tool="pen"]').first.click()
    await look_at(page, "board-pen-en", [("laptop", "light")])
    await page.keyboard.press("Escape")
    await panels(page, "en")
    await page.locator(".ctl[aria-haspopup=menu]").click()
    await page.get_by_role("menuitemradio", name="简体中文").click()
    await look_at(page, "board-zh", [("laptop", "dark"), ("tablet", "dark"), ("phone", "light")])
    await panels(page, "zh")
    assert (tutor.faults, lin.faults) == ([], [])


async def panels(page: Page, tag: str) -> None:
    """Each panel that belongs to the board."""
    for name, opener in OPENERS.items():
        await page.locator('.room[data-form="wide"]').wait_for()
        await page.locator(opener).first.click()
        await page.locator("aside.panel").wait_for()
        looks = LOOKS[tag] if name == "objects" else LOOKS[tag][:1]
        await look_at(page, f"board-{name}-{tag}", looks)
        await page.locator("aside.panel .panel-head .icon-btn").last.click()
