"""Decks in their library: sent, watched, put into folders, renamed, new versions, deleted."""

from __future__ import annotations

import re

from playwright.async_api import Browser, Locator, Page, expect

from bench.product import Product
from tests.support.asked_on_slide import ask_on_slide
from tests.support.decks import locked_pdf, picture, plain_pdf, turned_pdf
from tests.support.dragged import hold, let_go
from tests.support.frames import Frames
from tests.support.handed_out import draw_on_slides, hand_out, take_home
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.office import Page as Slide
from tests.support.office import effect, on, pptx, soffice, timing
from tests.support.scene import Person, class_of_two, eventually, person
from tests.support.sheet import Sheet, show_board

LONG = "圆与直线的位置关系以及切线的性质和判定方法复习课件（八年级下学期第三单元）" * 3


def card(page: Page, name: str) -> Locator:
    return page.locator(".deck-card", has=page.get_by_role("heading", name=name))


async def sign_up(page: Page, address: str) -> None:
    await page.goto(f"{address}/sign-up")
    fields = page.locator("form input")
    for index, text in enumerate(("Amara Okafor", "decks@example.org", "seven quiet owls")):
        await fields.nth(index).fill(text)
    await page.locator("form button[type=submit]").click()
    await page.wait_for_url(re.compile(r"^[^?]*/(rooms)?$"))


async def drop(page: Page, file: bytes, name: str) -> None:
    carried = await hold(page, file, name, "main")
    await page.locator(".decks-drop").wait_for()
    await look_at(page, "decks-drop", TWO_LOOKS)
    await let_go(page, carried, "main")
    assert await page.locator(".decks-drop").count() == 0


async def choose(page: Page, button: Locator, *files: tuple[str, bytes]) -> None:
    async with page.expect_file_chooser() as choosing:
        await button.click()
    payload = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": raw} for name, raw in files
    ]
    await (await choosing.value).set_files(payload)  # type: ignore[arg-type]


async def does(page: Page, name: str, what: str) -> None:
    await page.get_by_role("button", name=f"What to do with {name}").click()
    await page.get_by_role("menuitem", name=what, exact=True).click()


async def sends_files(page: Page) -> None:
    """A PDF, pictures that are one deck, and what cannot be one."""
    await drop(page, plain_pdf(12), "Circles.pdf")
    circles = card(page, "Circles")
    await circles.get_by_text("12 slides").wait_for()
    small = circles.locator("img")
    assert await small.evaluate("it => it.decode().then(() => it.naturalWidth)") == 320
    send = page.get_by_role("button", name="Send files")
    pictures = [(f"{number}.png", picture("PNG")) for number in (2, 10, 1)]
    await choose(page, send, *pictures)
    await card(page, "1").get_by_text("3 slides").wait_for()
    await choose(page, send, (f"{LONG}.pdf", plain_pdf(2)), ("Locked.pdf", locked_pdf(user="x")))
    locked = card(page, "Locked").locator(".deck-fault")
    await expect(locked).to_contain_text("password")
    await choose(page, send, ("virus.exe", b"MZ"), ("Empty.pdf", b""))
    failed = page.locator(".deck-way .is-failed")
    await expect(failed).to_have_count(2)
    await expect(failed.first).to_contain_text("cannot be shown")
    await look_at(page, "decks-full", TWO_LOOKS)
    await page.get_by_role("button", name="Do not send virus.exe").click()
    await page.get_by_role("button", name="Do not send Empty.pdf").click()


