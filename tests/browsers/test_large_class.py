"""Twelve people in one room, and a picture that becomes sharp for whoever speaks."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser

from bench.browser import chromium
from bench.product import Product
from tests.support.notices import NAMES
from tests.support.scene import Person, class_of_three, eventually, person

LISTENERS = 11
"""Without camera and microphone: twelve encoders are too much for two cores."""
SLOW_CAMERA = "--use-fake-device-for-media-stream=fps=5"


async def test_twelve_people_in_one_room(running: Product) -> None:
    async with chromium(SLOW_CAMERA, devices=False) as browser, chromium(devices=False) as quiet:
        tutor = await person(browser, "Amara Okafor")
        await tutor.join(running.link("/enter/"))
        listeners = [await person(quiet, name, size="phone") for name in NAMES[-LISTENERS:]]
        for one in listeners:
            await one.join(running.link("/r/"))
        people = [tutor, *listeners]

        async def all_there() -> bool:
            counts = [len((await one.state())["participants"]) for one in people]
            return counts == [len(people)] * len(people)

        await eventually(all_there, "everybody knows everybody")
        await asyncio.gather(
            *(one.hears(tutor.name, within_s=60) for one in listeners),
            *(one.decodes(tutor.name, within_s=60) for one in listeners),
        )
        assert [one.faults for one in people] == [[]] * len(people)


async def test_who_begins_to_speak_becomes_sharp(running: Product, browser: Browser) -> None:
    tutor, lin, tomas = await class_of_three(browser, running)
    for one in (lin, tomas):
        await tutor.decodes(one.name)
        await one.press("Mute", exact=False)
    await tutor.press("Mute", exact=False)
    await tutor.page.locator(".view-choice .seg-one").filter(has_text="Focus").click()

    for one, other in ((lin, tomas), (tomas, lin)):
        await one.unmute()

        async def sharp(who: Person = one, rest: Person = other) -> bool:
            heights = [
                (await tutor.received(each.name, "camera"))["frameHeight"] for each in (who, rest)
            ]
            return bool(heights[0] > heights[1])

        await eventually(sharp, f"{one.name} speaks and is sharper")
        await tutor.decodes(other.name)
        await one.press("Mute", exact=False)
