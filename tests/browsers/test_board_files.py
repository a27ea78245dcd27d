"""Files of a board, opened and compared with the screen: PNG, SVG, PDF, and the board itself."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageStat
from playwright.async_api import Browser, Download, Page

from bench.browser import open_page
from bench.product import Product
from tests.support.scene import Person, person
from tests.support.sheet import Sheet, show_board

SIZE = (640, 360)
STROKE = [(200.0, 560.0), (420.0, 480.0), (640.0, 590.0), (900.0, 500.0)]


async def something_of_everything(tutor: Person, sheet: Sheet) -> None:
    """Ink, highlighter, shapes, words in two scripts, a note and a formula."""
    await sheet.pick("pen")
    await sheet.draw(STROKE)
    await sheet.pick("hl")
    await sheet.draw([(200.0, 620.0), (900.0, 620.0)])
    await tutor.page.keyboard.press("r")
    await sheet.draw([(120.0, 80.0), (420.0, 260.0)])
    await tutor.page.keyboard.press("a")
    await sheet.draw([(440.0, 170.0), (640.0, 120.0)])
    await sheet.pick("text")
    await sheet.click((160.0, 300.0))
    await tutor.page.locator(".board-editor:focus").wait_for()
    await tutor.page.keyboard.type("Angle ACB")
    await tutor.page.keyboard.press("Escape")
    await sheet.pick("note")
    await sheet.click((700.0, 90.0))
    await tutor.page.locator(".board-editor:focus").wait_for()
    await tutor.page.keyboard.insert_text("圆周角 is half the angle at the centre")
    await tutor.page.keyboard.press("Escape")
    await sheet.until_items(6)
    await sheet.pick("select")
    await tutor.page.keyboard.press("Escape")
    await sheet.until_saved()


async def export(page: Page, kind: str) -> bytes:
    """What the browser saved."""
    await page.get_by_role("button", name="Board menu", exact=False).click()
    await page.get_by_role("menuitem", name="Export", exact=False).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text(kind, exact=True).click()
    async with page.expect_download() as waiting:
        await dialog.get_by_role("button", name="Save").click()
    return await content(await waiting.value)


async def content(download: Download) -> bytes:
    return await asyncio.to_thread(Path(await download.path()).read_bytes)


def differs(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of the two pictures, brought to one size; 0 is the same, 255 all wrong."""
    small = [picture.convert("RGB").resize(SIZE) for picture in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3


async def page_on_screen(sheet: Sheet) -> Image.Image:
    """The page as the person sees it, without the mat around it."""
    camera = (await sheet.state())["camera"]
    left, top = (-camera["x"] * camera["scale"], -camera["y"] * camera["scale"])
    picture = await sheet.picture()
    right, bottom = left + 1280 * camera["scale"], top + 720 * camera["scale"]
    return picture.crop((round(left), round(top), round(right), round(bottom)))


async def test_exports_look_like_the_screen(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    (hers,) = await show_board(tutor)
    blank = await page_on_screen(hers)
    await something_of_everything(tutor, hers)
    await tutor.page.mouse.move(5, 5)
    screen = await page_on_screen(hers)
    far = differs(screen, blank)
    assert far > 2, "the board is not empty"

    png = Image.open(io.BytesIO(await export(tutor.page, "PNG")))
    assert png.size == (2560, 1440)
    assert differs(png, screen) < far / 4

    svg = (await export(tutor.page, "SVG")).decode()
    viewer = await open_page(browser)
    await viewer.set_content(f'<body style="margin:0">{svg}</body>')
    await viewer.set_viewport_size({"width": 1280, "height": 720})
    drawn = Image.open(io.BytesIO(await viewer.screenshot()))
    assert differs(drawn, screen) < far / 4
    assert "圆周角" in svg

    document = pypdfium2.PdfDocument(await export(tutor.page, "PDF"))
    assert len(document) == 1
    rendered = document[0].render(scale=2).to_pil()
    assert differs(rendered, screen) < far / 4
    assert "Angle ACB" in document[0].get_textpage().get_text_range()
    document.close()
    assert tutor.faults == []


async def test_a_board_is_saved_as_a_file_and_restored(
    running: Product, browser: Browser, tmp_path: Path
) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    (hers,) = await show_board(tutor)
    await something_of_everything(tutor, hers)
    before = await hers.items()
    page = tutor.page
    await page.get_by_role("button", name="Board menu", exact=False).click()
    async with page.expect_download() as waiting:
        await page.get_by_role("menuitem", name="Save the board as a file", exact=False).click()
    saved = await content(await waiting.value)
    assert json.loads(saved)["pages"]
    file = tmp_path / "lesson.board.json"
    file.write_bytes(saved)
    await page.get_by_role("button", name="Board menu", exact=False).click()
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("menuitem", name="Open a board file", exact=False).click()
    await (await choosing.value).set_files(file)
    first = (await hers.state())["classPage"]
    await hers.until(lambda it: it["pageId"] != first, "a restored page is looked at")
    restored = await hers.until_items(len(before))
    assert [(item["t"], item["text"]) for item in restored] == [
        (item["t"], item["text"]) for item in before
    ]
    assert tutor.faults == []