async def puts_in_order(page: Page) -> None:
    """Into a folder, found again, and renamed."""
    circles = card(page, "Circles")
    await page.get_by_role("button", name="New folder").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Year 8")
    await page.get_by_role("button", name="Create the folder").click()
    await does(page, "Circles", "Move")
    await page.get_by_role("dialog").get_by_role("combobox").select_option(label="Year 8")
    await look_at(page, "decks-move", TWO_LOOKS)
    await page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    await expect(circles).to_have_count(0)
    await page.get_by_label("Search by name").fill("circ")
    await circles.get_by_text("Year 8").wait_for()
    await page.get_by_label("Search by name").fill("nothing of it")
    await page.get_by_text("No deck and no folder of this name.").wait_for()
    await page.get_by_label("Search by name").fill("")
    year = page.get_by_role("link", name="Year 8")
    await card(page, "1").drag_to(year)
    await expect(card(page, "1")).to_have_count(0)
    await page.get_by_role("button", name="Undo").last.click()
    await card(page, "1").wait_for()
    await page.get_by_role("button", name="As a list").click()
    await look_at(page, "decks-list", TWO_LOOKS)
    await year.click()
    await does(page, "Circles", "Rename")
    await page.get_by_role("dialog").get_by_label("Name").fill("Circles and lines")
    await page.keyboard.press("Enter")


async def sends_a_version(page: Page) -> None:
    """A new one is used, the old one again, and the new one goes."""
    circles = card(page, "Circles and lines")
    async with page.expect_file_chooser() as choosing:
        await does(page, "Circles and lines", "Send a new version")
    chooser = await choosing.value
    better = {"name": "Better.pdf", "mimeType": "", "buffer": plain_pdf(3)}
    await chooser.set_files(better)  # type: ignore[arg-type]
    await circles.get_by_text("3 slides").wait_for()
    await does(page, "Circles and lines", "Versions")
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator("li")).to_have_count(2)
    await look_at(page, "decks-versions", TWO_LOOKS)
    await dialog.get_by_role("button", name="Use version 1").click()
    await expect(dialog.locator("li").nth(1)).to_contain_text("In use")
    await dialog.get_by_role("button", name="Delete version 2").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(dialog.first.locator("li")).to_have_count(1)
    await page.get_by_role("button", name="Close", exact=True).click()
    await circles.get_by_text("12 slides").wait_for()


async def uses_in_a_class(one: Person, rooms: str) -> None:
    """From the library through the door of a class onto its stage."""
    page = one.page
    await does(page, "1", "Use in a class")
    await page.get_by_role("dialog").get_by_role("link", name="Go to your rooms").click()
    await page.wait_for_url(rooms)
    await page.get_by_role("button", name="New room").first.click()
    await page.get_by_label("What is taught here?").fill("Geometry, Year 8")
    await page.get_by_role("button", name="Create the room").click()
    await page.get_by_role("link", name="Decks").click()
    await page.get_by_role("button", name="As cards").click()
    await page.get_by_role("link", name="Home").click()
    await look_at(page, "decks-home", TWO_LOOKS)
    await page.get_by_role("button", name="Use 1 in a class").click()
    await page.get_by_role("button", name="Use it in Geometry, Year 8").wait_for()
    await look_at(page, "decks-use", TWO_LOOKS)
    await page.get_by_role("button", name="Use it in Geometry, Year 8").click()
    await page.get_by_text("1 goes on the stage once you are in.").wait_for()
    await look_at(page, "decks-brought", TWO_LOOKS)
    await page.locator("form.join-form button[type=submit]").click()
    await one.is_inside()

    async def is_on_stage() -> bool:
        board = (await one.state())["board"]
        return bool(board["shown"]) and board["classPage"].endswith("-1-0")

    await eventually(is_on_stage, "the deck is on the stage")


async def test_a_library_of_decks(running: Product, browser: Browser) -> None:
    one = await person(browser, "Amara Okafor")
    page = one.page
    await sign_up(page, running.address)
    await page.get_by_role("link", name="Decks").click()
    await page.get_by_text("No decks yet. Drop a PDF.").wait_for()
    await look_at(page, "decks-empty", TWO_LOOKS)

    await sends_files(page)
    await puts_in_order(page)
    await sends_a_version(page)
    await does(page, "Circles and lines", "Delete")
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_text("This folder is empty").wait_for()
    await look_at(page, "decks-folder", TWO_LOOKS)
    await page.evaluate("localStorage.setItem('classroom.language', 'zh-CN')")
    await page.get_by_role("link", name="All decks").click()
    await page.reload()
    await page.locator(".deck-card").nth(1).wait_for()
    await look_at(page, "decks-zh", TWO_LOOKS)
    await page.evaluate("localStorage.removeItem('classroom.language')")
    await page.reload()
    await uses_in_a_class(one, f"{running.address}/rooms")
    assert one.faults == []


