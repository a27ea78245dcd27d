"""Twelve people in one room, and a picture that becomes sharp for whoever speaks."""

from __future__ import annotations

from pathlib import Path

from bench.browser import chromium
from bench.product import product
from tests.support.notices import NAMES
from tests.support.scene import class_of_three, eventually, person

LISTENERS = 9
"""Without camera and microphone: twelve encoders are too much for two cores."""
SHARP_HEIGHT = 720
"""Of the fake camera's highest layer."""


async def test_twelve_people_in_one_room(tmp_path: Path) -> None:
    async with (
        product(tmp_path) as running,
        chromium() as browser,
        chromium(devices=False) as quiet,
    ):
        people = list(await class_of_three(browser, running))
        for name in NAMES[-LISTENERS:]:
            people.append(await person(quiet, name, size="phone"))
            await people[-1].join(running.link("/r/"))

        async def all_there() -> bool:
            counts = [len((await one.state())["participants"]) for one in people]
            return counts == [len(people)] * len(people)

        await eventually(all_there, "everybody knows everybody")
        tutor, lin, tomas, *listeners = people
        for one in (lin, tomas, *listeners):
            await one.hears(tutor.name)
            await one.decodes(tutor.name)
        for one in listeners:
            await one.hears(lin.name)
        await tutor.decodes(lin.name)
        await tutor.decodes(tomas.name)
        assert [one.faults for one in people] == [[]] * len(people)


async def test_who_begins_to_speak_becomes_sharp(tmp_path: Path) -> None:
    async with product(tmp_path) as running, chromium() as browser:
        tutor, lin, tomas = await class_of_three(browser, running)
        for one in (lin, tomas):
            await tutor.decodes(one.name)
            await one.press("Mute", exact=False)
        await tutor.press("Mute", exact=False)

        for one, other in ((lin, tomas), (tomas, lin)):
            await one.press("Unmute", exact=False)

            async def sharp(name: str = one.name) -> bool:
                return (await tutor.received(name, "camera"))["frameHeight"] == SHARP_HEIGHT

            await eventually(sharp, f"{one.name} speaks and is sharp", within_s=10)
            await tutor.decodes(other.name)
            await one.press("Mute", exact=False)
