"""A lesson from the lobby to the report, touching nothing but the product."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playwright.async_api import Browser, Locator

from bench.product import Product, product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, person
from tests.support.sheet import Sheet

NAMES = ("Lin Yue", "Tomás Herrera", "Mia Berg")


def panel(one: Person, title: str) -> Locator:
    return one.page.get_by_role("complementary", name=title)


async def a_room(tutor: Person, running: Product) -> str:
    """The first account, its room with a lobby, and the room's link."""
    page = tutor.page
    await page.goto(running.link("/setup/"))
    await page.get_by_label("Your name").fill(tutor.name)
    await page.get_by_label("E-mail").fill("amara@example.org")
    await page.get_by_label("Password", exact=True).fill("seven quiet owls")
    await tutor.press("Create the first account")
    await tutor.sees("Amara")
    await page.goto(f"{running.address}/rooms")
    await tutor.press("New room", exact=False)
    await page.get_by_label("What is taught here?").fill("Inscribed angles")
    await tutor.press("Create the room")
    await page.get_by_role("heading", name="Inscribed angles").wait_for()
    await page.locator(".room-card .menu button, .room-card button[aria-haspopup=menu]").click()
    await page.get_by_role("menuitem", name="Lobby, size, recording").click()
    await page.get_by_role("switch", name="Newcomers wait in the lobby").check()
    await tutor.press("Save")
    await tutor.sees("Saved for the next class")
    rooms = await page.evaluate("fetch('/api/rooms').then(answer => answer.json())")
    return f"{running.address}/r/{rooms[0]['code']}"


async def through_the_lobby(browser: Browser, tutor: Person, link: str) -> list[Person]:
    """Three students wait, and come in together."""
    await tutor.join(link)
    await tutor.press("People", exact=False)
    students = [await person(browser, name) for name in NAMES]
    for one in students:
        await one.page.goto(link)
        await one.page.locator("form.join-form input").fill(one.name)
        await one.page.locator("form.join-form button[type=submit]").click()
    waiting = panel(tutor, "People").get_by_role("region", name="Waiting")
    for name in NAMES:
        await waiting.get_by_text(name).wait_for()
    await waiting.get_by_role("button", name="Admit all").click()
    await asyncio.gather(*(one.is_inside() for one in students))
    return students


async def a_hand_and_a_question(tutor: Person, lin: Person, mia: Person) -> None:
    """Lin comes on stage and goes back; then two of three answer."""
    await lin.press("Raise hand", exact=False)
    people = panel(tutor, "People")
    await people.get_by_role("button", name="Bring Lin Yue on stage").click()
    await lin.sees("You are on stage.")
    await tutor.hears(lin.name)
    await lin.press("Leave the stage")
    await lin.page.get_by_text("You are on stage.").wait_for(state="hidden")
    await tutor.press("Ask", exact=False)
    ask = panel(tutor, "Ask")
    await tutor.press("New question")
    await ask.get_by_label("Question", exact=True).fill("Is the angle a right one?")
    await ask.get_by_label("B is right").click()
    await tutor.press("Ask the class")
    await lin.page.locator(".poll-option").nth(1).click()
    await mia.page.locator(".poll-option").nth(0).click()
    await ask.get_by_text("2 of 3 answered").wait_for()
    await tutor.press("Close question")


async def groups_with_boards(tutor: Person, students: list[Person]) -> None:
    """Everybody into a group with a page of its own, and back; the pages are the class's then."""
    await tutor.press("Groups", exact=False)
    await tutor.press("Plan the groups")
    await tutor.press("Open the groups")
    sheets = [Sheet(one) for one in students]
    for sheet in sheets:
        await sheet.opened()
    assert len({(await sheet.state())["pageId"] for sheet in sheets}) == 2
    await look_at(tutor.page, "lesson-groups", TWO_LOOKS[:1])
    await tutor.press("Close the groups")
    await tutor.page.get_by_role("menuitem", name="Now").click()
    for one in students:
        await one.sees("Everybody is back in the class.")
    board = await sheets[0].until(lambda it: len(it["pages"]) == 3, "the groups' pages")
    assert [page["name"] for page in board["pages"]][1:] == ["Group 1", "Group 2"]


async def test_a_whole_lesson(tmp_path: Path, browser: Browser) -> None:
    async with product(tmp_path) as running:
        tutor = await person(browser, "Amara Okafor")
        link = await a_room(tutor, running)
        students = await through_the_lobby(browser, tutor, link)
        lin, tomas, mia = students
        await asyncio.gather(lin.hears(tutor.name), tutor.hears(tomas.name), mia.hears(lin.name))
        await a_hand_and_a_question(tutor, lin, mia)
        await groups_with_boards(tutor, students)
        await asyncio.gather(tutor.hears(mia.name), lin.hears(tomas.name))

        await tutor.press("Leave", exact=False)
        await tutor.press("End for everyone")
        await asyncio.gather(*(one.sees("The class has ended") for one in students))
        await tutor.page.get_by_role("link", name="Open the report").click()
        await tutor.page.get_by_role("heading", name="Inscribed angles").wait_for()
        await tutor.sees("2 of 3 answered, 1 right")
        for name in NAMES:
            await tutor.page.locator(".people-table").get_by_text(name).wait_for()
        await look_at(tutor.page, "lesson-report", TWO_LOOKS)
        assert [one.faults for one in (tutor, *students)] == [[], [], [], []]
