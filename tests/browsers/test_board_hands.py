"""Stylus, finger and keyboard: pressure, palms, panning with a finger, a board without a mouse."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Browser, CDPSession

from bench.product import Product
from tests.support.scene import class_of_two, eventually, person
from tests.support.sheet import Place, give_pens, show_board, stylus

PALM_MS = 2200
"""Touches within 2 s of a stylus are a palm's."""
LINE = [(250.0, 200.0), (350.0, 260.0), (450.0, 230.0), (550.0, 300.0)]


async def touch(session: CDPSession, *fingers: list[Place]) -> None:
    """Fingers put down together, moved together, lifted together; all with as many places."""

    def points(step: int) -> list[dict[str, Any]]:
        return [{"x": way[step][0], "y": way[step][1], "id": at} for at, way in enumerate(fingers)]

    for step in range(len(fingers[0])):
        kind = "touchStart" if step == 0 else "touchMove"
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points(step)})
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_a_stylus_writes_with_pressure_and_fingers_then_pan(
    running: Product, browser: Browser
) -> None:
    tutor = await person(browser, "Amara Okafor", size="tablet")
    await tutor.join(running.link("/enter/"))
    (hers,) = await show_board(tutor)
    session = await tutor.page.context.new_cdp_session(tutor.page)
    await hers.pick("pen")

    # Before a stylus was seen a finger draws.
    await touch(session, await hers.all_on_screen(LINE))
    finger = (await hers.until_items(1))[0]
    assert finger["t"] == "pen"

    below = [(x, y + 200) for x, y in LINE]
    await stylus(session, await hers.all_on_screen(below), force=0.9)
    both = await hers.until_items(2)
    assert both[1]["pressure"] is True
    await hers.until(lambda it: it["penMode"], "a stylus was seen")

    # Now a finger moves the page, and a palm beside the stylus writes nothing.
    before = (await hers.state())["camera"]
    await touch(session, await hers.all_on_screen(LINE))
    assert len(await hers.items()) == 2
    assert (await hers.state())["camera"] == before, "a palm does nothing"
    await tutor.page.wait_for_timeout(PALM_MS)
    await touch(session, await hers.all_on_screen(LINE))
    await hers.until(lambda it: it["camera"] != before, "the finger pans")
    assert len(await hers.items()) == 2

    # Two fingers pinch.
    scale = (await hers.state())["camera"]["scale"]
    near = await hers.all_on_screen(
        [(500.0, 300.0), (450.0, 300.0), (350.0, 300.0), (250.0, 300.0)]
    )
    far = await hers.all_on_screen([(560.0, 300.0), (610.0, 300.0), (710.0, 300.0), (810.0, 300.0)])
    await touch(session, near, far)
    await hers.until(lambda it: it["camera"]["scale"] > scale * 1.5, "the page is larger")
    assert tutor.faults == []


async def test_the_keyboard_alone_makes_and_walks_a_board(
    running: Product, browser: Browser
) -> None:
    tutor, lin = await class_of_two(browser, running)
    _, his = await show_board(tutor, lin)
    await give_pens(tutor, "own", his)
    page = tutor.page
    await tutor.press("Objects", exact=False)
    panel = page.get_by_role("complementary", name="Objects")
    await panel.wait_for()
    await panel.get_by_role("button", name="Add a sticky note").press("Enter")
    await page.locator(".board-editor:focus").wait_for()
    await page.keyboard.type("Which triangle is isosceles?")
    await page.keyboard.press("Escape")
    await panel.get_by_role("button", name="Add a rectangle").press("Enter")
    items = await his.until_items(2)
    assert [item["t"] for item in items] == ["note", "rect"]
    assert items[0]["text"] == "Which triangle is isosceles?"

    note = panel.get_by_role("option", name="Which triangle is isosceles?")
    await panel.get_by_role("listbox").focus()
    while await note.get_attribute("aria-selected") != "true":
        await page.keyboard.press("ArrowDown")
    left = items[0]["bounds"]["x"]
    await page.keyboard.press("Alt+ArrowRight")
    await his.until(lambda it: it["items"] == 2, "still two")

    async def moved() -> bool:
        return bool((await his.items())[0]["bounds"]["x"] > left)

    await eventually(moved, "the note went to the right")
    await page.keyboard.press("Delete")
    assert [item["t"] for item in await his.until_items(1)] == ["rect"]
    assert tutor.faults == []
