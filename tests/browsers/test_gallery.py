"""The gallery: pages of faces of which only the one that is seen flows, and a face pinned."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser, expect

from bench.product import Product
from tests.support.looks import EVERY_LOOK, TWO_LOOKS, look_at
from tests.support.notices import NAMES, Said
from tests.support.scene import Person, class_of_three, eventually, person

SMALL = {"width": 360, "height": 360}
"""A small phone whose keyboard is open: two faces to a page."""
WATCH_S = 1.0
STRAY_BYTES = 2_000
"""What a paused picture may still cost: the lowest layer of a camera has ten times as much."""
INSIDE = """() => {
    const room = document.querySelector(".gallery").getBoundingClientRect();
    const boxes = [...document.querySelectorAll(".gallery .tile")].map((one) =>
        one.getBoundingClientRect());
    return boxes.length > 0 && boxes.every((box) => box.left >= room.left && box.top >= room.top
        && box.right <= room.right && box.bottom <= room.bottom && box.width >= 160);
}"""


async def rests(one: Person, whose: str) -> bool:
    """For a second nothing arrives of somebody's camera."""
    before = await one.received(whose, "camera")
    await asyncio.sleep(WATCH_S)
    after = await one.received(whose, "camera")
    fresh = after["bytesReceived"] - before["bytesReceived"]
    return bool(fresh < STRAY_BYTES and after["framesDecoded"] == before["framesDecoded"])


async def test_a_page_of_faces_that_is_not_seen_does_not_flow(
    running: Product, browser: Browser
) -> None:
    tutor, lin, tomas = await class_of_three(browser, running)
    await lin.decodes(tutor.name)
    await lin.decodes(tomas.name)
    await lin.page.set_viewport_size(SMALL)
    await lin.sees("People 1–2 of 3")
    await eventually(lambda: rests(lin, tomas.name), "Tomas is not sent while nobody sees him")
    await lin.decodes(tutor.name)
    await lin.hears(tomas.name)

    await lin.press("Next faces")
    await lin.sees("People 3–3 of 3")
    await lin.decodes(tomas.name)
    await eventually(lambda: rests(lin, tutor.name), "the tutor is not sent meanwhile")
    await lin.page.keyboard.press("ArrowLeft")
    await lin.sees("People 1–2 of 3")
    await lin.decodes(tutor.name)
    assert (tutor.faults, lin.faults, tomas.faults) == ([], [], [])


async def test_thirty_one_faces(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    said = Said(tutor)
    await said.listen()
    await tutor.join(running.link("/enter/"))
    tiles = tutor.page.locator(".gallery .tile")
    ids: list[str] = []
    for count in (2, 5, 12, 25, 31):
        ids += await said.join(NAMES[len(ids) : count - 1])
        await tiles.nth(min(count, 25) - 1).wait_for()

        async def inside() -> bool:
            return bool(await tutor.page.evaluate(INSIDE))

        await eventually(inside, f"{count} faces stand inside the gallery", within_s=5)
    said.keep("media.speakers", {"participant_ids": [ids[27]], "dominant": ids[27]})
    await tutor.page.locator(".pager-dots .is-speaking").wait_for()
    await look_at(tutor.page, "gallery-31-en", EVERY_LOOK)

    await tutor.page.keyboard.press("PageDown")
    await tutor.page.locator(f'.tile.is-speaking[data-person="{ids[27]}"]').wait_for()
    assert await tiles.count() == 6
    assert (await tutor.state())["faces"] == {"page": 1, "pages": 2}
    await tiles.nth(1).dblclick()
    await tutor.page.locator(f'.large .tile[data-person="{ids[25]}"]').wait_for()
    assert (await tutor.state())["pinned"] == ids[25]
    await look_at(tutor.page, "pinned-en", TWO_LOOKS)
    for _ in "to the gallery":
        await tutor.page.keyboard.press("l")
        if (await tutor.state())["view"] == "gallery":
            break
    await expect(tiles.first).to_have_attribute("data-person", ids[25])

    await tiles.first.locator(".tile-press").press("Enter")
    await tutor.page.locator(".tile-signs").wait_for(state="detached")
    assert (await tutor.state())["pinned"] is None
    assert tutor.faults == []
