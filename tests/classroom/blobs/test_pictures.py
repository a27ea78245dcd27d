"""Pictures are read with bounds and written anew."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from classroom.blobs.pictures import BYTES_MAX, PIXELS_MAX, SIDE_MAX, Picture, read_picture
from classroom.errors import Refused
from tests.support.pictures import drawing, encoded, noise, png_bomb

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.content))
    assert Image.MIME[image.format or ""] == picture.kind
    assert image.size == (picture.width, picture.height)
    image.load()
    return image


def code_of(raw: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_picture(raw)
    return refused.value.code


def is_red(image: Image.Image, x: int, y: int) -> bool:
    red, green, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return bool(red > 200 and green < 60 and blue < 60)


@pytest.mark.parametrize(
    ("name", "options"), [("PNG", {}), ("GIF", {}), ("WEBP", {"lossless": True})]
)
def test_a_drawing_stays_sharp(name: str, options: dict[str, Any]) -> None:
    picture = read_picture(encoded(drawing(), name, **options))
    assert (picture.kind, picture.width, picture.height) == ("image/png", 320, 240)
    image = opened(picture)
    assert image.getpixel((159, 119)) == (255, 0, 0)
    assert image.getpixel((160, 120)) == (255, 255, 255)


def test_a_photograph_is_kept_small() -> None:
    jpeg = encoded(noise(400, 300), "JPEG", quality=90)
    assert read_picture(jpeg).kind == "image/webp"
    png = encoded(noise(800, 600), "PNG")
    picture = read_picture(png)
    assert picture.kind == "image/webp"
    assert len(picture.content) < len(png) / 2
    opened(picture)


def test_what_is_transparent_stays_so() -> None:
    image = opened(read_picture(encoded(drawing(mode="RGBA"), "PNG")))
    assert image.mode == "RGBA"
    assert image.getpixel((10, 10)) == (255, 0, 0, 255)
    assert image.getpixel((300, 200)) == (0, 0, 0, 0)


def test_what_is_transparent_by_a_palette_stays_so() -> None:
    palette = drawing().quantize(4)
    white = palette.getpixel((300, 200))
    image = opened(read_picture(encoded(palette, "GIF", transparency=white)))
    assert image.getpixel((300, 200))[3] == 0  # type: ignore[index]
    assert image.getpixel((10, 10)) == (255, 0, 0, 255)


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "P", "CMYK"])
def test_every_way_to_say_a_colour(mode: str) -> None:
    image = Image.new(mode, (32, 32), 20_000) if mode == "I;16" else drawing().convert(mode)
    name = "JPEG" if mode == "CMYK" else "PNG"
    read = opened(read_picture(encoded(image, name)))
    assert read.mode == "RGB"
    if mode == "I;16":
        assert read.getpixel((10, 10)) == (78, 78, 78)
    if mode in ("P", "CMYK"):
        assert is_red(read, 10, 10)


def test_a_picture_held_sideways_stands_upright_and_tells_nothing() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    exif[0x010F] = "Secret camera"
    exif[0x8825] = {1: "N", 2: (31.0, 14.0, 0.0)}
    raw = encoded(drawing(320, 240), "JPEG", exif=exif, comment=b"Secret words", quality=95)
    assert b"Secret camera" in raw
    picture = read_picture(raw)
    assert (picture.width, picture.height) == (240, 320)
    image = opened(picture)
    assert is_red(image, 200, 20)
    assert not is_red(image, 20, 20)
    assert not image.getexif()
    assert b"Secret" not in picture.content


def test_words_in_a_png_are_not_kept() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Secret name")
    raw = encoded(drawing(), "PNG", pnginfo=words, dpi=(300, 300), icc_profile=b"Secret profile")
    assert b"Secret" in raw
    picture = read_picture(raw)
    assert b"Secret" not in picture.content
    assert set(opened(picture).info) <= {"transparency"}


def test_a_moving_picture_stands_still() -> None:
    second = Image.new("RGB", (320, 240), "blue")
    raw = encoded(drawing(), "GIF", save_all=True, append_images=[second], duration=100)
    image = opened(read_picture(raw))
    assert getattr(image, "n_frames", 1) == 1
    assert is_red(image, 10, 10)


@pytest.mark.parametrize("name", ["PNG", "JPEG"])
def test_a_large_picture_is_made_smaller(name: str) -> None:
    picture = read_picture(encoded(drawing(6000, 3000), name))
    assert (picture.width, picture.height) == (SIDE_MAX, SIDE_MAX // 2)
    assert is_red(opened(picture), 1000, 500)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = png_bomb(40_000, 30_000)
    assert len(bomb) < 300_000
    assert code_of(bomb) == "asset.large"
    side = int(PIXELS_MAX**0.5)
    assert code_of(png_bomb(side + 8, side + 8)) == "asset.large"


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_picture(b"\x89PNG\r\n\x1a\n" + bytes(BYTES_MAX))
    assert refused.value.params == {"megabytes": 10, "megapixels": 40}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        SVG,
        b'<?xml version="1.0"?>' + SVG,
        b"%PDF-1.7",
        b"BM" + bytes(100),
        encoded(drawing(), "TIFF"),
        encoded(drawing(), "ICO"),
        b"RIFF\x10\x00\x00\x00WAVEfmt ",
    ],
    ids=["empty", "svg", "xml", "pdf", "bmp", "tiff", "ico", "wave"],
)
def test_what_is_no_picture_of_ours_is_refused(raw: bytes) -> None:
    assert code_of(raw) == "asset.type"


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_file_that_was_cut_off_is_refused(name: str) -> None:
    raw = encoded(noise(200, 200), name)
    assert code_of(raw[: len(raw) // 2]) == "asset.broken"
    assert code_of(raw[:20]) in ("asset.broken", "asset.type")


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "GIF"])
@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8), st.data())
def test_a_file_of_any_bytes_is_read_or_refused(
    name: str, changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    raw = bytearray(encoded(drawing(24, 16), name))
    for at, value in changes:
        raw[at % len(raw)] = value
    cut = data.draw(st.integers(0, 40))
    assert outcome(bytes(raw[: len(raw) - cut])) in OUTCOMES


OUTCOMES = {"read", "asset.type", "asset.broken", "asset.large"}


def outcome(raw: bytes) -> str:
    try:
        opened(read_picture(raw))
    except Refused as refused:
        return refused.code
    return "read"
