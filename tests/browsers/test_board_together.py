"""Two people at one board: live strokes, own undo, the pen given and taken, pages followed."""

from __future__ import annotations

from playwright.async_api import Browser

from bench.product import Product
from tests.support.scene import class_of_two, eventually, person
from tests.support.sheet import give_pens, show_board

TRIANGLE = [(300.0, 500.0), (480.0, 200.0), (660.0, 500.0), (300.0, 500.0)]
HEIGHT = [(480.0, 200.0), (480.0, 350.0), (480.0, 500.0)]


async def test_two_people_draw_at_once_and_undo_only_their_own(
    running: Product, browser: Browser
) -> None:
    tutor, lin = await class_of_two(browser, running)
    hers, his = await show_board(tutor, lin)
    assert (await his.state())["pen"] == "none"
    assert await lin.page.locator(".rail").count() == 0, "no pen, no tools"
    await give_pens(tutor, "own", his)
    await hers.pick("pen")
    await his.pick("pen")

    # Both pens are down at the same time, and each sees the other's line before it is finished.
    await hers.press(TRIANGLE[0])
    await his.press(HEIGHT[0])
    await hers.move(TRIANGLE[1:3])
    await his.move(HEIGHT[1:2])
    await his.sees_ink_at((570, 350))
    await hers.sees_ink_at((480, 300))
    assert await hers.items() == []
    cursors = tutor.page.locator(".board-cursor")
    await cursors.filter(has_text="Lin Yue").wait_for()
    await hers.move(TRIANGLE[3:])
    await his.move(HEIGHT[2:])
    await tutor.page.mouse.up()
    await lin.page.mouse.up()
    for sheet in (hers, his):
        found = await sheet.until_items(2)
        assert {item["t"] for item in found} == {"pen"}
    await hers.until_saved()
    await his.until_saved()
    assert len({item["by"] for item in await hers.items()}) == 2
    own = (await hers.state())["author"]

    await lin.page.keyboard.press("Control+z")
    left = await hers.until_items(1)
    assert left[0]["by"] == own
    await lin.page.keyboard.press("Control+z")
    await his.until_saved()
    assert len(await hers.items()) == 1, "nobody takes back what others did"
    await lin.page.keyboard.press("Control+Shift+z")
    await hers.until_items(2)
    assert tutor.faults == []
    assert lin.faults == []


async def test_the_pen_is_taken_in_the_middle_of_a_stroke(
    running: Product, browser: Browser
) -> None:
    tutor, lin = await class_of_two(browser, running)
    hers, his = await show_board(tutor, lin)
    await give_pens(tutor, "own", his)
    await his.pick("pen")
    await his.draw(HEIGHT)
    await hers.until_items(1)
    await his.press(TRIANGLE[0])
    await his.move(TRIANGLE[1:2])
    await hers.sees_ink_at((390, 350))
    await give_pens(tutor, "none", his)
    await his.move(TRIANGLE[2:])
    await lin.page.mouse.up()
    await hers.sees_ink_at((390, 350), is_there=False)
    await his.until(lambda board: board["items"] == 1, "only the finished stroke is left")
    assert await lin.page.locator(".rail").count() == 0

    # And the board goes on as if nothing had happened.
    await give_pens(tutor, "own", his)
    await his.pick("pen")
    await his.draw(TRIANGLE)
    await hers.until_items(2)
    await his.until_saved()
    assert tutor.faults == []
    assert lin.faults == []


async def test_pages_are_followed_and_one_may_look_back(running: Product, browser: Browser) -> None:
    tutor, lin = await class_of_two(browser, running)
    hers, his = await show_board(tutor, lin)
    first = (await hers.state())["pageId"]
    await hers.pick("pen")
    await hers.draw(TRIANGLE)
    await hers.until_saved()
    await tutor.press("Add a page", exact=False)
    second = (await hers.until(lambda it: it["pageId"] != first, "a new page"))["pageId"]
    await his.until(lambda it: it["pageId"] == second, "follows to the new page")

    await lin.press("Previous page", exact=False)
    await his.until(lambda it: it["pageId"] == first and not it["following"], "looks back")
    await his.until_items(1)
    assert (await hers.state())["pageId"] == second, "looking back moves nobody else"
    await lin.press("Back to class", exact=False)
    await his.until(lambda it: it["pageId"] == second and it["following"], "is back")

    # The teacher's view is followed as well.
    before = (await his.state())["camera"]
    await tutor.page.mouse.move(600, 400)
    await tutor.page.keyboard.down("Control")
    await tutor.page.mouse.wheel(0, -240)
    await tutor.page.keyboard.up("Control")
    await his.until(lambda it: it["camera"]["scale"] > before["scale"] * 1.2, "zooms along")
    assert tutor.faults == []
    assert lin.faults == []


async def test_everything_comes_back_after_a_refresh(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    (hers,) = await show_board(tutor)
    await hers.pick("pen")
    await hers.draw(TRIANGLE)
    await hers.until_saved()
    kept = await hers.items()
    await tutor.page.reload()
    await tutor.is_inside()

    async def same() -> bool:
        return await hers.items() == kept

    await eventually(same, "the same strokes are there")
    await hers.sees_ink_at((570, 350))
