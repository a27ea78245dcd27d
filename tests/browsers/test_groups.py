"""Four people in two groups: apart and with the teacher's voice, visited, called, and back."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser, Locator

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, class_of_four, eventually
from tests.support.sheet import Sheet

SILENCE = 1e-6
"""The fake microphone's beeps give 1e-3 and more in a second."""


def panel(one: Person, title: str = "Groups") -> Locator:
    return one.page.get_by_role("complementary", name=title)


async def is_silent(one: Person, *whose: str) -> None:
    async def silent() -> bool:
        # What was on its way is played out first; the fake microphone beeps every second.
        heard = await asyncio.gather(*(one.energy_in(name, 1.2) for name in whose))
        return max(heard) < SILENCE

    await eventually(silent, f"{one.name} does not hear {whose}")


async def put(tutor: Person, name: str, group: str) -> None:
    """By the menu beside the name, which a phone has too."""
    await panel(tutor).get_by_role("button", name=f"Put {name} into a group").click()
    await tutor.page.get_by_role("menuitemradio", name=group).click()


async def in_chinese(one: Person, name: str) -> None:
    """Photographed in Chinese, then English again."""
    for more, language in (("More", "简体中文"), ("更多", "English")):
        await one.page.get_by_role("button", name=more, exact=True).click()
        await one.page.get_by_role("menuitemradio", name=language).click()
        if language != "English":
            await look_at(one.page, f"{name}-zh", TWO_LOOKS[1:])


async def plan(tutor: Person) -> None:
    await tutor.press("Groups", exact=False)
    await panel(tutor).get_by_text("By hand", exact=True).click()
    await tutor.press("Plan the groups")
    await put(tutor, "Lin Yue", "Group 1")
    await put(tutor, "Tomás Herrera", "Group 1")
    await put(tutor, "Mia Berg", "Group 2")
    await look_at(tutor.page, "groups-plan", TWO_LOOKS[1:])


async def test_into_groups_and_back(running: Product, browser: Browser) -> None:
    tutor, lin, tomas, mia = await class_of_four(browser, running)
    students = (lin, tomas, mia)
    await asyncio.gather(lin.hears(mia.name), lin.hears(tutor.name), mia.hears(lin.name))
    await plan(tutor)

    # Apart: nothing of the other group arrives, the own one is there with its page.
    await tutor.press("Open the groups")
    await lin.sees("You are in Group 1 now.")
    await asyncio.gather(
        lin.hears(tomas.name),
        is_silent(lin, mia.name, tutor.name),
        is_silent(mia, lin.name, tomas.name, tutor.name),
    )
    sheets = [Sheet(one) for one in (lin, tomas, mia)]
    for sheet in sheets:
        await sheet.opened()
    first, second, other = [(await sheet.state())["pageId"] for sheet in sheets]
    assert first == second != other

    # The teacher's voice to all, and then a visit to one.
    await tutor.press("Speak to all")
    await asyncio.gather(lin.hears(tutor.name), mia.hears(tutor.name))
    await tutor.sees("Everyone hears you, in all groups.")
    await tutor.press("Stop", exact=True)
    await lin.press("Groups", exact=False)
    await lin.press("Call the teacher")
    await tutor.sees("Group 1 calls you.")
    await look_at(tutor.page, "groups-open", TWO_LOOKS)
    await in_chinese(tutor, "groups-open")
    await tutor.page.locator(".banner").get_by_role("button", name="Visit").click()
    await lin.sees("Amara Okafor visits your group.")
    await asyncio.gather(lin.hears(tutor.name), tutor.hears(lin.name), is_silent(mia, tutor.name))
    await look_at(lin.page, "groups-student", TWO_LOOKS)
    await in_chinese(lin, "groups-student")

    # Moved while they are open, and back again.
    await put(tutor, mia.name, "Group 1")
    await lin.hears(mia.name)
    await put(tutor, mia.name, "Group 2")
    await mia.sees("You moved from Group 1 to Group 2.")
    await tutor.press("Close the groups")
    await tutor.page.get_by_role("menuitem", name="Now").click()
    await mia.sees("Everybody is back in the class.")
    await asyncio.gather(*(tutor.hears(one.name) for one in students))
    await asyncio.gather(lin.hears(tutor.name), mia.hears(lin.name))
    board = await Sheet(mia).until(lambda it: len(it["pages"]) == 3, "the groups' pages")
    assert [page["name"] for page in board["pages"]][1:] == ["Group 1", "Group 2"]
    assert [one.faults for one in (tutor, *students)] == [[], [], [], []]
