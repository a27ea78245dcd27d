"""Pictures as pages, and the files of an activity."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.support.decks import activity_zip, picture, zipped
from tests.support.workshops import at_work, drawn, opened

Colour = tuple[int, int, int]
RED, BLUE, LIME = (255, 0, 0), (0, 0, 255), (0, 255, 0)


def near(found: Colour, wanted: Colour) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(found, wanted, strict=True))


def saved(shown: Image.Image, form: str, **saving: object) -> bytes:
    written = io.BytesIO()
    shown.save(written, form, **saving)
    return written.getvalue()


async def page_of(raw: bytes, folder: Path) -> Image.Image:
    """The page that a picture becomes, at 1280."""
    async with at_work(folder) as workshop, opened(workshop, "picture", raw, folder) as deck:
        one = (await drawn(workshop, *deck))[0, 1280]
        return Image.open(io.BytesIO(one.file.read_bytes())).convert("RGB")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"])
async def test_every_form_of_picture_is_a_page(tmp_path: Path, form: str) -> None:
    page = await page_of(picture(form), tmp_path)
    assert page.size == (1280, 960)
    assert near(page.getpixel((100, 800)), RED)
    assert near(page.getpixel((1200, 800)), BLUE)
    assert near(page.getpixel((640, 40)), LIME)


async def test_a_turned_photo_is_upright(tmp_path: Path) -> None:
    """Orientation 6: what stands along the left is the top."""
    exif = Image.Exif()
    exif[0x0112] = 6
    page = await page_of(picture("JPEG", exif=exif), tmp_path)
    assert page.size == (1280, 1707)
    assert near(page.getpixel((1240, 800)), LIME)
    assert near(page.getpixel((600, 100)), RED)


def half_clear() -> bytes:
    """Nothing on the left, blue on the right."""
    shown = Image.new("RGBA", (400, 300), (255, 0, 0, 0))
    shown.paste((0, 0, 255, 255), (200, 0, 400, 300))
    return saved(shown, "PNG")


def clear_palette() -> bytes:
    shown = Image.new("P", (400, 300), 0)
    shown.putpalette([10, 20, 30, 0, 0, 255])
    shown.paste(1, (200, 0, 400, 300))
    return saved(shown, "GIF", transparency=0)


def sixteen_bits() -> bytes:
    shown = Image.new("I;16", (400, 300), 65_535)
    shown.paste(256 * 8, (200, 0, 400, 300))
    return saved(shown, "PNG")


def inks() -> bytes:
    shown = Image.new("CMYK", (400, 300), (0, 0, 0, 0))
    shown.paste((255, 255, 0, 0), (200, 0, 400, 300))
    return saved(shown, "JPEG", quality=95)


def moving() -> bytes:
    first = Image.new("RGB", (400, 300), "white")
    first.paste("blue", (200, 0, 400, 300))
    return saved(first, "GIF", save_all=True, append_images=[Image.new("RGB", (400, 300), "red")])


@pytest.mark.parametrize(
    ("make", "right"),
    [
        (half_clear, BLUE),
        (clear_palette, BLUE),
        (sixteen_bits, (8, 8, 8)),
        (inks, BLUE),
        (moving, BLUE),
    ],
)
async def test_colours_are_what_one_sees_on_white(
    tmp_path: Path, make: Callable[[], bytes], right: Colour
) -> None:
    page = await page_of(make(), tmp_path)
    assert near(page.getpixel((100, 500)), (255, 255, 255))
    assert near(page.getpixel((1200, 500)), right)


async def test_a_large_photo_is_made_smaller_first(tmp_path: Path) -> None:
    photo = picture("JPEG", (6000, 4000))
    async with (
        at_work(tmp_path) as workshop,
        opened(workshop, "picture", photo, tmp_path) as (deck, job),
    ):
        assert deck.print is not None
        assert deck.print.stat().st_size < 400_000
        large = (await drawn(workshop, deck, job, (2560,)))[0, 2560]
        assert (large.width, large.height) == (2560, 1707)


async def test_pictures_become_the_pages_of_one_print(tmp_path: Path) -> None:
    """In the order given, one page each."""
    several = [picture(form, (640, 400 + 10 * n)) for n, form in enumerate(("PNG", "JPEG") * 3)]
    async with (
        at_work(tmp_path) as workshop,
        opened(workshop, "picture", several, tmp_path) as (deck, job),
    ):
        assert [leaf.slide for leaf in deck.leaves] == [1, 2, 3, 4, 5, 6]
        assert [leaf.height for leaf in deck.leaves] == [800, 820, 840, 860, 880, 900]
        assert len(await drawn(workshop, deck, job, (320,))) == 6


# Activities


@pytest.mark.parametrize("top", ["", "My activity/"])
async def test_an_activity_is_its_files_without_a_folder_around_them(
    tmp_path: Path, top: str
) -> None:
    """What a browser should not be given is left out, and no name of the zip is on the disk."""
    async with (
        at_work(tmp_path) as workshop,
        opened(workshop, "activity", activity_zip(top), tmp_path) as (deck, job),
    ):
        assert (deck.leaves, deck.print) == ((), None)
        assert [(entry.path, entry.kind) for entry in deck.entries] == [
            ("index.html", "text/html; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("pictures/x.png", "image/png"),
        ]
        assert deck.entries[1].file.read_bytes() == b"console.log(1)"
        assert all(entry.bytes == entry.file.stat().st_size for entry in deck.entries)
        names = sorted(path.name for path in job.iterdir())
        assert names == ["desk", "entry-0", "entry-1", "entry-2"]


async def test_what_a_system_adds_to_a_zip_is_left_out(tmp_path: Path) -> None:
    files = {"x/index.html": b"1", "__MACOSX/x/._index.html": b"2", "x/.git/a.js": b"3"}
    async with (
        at_work(tmp_path) as workshop,
        opened(workshop, "activity", zipped(files), tmp_path) as (deck, _),
    ):
        assert [entry.path for entry in deck.entries] == ["index.html"]