async def drops(one: Person, file: bytes, name: str, over: str, photo: str = "") -> None:
    """Over a part of the class, which says that it would become slides."""
    carried = await hold(one.page, file, name, over)
    await one.page.locator(".drops", has_text="show it to the class").wait_for()
    if photo:
        await look_at(one.page, photo, TWO_LOOKS)
    await let_go(one.page, carried, over)
    assert await one.page.locator(".drops").count() == 0


COLOURED = """(which) => [...document.querySelectorAll(".board-host canvas")].reduce((sum, it) => {
    const { data } = it.getContext("2d").getImageData(0, 0, it.width, it.height);
    for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue, alpha] = data.subarray(at, at + 4);
        const is = which === "blue" ? blue > 150 && green < 150 : green > 140 && blue < 110;
        if (is && red < 90 && alpha > 200) sum += 1;
    }
    return sum;
}, 0)"""
"""Points of a colour that are on this person's board."""


async def sees(one: Person, colour: str, *, is_there: bool = True) -> None:
    """A disc or a box of the slide."""

    async def so() -> bool:
        count = int(await one.page.evaluate(COLOURED, colour))
        return count > 2_000 if is_there else count < 200

    await eventually(so, f"{one.name} sees {colour}: {is_there}")


async def finds_the_way(tutor: Person, lin: Person) -> None:
    """By the strip and by words; a student has in the strip what the class saw, and its words."""
    strip = tutor.page.locator(".slide-strip")
    await strip.get_by_role("button", name="Slide 3").click()
    await lin.page.get_by_role("button", name="Slide 3 of 6").wait_for()
    await lin.press("Strip of slides")
    await expect(lin.page.locator(".slide-cell")).to_have_count(2)
    words = lin.page.get_by_role("region", name="Text of the slide")
    await expect(words).to_have_text("Page 2 of the deck")
    await strip.get_by_role("button", name="Search and text").click()
    await tutor.page.get_by_label("Search in the slides").fill("page 5")
    await look_at(tutor.page, "slides-search", TWO_LOOKS)
    await tutor.press("Page 5 of the deck", exact=False)
    await expect(words).to_have_text("Page 5 of the deck")
    await look_at(lin.page, "slides-strip-student", TWO_LOOKS)
    await tutor.page.keyboard.press("Escape")
    await tutor.page.locator("body").press("Shift+PageUp")
    await expect(words).to_have_text("Page 4 of the deck")


async def test_slides_are_dropped_on_the_stage(running: Product, browser: Browser) -> None:
    tutor, lin = await class_of_two(browser, running)
    paper = turned_pdf()
    await drops(tutor, paper, "Circles.pdf", "main.floor", "slides-drop")
    panel = tutor.page.locator(".panel")
    await panel.get_by_role("button", name="Put Circles away").wait_for()
    await panel.get_by_text("6 slides").wait_for()
    assert await panel.get_by_role("button", name="Show Circles").count() == 0
    await sees(tutor, "blue")
    await sees(lin, "blue")
    bar = lin.page.locator(".callbar")
    assert await bar.get_by_role("button", name="Slides").count() == 0
    await look_at(tutor.page, "slides-panel", TWO_LOOKS)
    await look_at(lin.page, "slides-student", TWO_LOOKS)
    await panel.get_by_role("button", name="Put Circles away").click()
    await panel.get_by_role("button", name="Show Circles").click()
    await tutor.page.get_by_role("dialog").get_by_text("Start clean").wait_for()
    await look_at(tutor.page, "slides-ink", TWO_LOOKS)
    await tutor.page.get_by_role("button", name="Continue from", exact=False).click()
    await panel.get_by_role("button", name="Put Circles away").wait_for()
    await sees(lin, "blue")
    await finds_the_way(tutor, lin)
    await ask_on_slide(tutor, lin)

    await tutor.page.locator(".slide-strip").get_by_role("button", name="Slide 1").click()
    hers = Sheet(tutor)
    await hers.until(lambda it: it["pageId"].endswith("-1-0"), "is on the first slide")
    drawn = await draw_on_slides(hers)
    await take_home(tutor, paper, drawn, shown=5)
    await hand_out(tutor, lin, "Circles (annotated).pdf", paper, drawn)
    assert tutor.faults == lin.faults == []


