"""Drawing on a live screen share: at the same place for everybody, in whatever window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from playwright.async_api import Browser, Page

from bench.browser import SHARE_TAB, SHARED_TITLE, chromium
from bench.product import Product
from tests.support.looks import look_in_both_languages
from tests.support.scene import Person, eventually, person

Box = tuple[float, float, float, float]
Place = tuple[float, float]

LESSON = (
    f"<title>{SHARED_TITLE}</title><body style='margin:0;background:#eef3f8'>"
    "<div style='height:9000px;background:repeating-linear-gradient(#eef3f8 0 90px,#d5e6f2 90px"
    " 180px)'></div><script>setInterval(() => scrollBy(0, 8), 50)</script>"
)
SEEN = """([selector, fromX, toX]) => {
    const canvas = document.querySelector(selector);
    if (!canvas || canvas.width < 2) return null;
    const { width, height } = canvas;
    const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    let box = null;
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
        if (x < fromX * width || x >= toX * width) continue;
        if (pixels[4 * (y * width + x) + 3] < 24) continue;  // also the thin end of a line
        box ??= [x, y, x, y];
        box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
    const unit = 1280 / width;
    return box && box.map((side) => side * unit);
}"""
"""Where ink lies in a part of the picture, in units of which 1280 are its width."""
INK = ".ink-layer canvas"
WATCH = """() => {
    window.inkSeen = null;
    const layers = [...document.querySelectorAll(".ink-layer canvas")];
    const paper = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const look = () => {
        for (const one of layers) {  // a small part of it: reading all of a canvas takes its time
            const unit = one.width / 1280;
            paper.clearRect(0, 0, 300, 150);
            paper.drawImage(one, 140 * unit, 180 * unit, 200 * unit, 100 * unit, 0, 0, 200, 100);
            const pixels = paper.getImageData(0, 0, 200, 100).data;
            for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 128) {
                window.inkSeen = Date.now();
                return;
            }
        }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""
PRESSED = (
    """() => addEventListener("pointerdown", () => { window.inkDrawn ??= Date.now(); }, true)"""
)
SMALL = """() => {
    const small = window.documentPictureInPicture?.window;
    const canvas = small?.document.querySelector(".ink-small-host canvas");
    if (!canvas) return 0;
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let count = 0;
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 128) count++;
    return count;
}"""
WITHIN_PX = 3
SOON_MS = 1000
"""Until others see the first of a line; on a machine that does nothing else it is 70 to 130."""


async def drawn(page: Page, part: tuple[float, float] = (0.0, 1.0)) -> Box | None:
    found: Sequence[float] | None = await page.evaluate(SEEN, [INK, *part])
    return None if found is None else (found[0], found[1], found[2], found[3])


async def draw(page: Page, places: Sequence[Place]) -> None:
    """Over places of the picture, in units of which 1280 are its width."""
    box = await page.locator(".ink-layer").bounding_box()
    assert box is not None
    scale = box["width"] / 1280
    first, *others = [(box["x"] + x * scale, box["y"] + y * scale) for x, y in places]
    await page.mouse.move(*first)
    await page.mouse.down()
    for place in others:
        await page.mouse.move(*place, steps=4)
    await page.mouse.up()


async def ink_is(
    people: Sequence[Person], holds: Callable[[Box | None], bool], what: str, **more: Any
) -> None:
    """True for everybody, soon."""
    for one in people:

        async def probe(one: Person = one) -> bool:
            return holds(await drawn(one.page, **more))

        await eventually(probe, f"{one.name}: {what}", within_s=10)


async def chooses(one: Person, item: str) -> None:
    """In the menu of what is drawn."""
    await one.press("What is drawn on the screen")
    await one.page.get_by_role("menu").get_by_text(item, exact=True).click()


async def begins_to_draw(one: Person) -> None:
    await one.press("Draw on the screen")
    await one.page.get_by_role("toolbar", name="Tools to draw on the screen").wait_for()


async def class_with_share(
    running: Product, sharing: Browser, browser: Browser
) -> tuple[Person, Person, Person]:
    """Lin, a student, shares a page that scrolls; a tutor and another student look at it."""
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin = await person(sharing, "Lin Yue")
    lesson = await lin.page.context.new_page()
    await lesson.set_viewport_size({"width": 1280, "height": 720})
    await lesson.set_content(LESSON)
    await lin.page.bring_to_front()
    await lin.join(running.link("/r/"))
    tomas = await person(browser, "Tomas Herrera")
    await tomas.join(running.link("/r/"))
    await lin.page.keyboard.press("s")
    dialog = lin.page.get_by_role("dialog")
    await dialog.get_by_text("Nothing is painted on your real screen").wait_for()
    await dialog.locator("button.btn-primary").click()
    for one in (tutor, tomas):
        await one.decodes(lin.name, "screen")
    await lin.page.bring_to_front()  # a browser shows what is shared
    return tutor, lin, tomas


async def is_near(one: Person, wanted: Box, part: Place) -> bool:
    """Within 3 px of where it is to be."""
    found, layer = await drawn(one.page, part), await one.page.locator(".ink-layer").bounding_box()
    if found is None or layer is None:
        return False
    most = WITHIN_PX * 1280 / layer["width"]
    return all(abs(a - b) <= most for a, b in zip(found, wanted, strict=True))


async def test_two_draw_on_a_screen_that_scrolls(running: Product, browser: Browser) -> None:
    async with chromium(SHARE_TAB, consent=False) as sharing:
        tutor, lin, tomas = people = await class_with_share(running, sharing, browser)
        await tutor.page.evaluate("() => { document.querySelector('.stage video').mine = 1; }")
        assert await tomas.button("Draw on the screen").count() == 0, "he has no pen"
        await begins_to_draw(tutor)
        await lin.sees("draws on your screen")
        await both_see_it(tutor, lin, tomas)
        await places_are_the_same(tutor, lin, tomas)
        await taken_back_and_cleared(people)
        await closed(tutor, tomas)
        await in_a_small_window(tutor, lin)
        await fades(tutor, people)
        mine = "() => document.querySelector('.stage video').mine"
        assert await tutor.page.evaluate(mine) == 1, "the picture was not begun anew"
        await frozen(tutor, tomas)
        assert [one.faults for one in people] == [[], [], []]


async def both_see_it(tutor: Person, lin: Person, tomas: Person) -> None:
    """While the line is drawn, not only when it is done."""
    for one in (lin, tomas):
        await one.page.locator(INK).first.wait_for(state="attached")
        await one.page.evaluate(WATCH)
    await tutor.page.evaluate(PRESSED)
    await draw(tutor.page, [(160, 200), (300, 260), (420, 200), (520, 320)])
    began = await tutor.page.evaluate("() => window.inkDrawn")
    for one in (lin, tomas):

        async def seen(one: Person = one) -> Any:
            return await one.page.evaluate("() => window.inkSeen")

        at = await eventually(seen, f"{one.name} sees the line", within_s=5)
    assert at - began < SOON_MS, "Tomas, whose window no browser covers with what is shared"


async def places_are_the_same(tutor: Person, lin: Person, tomas: Person) -> None:
    await tutor.press("People", exact=False)
    await tutor.press("Pens for all", exact=False)
    await tutor.page.get_by_role("menuitemradio", name="Own items only").click()
    await tutor.page.keyboard.press("Escape")
    await begins_to_draw(tomas)
    await draw(tomas.page, [(800, 500), (900, 420), (1000, 500), (1100, 420)])
    await look_in_both_languages(tutor.page, "ink-drawing")
    parts = ((0.0, 0.5), (0.5, 1.0))
    hers = [await drawn(tutor.page, part) for part in parts]
    for one, size in ((lin, None), (tomas, (1024, 640)), (tomas, (390, 844))):
        if size is not None:
            await one.page.set_viewport_size({"width": size[0], "height": size[1]})
        for part, box in zip(parts, hers, strict=True):
            assert box is not None
            await eventually(partial(is_near, one, box, part), f"{one.name}: there at {size}")
    await tomas.page.set_viewport_size({"width": 1440, "height": 900})


async def taken_back_and_cleared(people: tuple[Person, Person, Person]) -> None:
    tutor, lin, _ = people
    await tutor.press("Undo what you did")
    await ink_is(people, lambda box: box is None, "taken back", part=(0.0, 0.5))
    await tutor.page.locator(".ink-layer .board-host").focus()
    await tutor.page.keyboard.press("Control+Shift+z")
    await ink_is(people, lambda box: box is not None, "there again", part=(0.0, 0.5))
    await chooses(lin, "Clear what is drawn")
    await ink_is(people, lambda box: box is None, "cleared")
    await lin.page.locator(".toast").get_by_text("Undo").click()
    await ink_is(people, lambda box: box is not None, "brought back", part=(0.5, 1.0))


async def closed(tutor: Person, tomas: Person) -> None:
    await chooses(tutor, "Only Lin Yue and teachers draw")
    await tomas.button("Draw on the screen").wait_for(state="detached")
    await chooses(tutor, "Everybody with a pen draws")
    await tomas.button("Draw on the screen").wait_for()


async def in_a_small_window(tutor: Person, lin: Person) -> None:
    await chooses(lin, "Keep in sight")

    async def count() -> int:
        return int(await lin.page.evaluate(SMALL))

    before = await eventually(count, "the small window shows what is drawn")
    await draw(tutor.page, [(200, 420), (500, 560)])

    async def more() -> bool:
        return await count() > before

    await eventually(more, "and what is drawn now")
    await lin.page.evaluate("() => documentPictureInPicture.window.close()")


async def fades(tutor: Person, people: tuple[Person, Person, Person]) -> None:
    await chooses(tutor, "Fades after 5 seconds")
    await ink_is(people, lambda box: box is not None, "not gone at once")
    await ink_is(people, lambda box: box is None, "gone by itself")
    await chooses(tutor, "Stays until it is cleared")


async def frozen(tutor: Person, tomas: Person) -> None:
    await draw(tutor.page, [(300, 300), (700, 300)])
    await chooses(tutor, "Freeze to the board")
    await tutor.sees("Kept as page 2 of the board")
    await tomas.page.locator(".stage.board canvas").first.wait_for(state="attached")

    async def has_both() -> bool:
        ink, ground = [await tomas.page.evaluate(PAGE_PIXEL, [500, y]) for y in (300, 500)]
        return bool(ink and ground and ink[2] < 120 and ground[2] > 200 and ground[0] != 255)

    await eventually(has_both, "the page has the screen and what was drawn on it")


PAGE_PIXEL = """([x, y]) => {
    const { camera } = window.__classroom.state().board;
    const canvas = document.querySelector(".stage.board .board-host canvas");
    const ratio = canvas.width / canvas.clientWidth;
    const at = [(x - camera.x) * camera.scale * ratio, (y - camera.y) * camera.scale * ratio];
    return [...canvas.getContext("2d").getImageData(at[0], at[1], 1, 1).data];
}"""
