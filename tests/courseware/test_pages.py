"""Pages of a PDF as pictures and text, compared with another renderer."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from courseware.deck import Drawn
from courseware.errors import Unfit
from tests.support.decks import (
    HAN,
    changed,
    form_pdf,
    han_pdf,
    huge_image_pdf,
    locked_pdf,
    odd_pdf,
    plain_pdf,
    script_pdf,
)
from tests.support.workshops import at_work, drawn, opened

NO_POPPLER = "pdftoppm is needed to compare pages with (on Debian: apt-get install poppler-utils)"


def other_renderer(raw: bytes, folder: Path, *, pages: int) -> list[Image.Image]:
    """Every page at 1280 wide, drawn by poppler."""
    tool = shutil.which("pdftoppm")
    assert tool, NO_POPPLER
    (folder / "compared.pdf").write_bytes(raw)
    command = [tool, "-png", "-cropbox", "-scale-to-x", "1280", "-scale-to-y", "-1"]
    subprocess.run([*command, folder / "compared.pdf", folder / "page"], check=True, timeout=60)
    made = sorted(folder.glob("page-*.png"))
    assert len(made) == pages
    return [Image.open(path).convert("RGB") for path in made]


def assert_alike(ours: Image.Image, theirs: Image.Image) -> None:
    """The same page but for the edges of letters: nearly equal on the whole, and, a little blurred,
    nowhere far apart."""
    theirs = theirs.resize(ours.size) if theirs.size != ours.size else theirs
    assert ImageStat.Stat(ImageChops.difference(ours, theirs)).mean < [6.0] * 3
    small = (max(1, ours.width // 8), max(1, ours.height // 8))
    softened = [
        picture.filter(ImageFilter.GaussianBlur(6)).resize(small) for picture in (ours, theirs)
    ]
    histogram = ImageChops.difference(*softened).convert("L").histogram()
    apart = sum(histogram[40:])
    assert apart <= 0.01 * sum(histogram)


def shown(one: Drawn) -> Image.Image:
    return Image.open(io.BytesIO(one.file.read_bytes())).convert("RGB")


async def test_pages_look_as_another_renderer_draws_them(tmp_path: Path) -> None:
    """Turned, cropped, around a corner below zero, small, high, and with a hidden layer."""
    expected = other_renderer(odd_pdf(), tmp_path, pages=9)
    async with at_work(tmp_path) as workshop, opened(workshop, "pdf", odd_pdf(), tmp_path) as deck:
        sizes = [(leaf.width, leaf.height) for leaf in deck[0].leaves]
        pictures = await drawn(workshop, *deck)
        for leaf, theirs in enumerate(expected):
            ours = shown(pictures[leaf, 1280])
            assert ours.size == sizes[leaf]
            assert ours.width / ours.height == pytest.approx(theirs.width / theirs.height, rel=0.01)
            assert_alike(ours, theirs)
    # The pages are told from one another, or the comparison would say nothing.
    with pytest.raises(AssertionError):
        assert_alike(expected[0], expected[1].resize(expected[0].size))


async def test_text_and_both_sizes_come_with_every_page(tmp_path: Path) -> None:
    async with (
        at_work(tmp_path) as workshop,
        opened(workshop, "pdf", plain_pdf(10), tmp_path) as (deck, job),
    ):
        pictures = await drawn(workshop, deck, job)
        assert sorted(pictures) == sorted((leaf, px) for leaf in range(10) for px in (320, 1280))
        for (leaf, px), one in pictures.items():
            assert (one.width, one.height) == shown(one).size == (px, round(px * 595 / 842))
            assert one.bytes == one.file.stat().st_size
            assert one.text == (f"Page {leaf} of the deck" if px == 1280 else None)
            assert not one.is_substitute
        large = await drawn(workshop, deck, job, (2560,))
        assert shown(large[9, 2560]).size == (2560, 1809)


async def test_the_first_asked_for_comes_first_of_all(tmp_path: Path) -> None:
    """Also with several children at it."""
    async with (
        at_work(tmp_path) as workshop,
        opened(workshop, "pdf", plain_pdf(20), tmp_path) as (deck, job),
    ):
        assert deck.print is not None
        asked = workshop.draw(deck.print, range(20), px=(320,), folder=job)
        found = [one.leaf async for one in asked]
        assert found[0] == 0
        assert sorted(found) == list(range(20))
        assert [one async for one in workshop.draw(deck.print, [], px=(320,), folder=job)] == []


async def test_one_child_draws_in_the_order_asked(tmp_path: Path) -> None:
    async with (
        at_work(tmp_path, at_once=1) as workshop,
        opened(workshop, "pdf", plain_pdf(20), tmp_path) as (deck, job),
    ):
        assert deck.print is not None
        order = [17, 3, *range(9)]
        asked = workshop.draw(deck.print, order, px=(320,), folder=job)
        assert [one.leaf async for one in asked] == order


async def test_chinese_is_read_and_drawn(tmp_path: Path) -> None:
    async with at_work(tmp_path) as workshop, opened(workshop, "pdf", han_pdf(), tmp_path) as deck:
        one = (await drawn(workshop, *deck))[0, 1280]
        assert one.text == HAN
        line = shown(one).convert("L").crop((100, 230, 700, 330))
        columns = line.point(lambda value: 255 * (value < 128)).resize(
            (60, 1), Image.Resampling.BOX
        )
        inked = [column for column in range(60) if columns.getpixel((column, 0))]
        assert len(inked) > 25, "eight letters of 36 points"


async def test_what_was_filled_into_a_form_is_seen(tmp_path: Path) -> None:
    """pdftoppm draws the same letters in a font of its own choice, so only where they are."""
    async with at_work(tmp_path) as workshop, opened(workshop, "pdf", form_pdf(), tmp_path) as deck:
        picture = shown((await drawn(workshop, *deck))[0, 1280])
        field = picture.crop((240, 100, 760, 160)).convert("L")
        assert field.getextrema()[0] < 90


@pytest.mark.parametrize("cut", [600, 2000], ids=["without its directory", "in the middle"])
async def test_a_damaged_file_is_mended(tmp_path: Path, cut: int) -> None:
    damaged = plain_pdf(10)[:-cut]
    async with (
        at_work(tmp_path) as workshop,
        opened(workshop, "pdf", damaged, tmp_path) as (deck, job),
    ):
        assert len(deck.leaves) == 10
        assert (await drawn(workshop, deck, job))[0, 1280].text == "Page 0 of the deck"


@pytest.mark.parametrize(
    "raw", [locked_pdf(user=""), script_pdf(), huge_image_pdf()], ids=["owner", "script", "image"]
)
async def test_what_can_be_shown_is_shown(tmp_path: Path, raw: bytes) -> None:
    """A password of the owner alone, a script that nobody runs, a picture that is not there."""
    async with at_work(tmp_path) as workshop, opened(workshop, "pdf", raw, tmp_path) as deck:
        one = (await drawn(workshop, *deck))[0, 1280]
        assert not one.is_substitute
        assert one.text == "Page 0 of the deck"


async def test_a_very_high_page_is_drawn_less_wide(tmp_path: Path) -> None:
    """WebP ends at 16,383 pixels; units stay what the page asks for."""
    high = plain_pdf(1, size=(100, 1900))
    async with at_work(tmp_path) as workshop, opened(workshop, "pdf", high, tmp_path) as deck:
        assert (deck[0].leaves[0].width, deck[0].leaves[0].height) == (1280, 24_320)
        pictures = await drawn(workshop, *deck)
        assert (pictures[0, 1280].width, pictures[0, 1280].height) == (216, 4096)
        assert shown(pictures[0, 320]).size == (54, 1024)


async def test_a_file_without_pages_is_empty(tmp_path: Path) -> None:
    def clear(document: object) -> None:
        del document.pages[:]  # type: ignore[attr-defined]

    async with at_work(tmp_path) as workshop:
        with pytest.raises(Unfit) as refused:
            async with opened(workshop, "pdf", changed(plain_pdf(), clear), tmp_path):
                pass
    assert refused.value.fault in ("empty", "broken")