NOTES = "Ask first why both angles stand on one arc."
STROKE = [(600.0, 200.0), (800.0, 240.0), (1000.0, 220.0)]


def angles() -> bytes:
    """A slide on which two boxes come by clicks, with notes, and one that stands still."""
    clicks = timing(effect("clickEffect", "entr", on(11)), effect("clickEffect", "entr", on(12)))
    first = Slide("Angles on one arc", boxes=(11, 12), timing=clicks, notes=NOTES)
    return pptx([first, Slide("Now you", lines=("Draw the third angle.",))])


async def steps_have_ink_of_their_own(tutor: Person, hers: Sheet, his: Sheet) -> None:
    """What appears by clicks appears for both; what is drawn on a step is on that step alone."""

    async def go(key: str, leaf: str) -> None:
        await tutor.page.keyboard.press(key)
        for sheet in (hers, his):
            await sheet.until(lambda it: it["pageId"].endswith(leaf), f"is on {leaf}")

    await go("PageDown", "-1-1")
    await sees(his.person, "green")
    await hers.draw(STROKE)
    await his.until_items(1)
    await hers.until_saved()
    await go("PageDown", "-1-2")
    assert await hers.items() == await his.items() == []
    await go("PageUp", "-1-1")
    await his.until_items(1)
    await go("PageDown", "-1-2")
    await go("PageDown", "-2-0")
    await sees(his.person, "green", is_there=False)


async def test_a_presentation_with_steps_and_notes(running: Product, browser: Browser) -> None:
    assert soffice()
    tutor, lin = await class_of_two(browser, running)
    frames = Frames(lin.page)
    await lin.page.reload()
    await lin.is_inside()
    hers, his = await show_board(tutor, lin)
    await hers.pick("pen")
    await drops(tutor, angles(), "Angles.pptx", ".board-host")
    for sheet in (hers, his):
        await sheet.until(lambda it: it["pageId"].endswith("-1-0"), "the first slide")
    await sees(lin, "green", is_there=False)
    await hers.pick("pen")
    await steps_have_ink_of_their_own(tutor, hers, his)

    # Looking back moves nobody else, and what was drawn is there.
    for leaf in ("-1-2", "-1-1"):
        await lin.press("Previous page", exact=False)
        await his.until(lambda it, leaf=leaf: it["pageId"].endswith(leaf), f"looks at {leaf}")
    await his.until_items(1)
    assert (await hers.state())["pageId"].endswith("-2-0")
    await lin.press("Back to class", exact=False)
    before = await his.until(lambda it: it["following"], "is back")
    await tutor.page.mouse.move(600, 400)
    await tutor.page.keyboard.down("Control")
    await tutor.page.mouse.wheel(0, -240)
    await tutor.page.keyboard.up("Control")
    scale = before["camera"]["scale"]
    await his.until(lambda it: it["camera"]["scale"] > scale * 1.2, "zooms along")

    # Notes are for who teaches.
    await tutor.page.keyboard.press("Home")
    await his.until(lambda it: it["pageId"].endswith("-1-0"), "the first slide again")
    await tutor.press("Notes")
    await tutor.page.get_by_role("complementary", name="Notes").get_by_text(NOTES).wait_for()
    await look_at(tutor.page, "slides-notes", TWO_LOOKS)
    await look_at(lin.page, "slides-steps-student", TWO_LOOKS)
    assert "Angles" in frames.text
    assert NOTES not in frames.text
    assert tutor.faults == lin.faults == []
