"""Every screen in both languages, light and dark, on laptop, tablet and phone.

Each is photographed into `screens/` for a person to look at, searched by axe for serious faults,
and held to two rules a machine can check: nothing scrolls sideways, and no text key shows through.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bench.browser import SHARE_TAB, SHARED_TITLE, SIZES, chromium
from bench.product import Product, product
from tests.support.looks import LANGUAGES, TWO_LOOKS, look_at
from tests.support.scene import Person, person

LESSON = (Path(__file__).parent / "lesson.html").read_text(encoding="utf-8")


async def shared_class(running: Product, tutor: Person, student: Person) -> None:
    """The tutor shows a lesson, both are in the class, something was said."""
    lesson = await tutor.page.context.new_page()
    await lesson.set_viewport_size({"width": 1280, "height": 720})
    await lesson.set_content(LESSON.replace("SHARED_TITLE", SHARED_TITLE))
    await tutor.page.bring_to_front()
    await tutor.join(running.link("/enter/"))
    await student.join(running.link("/r/"))
    await tutor.page.keyboard.press("s")
    await (
        tutor.page.get_by_role("dialog").locator("button.btn-primary, button[type=submit]").click()
    )
    await student.decodes(tutor.name, "screen")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_pages_around_the_class(tmp_path: Path, browser: Browser, language: str) -> None:
    settings = {"CLASSROOM_HOOKS_PRIVATE": "true"}
    async with product(tmp_path, settings) as running:
        one = await person(browser, "Amara Okafor", language=language)
        tag = language[:2]
        for name, path in (
            ("home-out", "/"), ("sign-in", "/sign-in"), ("sign-up", "/sign-up"),
            ("not-found", "/nowhere/at/all"), ("reference-out", "/api/docs"),
            ("green-room", running.link("/r/")),
        ):  # fmt: skip
            await one.page.goto(path if path.startswith("http") else running.address + path)
            await one.page.locator("h1").first.wait_for()
            await look_at(one.page, f"{name}-{tag}")
        await one.page.goto(f"{running.address}/sign-up")
        fields = one.page.locator("form input")
        for index, text in enumerate(("Amara Okafor", "amara@example.org", "seven quiet owls")):
            await fields.nth(index).fill(text)
        await one.page.locator("form button[type=submit]").click()
        await one.page.wait_for_url(re.compile(r"^[^?]*/(rooms)?$"))
        await look_at(one.page, f"home-empty-{tag}")
        await one.page.evaluate(MAKE_ROOMS)
        for name, path in (("home", "/"), ("rooms", "/rooms"), ("settings", "/settings")):
            await one.page.goto(running.address + path)
            await one.page.locator("h1").first.wait_for()
            await look_at(one.page, f"{name}-{tag}")
        await lets_programs_in(one.page, running.address, tag)
        await reads_the_reference(one.page, tag)
        assert one.faults == []


async def lets_programs_in(page: Page, address: str, tag: str) -> None:
    """In the settings: a webhook is made and tried, a token is made, used and deleted."""
    hooks = page.locator(".setting", has=page.locator("h2", has_text="Webhook"))
    tokens = page.locator(".setting", has=page.locator("h2", has_text="API"))
    dialog = page.get_by_role("dialog")
    await hooks.locator(".btn-line").click()
    await dialog.locator("input.input").fill(f"{address}/hooks/classroom")
    await look_at(page, f"hook-new-{tag}", TWO_LOOKS)
    await dialog.locator("button[type=submit]").click()
    await dialog.locator(".secret", has_text="whsec_").wait_for()
    await page.keyboard.press("Escape")
    await hooks.locator("[aria-expanded]").click()
    await hooks.locator(".deliveries .btn-line").click()

    await tokens.locator(".btn-line").click()
    await dialog.locator("input.input").fill("Timetable")
    await look_at(page, f"token-new-{tag}", TWO_LOOKS)
    await dialog.locator("button[type=submit]").click()
    await dialog.locator(".secret", has_text="ct_").wait_for()
    await look_at(page, f"token-made-{tag}", TWO_LOOKS)
    shown = {"Authorization": f"Bearer {await dialog.locator('.secret').inner_text()}"}
    await page.keyboard.press("Escape")
    rooms = await page.request.get(f"{address}/api/rooms", headers=shown)
    assert len(await rooms.json()) == 3
    await hooks.locator(".delivery", has_text="405").wait_for()
    for look in TWO_LOOKS:
        width, height = SIZES[look[0]]
        await page.set_viewport_size({"width": width, "height": height})
        await hooks.locator(".btn-line").last.scroll_into_view_if_needed()
        await look_at(page, f"settings-programs-{tag}", [look])
    await tokens.get_by_role("button", name="Timetable").click()
    await dialog.locator(".btn-danger").click()
    await tokens.locator(".session").wait_for(state="detached")
    assert (await page.request.get(f"{address}/api/rooms", headers=shown)).status == 401


async def reads_the_reference(page: Page, tag: str) -> None:
    """From the settings to the page of all requests; one is searched for and opened."""
    await page.locator(".setting .text-link").click()
    await page.wait_for_url(re.compile("/api/docs$"))
    await page.locator(".operation").nth(20).wait_for()
    await look_at(page, f"reference-{tag}", TWO_LOOKS)
    await page.locator("input.input").fill("get report")
    await page.locator(".operation").nth(1).wait_for()
    await page.locator(".operation summary").first.click()
    await page.locator(".field-row", has_text="teacher_share").wait_for()
    await look_at(page, f"reference-open-{tag}", TWO_LOOKS)


MAKE_ROOMS = """async () => {
    const { csrf } = await (await fetch("/api/session")).json();
    for (const title of ["Geometry, Year 8", "Vectors, Year 11", "Study plan with Park Min-jun"]) {
        await fetch("/api/rooms", {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
            body: JSON.stringify({ title }),
        });
    }
}"""


async def test_the_classroom(running: Product, browser: Browser) -> None:
    """Two in one class, each reads it in a language of their own."""
    async with chromium(SHARE_TAB, consent=False) as sharing:
        tutor = await person(sharing, "Amara Okafor", granted=("camera", "microphone"))
        lin = await person(browser, "Lin Yue", language="zh-CN")
        tomas = await person(browser, "Tomás Herrera")
        await shared_class(running, tutor, lin)
        await tomas.join(running.link("/r/"))
        await lin.decodes(tomas.name)
        await tomas.decodes(lin.name)
        for one, tag in ((tomas, "en"), (lin, "zh")):
            await look_at(one.page, f"classroom-{tag}")
            await one.page.keyboard.press("p")
            await look_at(one.page, f"classroom-people-{tag}")
            await one.page.keyboard.press("c")
            await one.page.locator("textarea").fill("Is the angle at the centre twice as big?")
            await one.page.keyboard.press("Enter")
            await look_at(one.page, f"classroom-chat-{tag}")
        assert (tutor.faults, lin.faults, tomas.faults) == ([], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_opens_above_the_class_and_what_follows_it(
    running: Product, browser: Browser, language: str
) -> None:
    tag = language[:2]
    tutor = await person(browser, "Amara Okafor", language=language)
    await tutor.join(running.link("/enter/"))
    await look_at(tutor.page, f"alone-{tag}", TWO_LOOKS)
    for name in ("林悦", "Tomás Herrera"):
        student = await person(browser, name, language=language)
        await student.join(running.link("/r/"))
        await tutor.decodes(name)
    await look_at(tutor.page, f"gallery-{tag}", TWO_LOOKS)

    await tutor.page.keyboard.press("s")
    await look_at(tutor.page, f"share-dialog-{tag}", TWO_LOOKS)
    await tutor.page.keyboard.press("Escape")
    more = tutor.page.locator(".ctl[aria-haspopup=menu]")
    for look in TWO_LOOKS:  # a change of size closes the menu, so each look opens its own
        await tutor.page.set_viewport_size(
            {"width": SIZES[look[0]][0], "height": SIZES[look[0]][1]}
        )
        form = "phone" if look[0] == "phone" else "wide"
        await tutor.page.locator(f'.room[data-form="{form}"]').wait_for()
        await more.click()
        await tutor.page.get_by_role("menuitemradio").first.wait_for()
        await look_at(tutor.page, f"more-{tag}", [look])
        await tutor.page.keyboard.press("Escape")
    await tutor.page.locator('.room[data-form="wide"]').wait_for()
    await more.click()
    await tutor.page.get_by_role("menuitem").first.click()
    await tutor.page.get_by_role("dialog").locator("select").first.wait_for()
    await look_at(tutor.page, f"sound-{tag}", TWO_LOOKS)
    await tutor.page.keyboard.press("Escape")
    await tutor.page.keyboard.press("?")
    await look_at(tutor.page, f"keyboard-{tag}", TWO_LOOKS)
    await tutor.page.keyboard.press("Escape")

    second = await student.page.context.new_page()
    await second.goto(running.link("/r/"))
    await second.locator("form.join-form input").fill("Tomás Herrera")
    await second.locator("form.join-form button[type=submit]").click()
    await second.get_by_role("dialog").wait_for()
    await look_at(second, f"second-tab-{tag}", TWO_LOOKS)

    await tutor.page.locator(".ctl.is-leave").click()
    await look_at(tutor.page, f"leave-{tag}", TWO_LOOKS)
    await tutor.page.get_by_role("dialog").locator(".btn-danger").click()
    await student.page.locator(".ending-card").wait_for()
    await look_at(student.page, f"ended-{tag}", TWO_LOOKS)
    assert (tutor.faults, student.faults) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_green_room_that_may_use_nothing(running: Product, language: str) -> None:
    async with chromium(consent=False) as browser:
        tag = language[:2]
        one = await person(browser, "Lin Yue", language=language)
        await one.page.goto(running.link("/r/"))
        await one.page.locator(".preview-blocked").wait_for()
        await look_at(one.page, f"refused-{tag}", TWO_LOOKS)
        await one.page.locator(".preview-acts button").first.click()
        await look_at(one.page, f"how-to-allow-{tag}", TWO_LOOKS)
        assert one.faults == []
