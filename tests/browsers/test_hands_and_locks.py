"""Order in a class of four: hands, to the stage and back, locks that silence, asking to unmute."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at, look_in_both_languages
from tests.support.scene import Person, class_of_four, eventually

SILENCE = 1e-6
"""The fake microphone's beeps give 1e-3 and more in a second."""


async def is_silent(one: Person, whose: str) -> None:
    async def silent() -> bool:
        # What was on its way is played out first; the fake microphone beeps every second.
        return await one.energy_in(whose, 1.2) < SILENCE

    await eventually(silent, f"{whose} is silent")


async def reactions(tutor: Person, lin: Person, mia: Person) -> None:
    """Over the face of who gives one, told to ears, and switched off like everything else."""
    await lin.page.keyboard.press("r")
    await lin.page.get_by_role("dialog", name="React").get_by_role("button", name="Clap").click()
    for one in (tutor, mia, lin):
        tile = one.page.locator(".tile", has=one.page.get_by_text(lin.name))
        await tile.locator(".bubble[data-reaction=clap]").first.wait_for()
    await tutor.page.locator("[aria-live=polite]", has_text=f"{lin.name} claps").wait_for(
        state="attached"
    )
    await lin.page.keyboard.press("Escape")
    await tutor.press("More order")
    await tutor.page.get_by_role("menuitemcheckbox", name="Students may react").click()
    await lin.press("React", exact=False)
    await lin.sees("The teacher has switched reactions off for now.")


async def one_layout(tutor: Person, lin: Person, mia: Person) -> None:
    """Chosen for everybody, changed by one alone, and then led."""

    async def views(*expected: str) -> bool:
        return [(await one.state())["view"] for one in (tutor, lin, mia)] == list(expected)

    await tutor.press("Layout for everyone")
    await tutor.page.get_by_role("menuitemradio", name="Focus").click()
    await lin.sees("Amara Okafor chose one large face for everyone")
    await lin.page.keyboard.press("l")
    await eventually(lambda: views("focus", "gallery", "focus"), "one chooses")
    await tutor.press("Layout for everyone, on")
    await tutor.page.get_by_role("menuitemcheckbox", name="Everyone follows mine").click()
    await mia.sees("You follow the layout of Amara Okafor")
    await tutor.page.keyboard.press("l")
    await tutor.page.keyboard.press("l")
    await eventually(lambda: views("side", "side", "side"), "all follow")


async def test_hands_the_stage_and_locks(running: Product, browser: Browser) -> None:
    tutor, lin, tomas, mia = await class_of_four(browser, running)
    students = (lin, tomas, mia)
    await asyncio.gather(*(tutor.hears(one.name) for one in students))
    people = tutor.page.get_by_role("complementary", name="People")
    await tutor.press("People", exact=False)

    # The queue is in the order of raising, and everybody knows their place.
    await lin.press("Raise hand", exact=False)
    hands = people.get_by_role("region", name="Hands").get_by_role("listitem")
    await hands.nth(0).get_by_text(lin.name).wait_for()
    await tomas.page.keyboard.press("h")
    await tomas.button("Hand up", exact=False).wait_for()
    await hands.nth(1).get_by_text(tomas.name).wait_for()
    assert "waiting 0:" in await hands.nth(0).inner_text()
    await lin.press("People", exact=False)
    await lin.sees("You are first in the queue")
    await look_at(lin.page, "hands-student", TWO_LOOKS)

    # A lock silences, the control stays and says why, and unlocking turns nobody on.
    locks = people.get_by_role("group", name="Locked for students")
    await locks.get_by_role("button", name="Microphones").click()
    await lin.sees("The teacher locked the microphones, so you are muted")
    await asyncio.gather(is_silent(tutor, lin.name), is_silent(tutor, mia.name))
    await mia.page.get_by_role("toolbar").get_by_role("button", name="Unmute").click()
    await mia.sees("Microphones are locked. Raise your hand to be brought on stage.")
    await look_in_both_languages(tutor.page, "hands-teacher")

    # To the stage: asked, never turned on; and back.
    await people.get_by_role("button", name="Bring Lin Yue on stage").click()
    await lin.sees("You are on stage.")
    assert not (await lin.state())["microphone"]
    await lin.page.locator(".banner").get_by_role("button", name="Unmute").click()
    await tutor.hears(lin.name)
    await hands.first.get_by_text(tomas.name).wait_for()
    await lin.press("Leave the stage")
    await lin.sees("You are back from the stage")
    await is_silent(tutor, lin.name)

    # Open again: muted people are asked, and may say no.
    await locks.get_by_role("button", name="Microphones").click()
    await people.get_by_role("button", name="Ask Tomás Herrera to unmute").click()
    await tomas.sees("The teacher asks you to unmute.")
    await tomas.page.locator(".banner").get_by_role("button", name="Unmute").click()
    await tutor.hears(tomas.name)
    await people.get_by_role("button", name="Ask Mia Berg to unmute").click()
    await mia.press("Not now")
    await tutor.sees("Mia Berg would rather not speak now")
    assert await tutor.energy_in(mia.name, 1.2) < SILENCE
    await reactions(tutor, lin, mia)
    await one_layout(tutor, lin, mia)
    assert [one.faults for one in (tutor, *students)] == [[], [], [], []]
