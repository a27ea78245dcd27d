"""A board for everyone: live pictures of all, one large, one shown to the class, collecting."""

from __future__ import annotations

import re
import time

from playwright.async_api import Browser

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at, look_in_both_languages
from tests.support.scene import Person, eventually, person
from tests.support.sheet import Sheet, show_board

NAMES = ("Lin Yue", "Tomás Herrera", "Mia Berg")
FRESH_S = 1.0
"""How old a picture on the wall may be."""
PICTURES = """() => Object.fromEntries([...document.querySelectorAll(".wall-tile")].map((tile) => [
    tile.querySelector("b").textContent, tile.querySelector("canvas").toDataURL(),
]))"""
PDF_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
LINES = [(100.0, 500.0), (500.0, 500.0), (900.0, 520.0)]
TASK = [(300.0, 100.0), (600.0, 300.0), (900.0, 100.0)]


async def until_fresh(tutor: Person, name: str, before: str) -> float:
    """Seconds from now until the picture of somebody's board is another one."""
    began = time.monotonic()

    async def changed() -> bool:
        return bool((await tutor.page.evaluate(PICTURES))[name] != before)

    await eventually(changed, f"the picture of {name} is new", within_s=10)
    return time.monotonic() - began


async def open_wall(tutor: Person, hers: Sheet, students: list[Person]) -> list[Sheet]:
    """Everybody gets the task on a page of their own."""
    task = (await hers.state())["pageId"]
    await tutor.press("Board menu", exact=False)
    await tutor.page.get_by_role("menuitem", name="A board for everyone").click()
    dialog = tutor.page.get_by_role("dialog")
    assert await dialog.get_by_role("radio", name="One for each group").is_disabled()
    await look_at(tutor.page, "wall-open", TWO_LOOKS)
    await dialog.get_by_role("button", name="Open the boards").click()
    sheets = [Sheet(student) for student in students]
    for sheet in sheets:
        await sheet.until(lambda it: it["pageId"] != task and it["pen"] == "own", "own page")
        await sheet.opened()
        await sheet.until_items(1)
    assert len({(await sheet.state())["pageId"] for sheet in sheets}) == len(students)
    return sheets


async def draw_and_be_seen(tutor: Person, sheets: list[Sheet]) -> None:
    """What each draws the teacher sees within a second of its end."""
    fresh = []
    for sheet in sheets:
        name = sheet.person.name
        before = (await tutor.page.evaluate(PICTURES))[name]
        await sheet.pick("pen")
        await sheet.draw(LINES)
        fresh.append(await until_fresh(tutor, name, before))
    assert sorted(fresh)[len(fresh) // 2] < FRESH_S, fresh


async def show_without_name(tutor: Person, hers: Sheet, sheets: list[Sheet]) -> None:
    """Large, the teacher writes on it, and the class sees it without knowing whose it is."""
    owner, *others = sheets
    task = (await hers.state())["pageId"]
    await tutor.press(f"Open the board of {owner.person.name}", exact=False)
    await hers.until(lambda it: it["pageId"] != task, "the board is large")
    await hers.opened()
    await hers.pick("pen")
    await hers.draw([(x, y + 80) for x, y in LINES])
    await owner.until_items(3)
    await tutor.press("Show to the class")
    await owner.person.sees("Your board is shown to the class.")
    page_id = (await owner.state())["pageId"]
    for sheet in others:
        await sheet.until(lambda it: it["pageId"] == page_id and it["pen"] == "none", "shown")
        await sheet.until_items(3)
        await sheet.person.sees("The teacher shows somebody’s board.")
        board = await sheet.person.page.locator(".stage.board").inner_text()
        assert owner.person.name.split()[0] not in board
    await look_at(tutor.page, "wall-large", TWO_LOOKS[:1])
    await tutor.page.get_by_role("switch", name="With the name").click()
    await others[0].person.sees(f"This is the board of {owner.person.name}.")
    await tutor.press("Stop showing")
    await others[0].until(lambda it: it["pageId"] != page_id, "one's own again")


async def save_as_pdf(tutor: Person) -> bytes:
    """All boards in one file."""
    await tutor.press("Collect")
    dialog = tutor.page.get_by_role("dialog")
    await dialog.get_by_role("radio", name="PDF of all boards").check()
    async with tutor.page.expect_download() as download:
        await dialog.get_by_role("button", name="PDF of all boards").click()
    path = await (await download.value).path()
    await dialog.wait_for(state="hidden")
    return path.read_bytes()


async def boards_of_groups(tutor: Person, sheets: list[Sheet]) -> None:
    """The boards of the open groups all at once, marked by a member, until the groups end."""
    await tutor.press("Groups", exact=False)
    panel = tutor.page.get_by_role("complementary", name="Groups")
    await panel.get_by_role("button", name="Plan the groups").click()
    await panel.get_by_role("button", name="One group more").wait_for(state="hidden")
    await panel.get_by_role("button", name="Open the groups").click()
    await panel.get_by_role("button", name="Boards of the groups").click()
    await tutor.sees("Boards of the groups")
    await sheets[0].until(lambda it: it["pen"] == "own", "the group's page")
    await sheets[0].opened()
    await sheets[0].pick("pen")
    await sheets[0].draw(LINES)
    await sheets[0].until_saved()
    await sheets[0].person.press("We are stuck")
    await tutor.sees("Needs help 1")
    await look_in_both_languages(tutor.page, "wall-groups-teacher")
    await look_at(sheets[0].person.page, "wall-groups-student", TWO_LOOKS[1:])
    await panel.get_by_role("button", name="Close the groups").click()
    await tutor.page.get_by_role("menuitem", name="Now").click()
    await tutor.page.locator(".stage.wall").wait_for(state="hidden")


async def test_a_board_for_everyone(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    students = [await person(browser, name) for name in NAMES]
    for student in students:
        await student.join(running.link("/r/"))
    (hers,) = await show_board(tutor)
    await hers.pick("pen")
    await hers.draw(TASK)
    await hers.until_saved()
    task = (await hers.state())["pageId"]
    sheets = await open_wall(tutor, hers, students)
    await draw_and_be_seen(tutor, sheets)
    await students[0].press("I am stuck")
    await tutor.sees("Needs help 1")
    await look_in_both_languages(tutor.page, "wall-teacher")
    await look_at(students[0].page, "wall-student", TWO_LOOKS[1:])
    await show_without_name(tutor, hers, sheets)

    # As one file, then as pages of the class.
    await tutor.press("All boards")
    assert len(PDF_PAGE.findall(await save_as_pdf(tutor))) == len(students)
    await tutor.press("Collect")
    dialog = tutor.page.get_by_role("dialog")
    await dialog.get_by_role("radio", name="Keep as pages of the class").check()
    await dialog.get_by_role("button", name="Keep as pages of the class").click()
    for sheet in (hers, *sheets):
        await sheet.until(lambda it: len(it["pages"]) == 4, "pages of the class")
    pages = (await sheets[2].state())["pages"]
    assert [page["name"] for page in pages] == ["", *NAMES]
    await sheets[2].until(lambda it: it["pageId"] == task, "the class's page again")
    await boards_of_groups(tutor, sheets)
    assert [one.faults for one in (tutor, *students)] == [[]] * 4
