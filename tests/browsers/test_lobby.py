"""The door of a class: waiting, let in, given a role, removed for good, and a locked class."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page

from bench.browser import chromium
from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, eventually, person


async def knocks(one: Person, link: str) -> None:
    """Through the green room to the door."""
    await one.page.goto(link)
    await one.page.locator("form.join-form input").fill(one.name)
    await one.page.locator("form.join-form button[type=submit]").click()


async def stands_before(one: Person) -> None:
    await one.page.get_by_role("heading", name="The teacher lets you in").wait_for()


async def menu(page: Page, button: str, item: str) -> None:
    """Choose an entry of a menu."""
    await page.get_by_role("button", name=button, exact=True).click()
    entry = page.get_by_role("menuitem", name=item)
    await entry.or_(page.get_by_role("menuitemcheckbox", name=item)).first.click()


async def test_the_lobby_roles_removal_and_the_lock(running: Product) -> None:
    async with chromium(consent=False) as browser:
        tutor = await person(browser, "Amara Okafor")
        await tutor.join(running.link("/enter/"))
        await tutor.press("People", exact=False)
        people = tutor.page.get_by_role("complementary", name="People")
        await menu(tutor.page, "More order", "Newcomers wait in the lobby")
        await tutor.sees("Newcomers wait now until you let them in")

        # Two wait; one is let in, one is turned away. The phone waits in Chinese.
        lin = await person(browser, "Lin Yue", size="phone", language="zh-CN")
        tomas = await person(browser, "Tomás Herrera")
        await asyncio.gather(*(knocks(one, running.link("/r/")) for one in (lin, tomas)))
        await lin.page.get_by_role("heading", name="老师会让你进来").wait_for()
        await stands_before(tomas)
        waiting = people.get_by_role("region", name="Waiting")
        await waiting.get_by_text(lin.name).wait_for()
        await waiting.get_by_text(tomas.name).wait_for()
        await look_at(tutor.page, "lobby-teacher", TWO_LOOKS)
        await look_at(lin.page, "lobby-waiting-phone-zh", TWO_LOOKS)
        await look_at(tomas.page, "lobby-waiting", TWO_LOOKS)
        await waiting.get_by_role("button", name="Turn Tomás Herrera away").click()
        await tomas.sees("The teacher did not let you in.")
        await waiting.get_by_role("button", name="Admit Lin Yue").click()
        await lin.is_inside()
        await waiting.wait_for(state="detached")

        # A role given inside brings its rights at once.
        await menu(tutor.page, "More for Lin Yue", "Make assistant")

        async def leads() -> bool:
            return bool((await lin.state())["rights"]["may_order"])

        await eventually(leads, "Lin Yue helps to lead")
        assert (await lin.state())["lobby"] == {"waiting": []}

        # Removed is removed: not under another name either, and a locked class takes nobody new.
        mia = await person(browser, "Mia Berg")
        await knocks(mia, running.link("/r/"))
        await people.get_by_role("button", name="Admit all").click()
        await mia.is_inside()
        await menu(tutor.page, "More for Mia Berg", "Remove from the class")
        dialog = tutor.page.get_by_role("dialog", name="Remove Mia Berg from the class?")
        await look_at(tutor.page, "lobby-remove", TWO_LOOKS)
        await dialog.get_by_role("button", name="Remove", exact=True).click()
        await mia.page.get_by_role("heading", name="You were removed").wait_for()
        await look_at(mia.page, "lobby-removed", TWO_LOOKS)
        mia.name = "Somebody Else"
        await knocks(mia, running.link("/r/"))
        await mia.sees("You were removed from this class and cannot come back until it ends.")
        await menu(tutor.page, "More order", "Lock the class")
        await tutor.sees("The class is locked.")
        ole = await person(browser, "Ole Lund")
        await knocks(ole, running.link("/r/"))
        await ole.sees("The class is locked, so nobody new comes in.")
        assert [one.faults for one in (tutor, lin, tomas, mia, ole)] == [[]] * 5
