"""Before the class: what is missing is said, and one may come in all the same."""

from __future__ import annotations

from pathlib import Path

from bench.browser import chromium
from bench.product import product
from tests.support.scene import person


async def test_without_any_device_one_joins_and_listens(tmp_path: Path) -> None:
    async with (
        product(tmp_path) as running,
        chromium(devices=False) as bare,
        chromium() as browser,
    ):
        tutor = await person(browser, "Amara Okafor")
        await tutor.join(running.link("/enter/"))
        # Without any permission Chromium uses only the default route, which loopback is not.
        listener = await person(bare, "Lin Yue", granted=("camera", "microphone"))
        await listener.page.goto(running.link("/r/"))
        await listener.sees("No camera and no microphone was found")
        await listener.page.get_by_role("textbox", name="Your name").fill(listener.name)
        await listener.press("Join and listen")
        await listener.is_inside()
        await listener.decodes(tutor.name)
        await listener.hears(tutor.name)
        known = await tutor.participant(listener.name)
        assert (known["media"]["microphone"], known["media"]["camera"]) == ("off", "off")


async def test_a_refused_permission_is_explained_and_one_may_listen(tmp_path: Path) -> None:
    async with product(tmp_path) as running, chromium(consent=False) as browser:
        one = await person(browser, "Lin Yue")
        await one.page.goto(running.link("/r/"))
        await one.sees("The browser is not allowed to use your camera and microphone")
        await one.press("Show me how")
        await one.sees("Come back to this page and press Try again.")
        await one.page.keyboard.press("Escape")
        await one.page.get_by_role("textbox", name="Your name").fill(one.name)
        await one.press("Join and listen")
        await one.is_inside()
        assert (await one.state())["microphone"] is False


async def test_one_may_listen_although_everything_works(tmp_path: Path) -> None:
    async with product(tmp_path) as running, chromium() as browser:
        one = await person(browser, "Lin Yue")
        await one.page.goto(running.link("/r/"))
        await one.sees("Looking good")
        await one.page.get_by_role("textbox", name="Your name").fill(one.name)
        await one.press("Join and listen")
        await one.is_inside()
        state = await one.state()
        assert (state["microphone"], state["camera"]) == (False, False)


async def test_an_unknown_class_is_said(tmp_path: Path) -> None:
    async with product(tmp_path) as running, chromium() as browser:
        one = await person(browser, "Lin Yue")
        await one.page.goto(f"{running.address}/r/bbb-ccc-ddd")
        await one.sees("There is no class with this code")
