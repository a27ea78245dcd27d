"""A class of four is recorded by consent: one agrees, one declines, one comes late."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser, Page

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, person

PURPOSE = "For those who are absent today"
KINDS = ("Voice", "Camera", "Screen", "Chat", "Ink")


async def look_twice(page: Page, name: str) -> None:
    """In English and in Chinese, and English again; what lies open stays open."""
    await look_at(page, name, TWO_LOOKS)
    for language, tag in (("简体中文", "-zh"), ("English", "")):
        await page.locator(".callbar button[aria-haspopup=menu]").last.click()
        await page.get_by_role("menuitemradio", name=language).click()
        if tag:
            await look_at(page, f"{name}{tag}", TWO_LOOKS)


async def asks(tutor: Person) -> None:
    """The tutor says what it is for, answers for herself, and asks."""
    await tutor.page.keyboard.press("e")
    dialog = tutor.page.get_by_role("dialog", name="Record this class")
    await dialog.get_by_role("button", name="Ask everybody").click()
    await tutor.sees("Say what it is for.")
    await dialog.get_by_role("button", name=PURPOSE).click()
    await dialog.get_by_role("button", name="Yes to all").click()
    await look_at(tutor.page, "recording-ask", TWO_LOOKS)
    await dialog.get_by_role("button", name="Ask everybody").click()
    await dialog.wait_for(state="hidden")


async def answers(one: Person, *yes: str) -> None:
    """Yes to some kinds, no to the others, by the sheet."""
    sheet = one.page.get_by_role("dialog", name="this class", exact=False)
    await sheet.get_by_text("You can take your yes back").first.wait_for()
    if not yes:
        await sheet.get_by_role("button", name="No to all").click()
    for kind in KINDS if yes else ():
        word = "Yes" if kind in yes else "No"
        await sheet.get_by_role("group", name=kind).get_by_text(word, exact=True).click()
    if yes:
        await sheet.get_by_role("button", name="Send my answers").click()
    await sheet.wait_for(state="hidden")


async def test_a_class_is_recorded_by_consent(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin, tomas = await asyncio.gather(*(person(browser, name) for name in ("Lin Yue", "Tomas")))
    await asyncio.gather(lin.join(running.link("/r/")), tomas.join(running.link("/r/")))
    await asks(tutor)
    await lin.sees("May this class be recorded?")
    await look_twice(lin.page, "recording-asked")
    await answers(lin, "Voice", "Camera", "Screen", "Chat", "Ink")
    await answers(tomas)
    await tutor.sees("2 of 3 agreed, 1 said no")
    await look_twice(tutor.page, "recording-answers")
    await tutor.page.get_by_role("status").get_by_role("button", name="Start now").click()
    for one in (tutor, lin, tomas):
        await one.page.locator(".rec[data-phase=on]").wait_for()
    await look_twice(tutor.page, "recording-on")
    mia = await person(browser, "Mia Berg", size="phone")
    await mia.join(running.link("/r/"))
    await mia.sees("This class is being recorded")
    await look_at(mia.page, "recording-late", TWO_LOOKS)
