"""A tutor who draws on slides and takes them home as a PDF, and a class that gets it.

What comes out is compared with the pictures of the same pages that the board makes: the ink must be
at the same places, however the page is turned and cropped, and the words must still be words.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.async_api import Download, Locator, Page

from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person
from tests.support.sheet import Place, Sheet

STROKES: Sequence[Sequence[Place]] = (
    ((100.0, 120.0), (500.0, 420.0), (900.0, 130.0)),
    ((1180.0, 60.0), (1200.0, 500.0)),
)
MARKED: Sequence[Place] = ((140.0, 560.0), (900.0, 560.0))
INKED = 3
"""Pages that are drawn on: upright, turned, cropped."""
WIDE = 1280
_STANDS_OUT = 70


async def draw_on_slides(hers: Sheet) -> list[Image.Image]:
    """Drawn on the first three pages; the board's own pictures of them."""
    page, pictures = hers.person.page, []
    for number in range(1, INKED + 1):
        await hers.pick("pen")
        for stroke in STROKES:
            await hers.draw(stroke)
        await hers.pick("hl")
        await hers.draw(MARKED)
        await hers.until_items(len(STROKES) + 1)
        pictures.append(await picture_of_page(page))
        if number < INKED:
            before = (await hers.state())["pageId"]
            await page.keyboard.press("PageDown")
            await hers.until(lambda it, was=before: it["pageId"] != was, "turned the page")
    await hers.until_saved()
    return pictures


async def picture_of_page(page: Page) -> Image.Image:
    """As the board exports it."""
    await from_menu(page, "Export a picture")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("PNG", exact=True).click()
    raw = await saved(page, dialog.get_by_role("button", name="Save"))
    return Image.open(io.BytesIO(raw)).convert("RGB")


async def from_menu(page: Page, what: str) -> None:
    await page.get_by_role("button", name="Board menu", exact=False).click()
    await page.get_by_role("menuitem", name=what, exact=True).click()


async def saved(page: Page, button: Locator) -> bytes:
    async with page.expect_download() as waiting:
        await button.click()
    return await content(await waiting.value)


async def content(download: Download) -> bytes:
    return await asyncio.to_thread(Path(await download.path()).read_bytes)


async def take_home(
    tutor: Person, before: bytes, pictures: Sequence[Image.Image], *, shown: int
) -> None:
    """The PDF of the slides that were shown, those at the beginning among them, and of all."""
    page = tutor.page
    await from_menu(page, "Slides with what was drawn")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text(f"Shown so far: {shown} slides").wait_for()
    await look_at(page, "slides-export", TWO_LOOKS)
    made = await saved(page, dialog.get_by_role("button", name="Save"))
    assert_drawn_on(made, before, pictures)
    assert len(pypdfium2.PdfDocument(made)) == shown
    await from_menu(page, "Slides with what was drawn")
    await dialog.get_by_text("All 6 slides").click()
    made = await saved(page, dialog.get_by_role("button", name="Save"))
    assert "Page 5 of the deck" in text_of(made, 5)
    assert_drawn_on(made, before, pictures[:1])


async def hand_out(
    tutor: Person, lin: Person, name: str, before: bytes, pictures: Sequence[Image.Image]
) -> None:
    """The class gets it, and a student takes it from the list of files."""
    await from_menu(tutor.page, "Slides with what was drawn")
    dialog = tutor.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Hand out to everybody").press("Enter")
    await tutor.page.get_by_text(f"Everybody has {name} now").first.wait_for()
    await lin.press("Files", exact=False)
    button = lin.page.locator(".panel").get_by_role("button", name=f"Download {name}").first
    assert_drawn_on(await saved(lin.page, button), before, pictures)


def text_of(raw: bytes, number: int) -> str:
    return pypdfium2.PdfDocument(raw)[number].get_textpage().get_text_range()


def drawn_by_pdfium(raw: bytes, number: int) -> Image.Image:
    page = pypdfium2.PdfDocument(raw)[number]
    return page.render(scale=WIDE / page.get_width()).to_pil().convert("RGB")


def assert_drawn_on(made: bytes, before: bytes, pictures: Sequence[Image.Image]) -> None:
    """Each page has its words, and its ink where the board has it."""
    for number, picture in enumerate(pictures):
        assert f"Page {number} of the deck" in text_of(made, number)
        bare, drawn = drawn_by_pdfium(before, number), drawn_by_pdfium(made, number)
        board = picture.resize(drawn.size) if picture.size != drawn.size else picture
        assert max(ImageStat.Stat(ImageChops.difference(drawn, board)).mean) < 4
        theirs, ours = ink_on(board, bare), ink_on(drawn, bare)
        assert share_within(ours, theirs) > 0.97
        assert share_within(theirs, ours) > 0.97


def ink_on(picture: Image.Image, bare: Image.Image) -> Image.Image:
    """Where a picture stands out from the bare page, without the edges of its letters."""
    apart = ImageChops.difference(picture, bare).convert("L").filter(ImageFilter.GaussianBlur(1))
    return apart.point(lambda value: 255 if value > _STANDS_OUT else 0)


def share_within(one: Image.Image, other: Image.Image) -> float:
    """How much of one lies on the other, or a point beside it."""
    assert one.getbbox() is not None, "there is ink"
    grown = other.filter(ImageFilter.MaxFilter(3))
    both = ImageChops.multiply(one, grown)
    return sum(both.histogram()[128:]) / sum(one.histogram()[128:])
