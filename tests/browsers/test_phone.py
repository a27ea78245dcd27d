"""A class on a phone, by touch, upright and on its side: all within reach, nothing scrolls away."""

from __future__ import annotations

from playwright.async_api import Browser, Locator

from bench.product import Product
from tests.support.scene import Person, eventually, person

TARGET_PX = 44
FAULTS = """(least) => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const name = (one) => `${one.tagName}.${one.className} ${one.innerText ?? ""}`.slice(0, 80);
    const faults = [];
    const page = document.scrollingElement;
    if (page.scrollWidth > innerWidth) faults.push(`the page is ${page.scrollWidth} px wide`);
    if (page.scrollHeight > innerHeight) faults.push(`the page is ${page.scrollHeight} px high`);
    scrollTo(50, 50);
    if (scrollX !== 0 || scrollY !== 0) faults.push("the page scrolls");
    const parts = "button, input, textarea, h1, h2, figure, video, .panel, .callbar";
    for (const one of document.querySelectorAll(`.room :is(${parts})`)) {
        const box = one.getBoundingClientRect();
        if (!shown(one) || one.matches(".vh") || box.width === 0) continue;
        const beyond = box.left < -0.5 || box.right > innerWidth + 0.5;
        if (beyond) faults.push(`beyond the width: ${name(one)}`);
        if (one.matches("button") && (box.width < least - 0.5 || box.height < least - 0.5)) {
            faults.push(`${Math.round(box.width)} x ${Math.round(box.height)}: ${name(one)}`);
        }
    }
    const bar = document.querySelector(".callbar").getBoundingClientRect();
    if (bar.bottom > innerHeight + 0.5 || bar.top < 0) faults.push("the bar is not on the screen");
    for (const control of document.querySelectorAll(".callbar .ctl")) {
        const box = control.getBoundingClientRect();
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        if (!control.contains(at)) faults.push(`something lies over ${name(control)}`);
    }
    return faults;
}"""
UPRIGHT = {"width": 390, "height": 844}
SMALL = {"width": 360, "height": 640}
ON_ITS_SIDE = {"width": 844, "height": 390}


async def fits(one: Person, what: str) -> None:
    assert await one.page.evaluate(FAULTS, TARGET_PX) == [], what


async def tap(one: Person, name: str) -> None:
    await one.button(name, exact=False).tap()


async def scrolls_inside(list_of: Locator) -> bool:
    return bool(await list_of.evaluate("it => getComputedStyle(it).overflowY === 'auto'"))


async def test_a_phone_in_the_class_by_touch(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin = await person(browser, "Lin Yue", size="phone")
    await lin.page.goto(running.link("/r/"))
    await lin.page.get_by_role("textbox", name="Your name").tap()
    await lin.page.keyboard.type(lin.name)
    await tap(lin, "Join the class")
    await lin.is_inside()
    await lin.decodes(tutor.name)
    await fits(lin, "faces")

    await tap(lin, "Mute")
    await lin.button("Unmute", exact=False).wait_for()
    await tap(lin, "Camera")

    async def seen(source: str, wanted: str) -> bool:
        known = (await tutor.participant(lin.name))["media"]
        assert known, await lin.state()
        return bool(known[source] == wanted)

    for source in ("microphone", "camera"):
        await eventually(lambda at=source: seen(at, "muted"), f"Lin's {source} is muted")
    await fits(lin, "microphone and camera off")
    await tap(lin, "Camera")
    await tutor.decodes(lin.name)

    for size in (UPRIGHT, SMALL):
        await lin.page.set_viewport_size(size)
        await tap(lin, "People")
        sheet = lin.page.get_by_role("complementary", name="People")
        await sheet.wait_for()
        assert await scrolls_inside(sheet.locator(".people"))
        await fits(lin, f"people at {size}")
        await tap(lin, "Chat")
        await lin.page.get_by_label("Message to everyone").fill(f"Good morning from {size}")
        await fits(lin, f"chat at {size}")
        await tap(lin, "Send")
        await lin.page.get_by_role("complementary", name="Chat").get_by_label("Close").tap()
        await fits(lin, f"no sheet at {size}")
    await tap(lin, "More")
    await lin.page.get_by_role("menuitem", name="Focus").tap()
    await fits(lin, "focus")
    assert (await lin.state())["view"] == "focus"
    assert lin.faults == []


async def test_a_phone_on_its_side(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin = await person(browser, "Lin Yue", size="phone")
    await lin.page.set_viewport_size(ON_ITS_SIDE)
    await lin.join(running.link("/r/"))
    await lin.decodes(tutor.name)
    await fits(lin, "faces")
    await tap(lin, "People")
    await lin.page.get_by_role("complementary", name="People").wait_for()
    await fits(lin, "people")
    await tap(lin, "Chat")
    await lin.page.get_by_label("Message to everyone").wait_for()
    await fits(lin, "chat")
    await tap(lin, "Chat")
    await tap(lin, "Leave")
    await lin.sees("You have left")
    assert lin.faults == []
