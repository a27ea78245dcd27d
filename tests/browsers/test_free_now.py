"""Free now, with two who wait: the urgent one first, the other passed on, none sees another."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bench.browser import open_page
from bench.product import Product, product
from tests.support.booked import AMARA, HELEN, SHANGHAI, Practice, open_practice
from tests.support.booking_scene import at_the_queue
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person

DEVICES = ("camera", "microphone")
READY = re.compile("Go on without the rest|I am ready|先这样继续|我准备好了")


@pytest_asyncio.fixture(loop_scope="session")
async def practice(tmp_path: Path) -> AsyncIterator[tuple[Product, Practice]]:
    async with product(tmp_path / "data") as running:
        yield running, await asyncio.to_thread(open_practice, running.http_port)


async def asks(page: Page, name: str, reason: str, *, urgent: bool = False) -> None:
    """On the public page, in the words of its language."""
    await page.locator(".now-head button").click()
    fields = page.locator(".now-card input.input")
    await fields.nth(0).fill(name)
    await fields.nth(1).fill(reason)
    if urgent:
        await page.get_by_role("switch").check()
    if name == "Jonas":
        await look_at(page, "now-asked", TWO_LOOKS)
        await page.set_viewport_size({"width": 390, "height": 844})
    await page.locator(".now-card button[type=submit]").click()
    await page.wait_for_url("**/wait/*")
    await page.locator(".wait-checks").wait_for()


async def jonas_waits(browser: Browser, page_of_helen: str, helen: Page) -> Page:
    """From a phone, and ready."""
    jonas = await open_page(browser, size="phone", granted=DEVICES)
    await jonas.goto(page_of_helen)
    await asks(jonas, "Jonas", "A new headset")
    await expect(jonas.get_by_text("works").first).to_be_visible()
    await look_at(jonas, "wait-check", TWO_LOOKS)
    await expect(helen.get_by_role("button", name="Not ready")).to_be_disabled()
    await jonas.get_by_role("button", name=READY).click()
    await expect(jonas.get_by_role("heading", name="You are next, Jonas")).to_be_visible()
    return jonas


async def leila_waits(browser: Browser, page_of_helen: str) -> Page:
    """In Chinese, and it cannot wait."""
    leila = await open_page(browser, language="zh-CN", zone=SHANGHAI, granted=DEVICES)
    await leila.goto(page_of_helen)
    await asks(leila, "Leila", "The form closes tonight", urgent=True)
    await look_at(leila, "wait-check-zh", TWO_LOOKS)
    await leila.get_by_role("button", name=READY).click()
    await expect(leila.get_by_role("heading", name="Leila，下一位就是您")).to_be_visible()
    return leila


async def writes(helen: Page, jonas: Page) -> None:
    """To one of them."""
    card = helen.locator(".desk-visit").nth(1)
    await card.get_by_role("button", name="Write to Jonas").click()
    await helen.get_by_role("textbox", name="Write to Jonas").fill("Five minutes, please.")
    await helen.keyboard.press("Enter")
    await expect(jonas.get_by_text("Five minutes, please.")).to_be_visible()
    await look_at(helen, "queue-writing", TWO_LOOKS)
    await helen.keyboard.press("Escape")


async def passes_on(helen: Page) -> None:
    """The second one, to Amara."""
    card = helen.locator(".desk-visit").nth(1)
    await card.get_by_role("button", name="More about Jonas").click()
    await helen.get_by_role("menuitem", name="Pass on to a colleague").click()
    await look_at(helen, "queue-passing", TWO_LOOKS)
    await helen.get_by_role("dialog").get_by_role("button", name="Amara").click()


async def both_are_in(helen: Page, leila: Page) -> None:
    """They see each other, without another press."""
    talk = Person("Helen", helen), Person("Leila", leila)
    for one in talk:
        await one.page.wait_for_url("**/r/*")
    for one, other in (talk, talk[::-1]):
        await one.decodes(other.name)


async def test_two_wait_and_nobody_sees_another(
    practice: tuple[Product, Practice], browser: Browser
) -> None:
    running, rows = practice
    helen, amara = [await open_page(browser, granted=DEVICES) for _ in range(2)]
    await at_the_queue(helen, running.address, HELEN)
    await helen.get_by_role("switch", name="Free now: Helen").check()
    await expect(helen.get_by_text("Visitors of the page can ask").first).to_be_visible()
    page_of_helen = f"{running.address}{rows.page()}"
    jonas = await jonas_waits(browser, page_of_helen, helen)
    leila = await leila_waits(browser, page_of_helen)
    await expect(jonas.get_by_role("heading", name="You are number 2")).to_be_visible()
    cards = helen.locator(".desk-visit")
    await expect(cards).to_have_count(2)
    await expect(cards.nth(0)).to_contain_text("Leila")
    await expect(cards.nth(0)).to_contain_text("Urgent")
    await look_at(helen, "queue", TWO_LOOKS)
    await writes(helen, jonas)
    await look_at(jonas, "wait-card", TWO_LOOKS)
    await look_at(leila, "wait-card-zh", TWO_LOOKS)
    assert "Leila" not in await jonas.content()
    assert "Jonas" not in await leila.content()
    assert "Five minutes" not in await leila.content()

    await at_the_queue(amara, running.address, AMARA)
    await passes_on(helen)
    await expect(amara.locator(".desk-visit")).to_contain_text("Jonas")
    await expect(jonas.get_by_role("heading", name="You are next, Jonas")).to_be_visible()
    for page in (jonas, amara, leila):
        await page.reload()
    await expect(jonas.get_by_role("heading", name="You are next, Jonas")).to_be_visible()
    await expect(amara.locator(".desk-visit")).to_contain_text("Jonas")
    await expect(leila.get_by_role("heading", name="Leila，下一位就是您")).to_be_visible()

    leilas = helen.locator(".desk-visit", has_text="Leila")
    await leilas.get_by_role("button", name="Admit", exact=True).click()
    await both_are_in(helen, leila)
