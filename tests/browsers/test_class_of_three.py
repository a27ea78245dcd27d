"""Three people in real browsers see and hear each other through our server."""

from __future__ import annotations

from itertools import permutations

from playwright.async_api import Browser

from bench.browser import SHARE_TAB, SHARED_TITLE, chromium
from bench.product import Product
from tests.support.scene import class_of_three, eventually, person

SILENCE = 1e-6
"""The fake microphone's beeps give 1e-3 and more in a second."""


async def test_everyone_sees_and_hears_everyone(running: Product, browser: Browser) -> None:
    people = await class_of_three(browser, running)
    for one, other in permutations(people, 2):
        await one.decodes(other.name)
        await one.hears(other.name)
    assert [one.faults for one in people] == [[], [], []]


async def test_mute_is_silence_and_unmute_is_heard(running: Product, browser: Browser) -> None:
    tutor, lin, tomas = await class_of_three(browser, running)
    await tutor.hears(lin.name)
    await lin.press("Mute", exact=False)

    async def muted() -> bool:
        known = await tutor.participant(lin.name)
        return bool(known["media"]["microphone"] == "muted")

    await eventually(muted, "the tutor sees that Lin is muted")

    async def silent() -> bool:
        # What was on its way is played out first; the fake microphone beeps every second.
        return await tutor.energy_in(lin.name, 1.2) < SILENCE

    await eventually(silent, "what was on its way has been played")
    assert await tutor.energy_in(lin.name, 2.5) < SILENCE
    await tutor.hears(tomas.name)
    await lin.unmute()
    await tutor.hears(lin.name)


async def test_a_shared_tab_takes_the_stage_at_its_real_size(
    running: Product, browser: Browser
) -> None:
    async with chromium(SHARE_TAB, consent=False) as sharing:
        tutor = await person(sharing, "Amara Okafor", granted=("camera", "microphone"))
        student = await person(browser, "Lin Yue")
        lesson = await tutor.page.context.new_page()
        await lesson.set_viewport_size({"width": 1280, "height": 720})
        await lesson.set_content(
            f"<title>{SHARED_TITLE}</title><h1>Angles</h1>"
            "<p id=n></p><script>setInterval(() => n.textContent = Date.now(), 100)</script>"
        )
        await tutor.page.bring_to_front()
        await tutor.join(running.link("/enter/"))
        await student.join(running.link("/r/"))
        await tutor.press("Share", exact=False)
        await tutor.press("Choose what to share")
        await student.decodes(tutor.name, "screen")
        row = await student.received(tutor.name, "screen")
        assert (row["frameWidth"], row["frameHeight"]) == (1280, 720)
        assert (await student.state())["stage"]["screen_of"] is not None
        await student.decodes(tutor.name, "camera")

        await tutor.press("Stop share")

        async def faces_again() -> bool:
            return bool((await student.state())["stage"]["screen_of"] is None)

        await eventually(faces_again, "the stage shows faces again")
