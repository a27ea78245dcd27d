"""Previews are small, upright, and say nothing beside their pixels."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from classroom.blobs import previews
from classroom.blobs.pictures import SCANNED_MAX, read_picture
from classroom.blobs.previews import SIDE_MAX, read_preview
from classroom.blobs.scans import count_scans
from classroom.errors import Refused


def kept(folder: Path, image: Image.Image, kind: str, **more: object) -> Path:
    path = folder / "draft"
    image.save(path, kind, **more)
    return path


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_preview_is_small(tmp_path: Path, kind: str) -> None:
    preview = read_preview(kept(tmp_path, Image.new("RGB", (1600, 800), "red"), kind))
    assert preview is not None
    assert (preview.width, preview.height) == (1600, 800)
    shown = Image.open(io.BytesIO(preview.content))
    assert (shown.format, shown.size) == ("WEBP", (SIDE_MAX, SIDE_MAX // 2))


def test_a_photograph_is_turned_and_tells_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "where I live"
    path = kept(tmp_path, Image.new("RGB", (80, 40)), "JPEG", exif=exif)
    preview = read_preview(path)
    assert preview is not None
    assert (preview.width, preview.height) == (40, 80)
    assert b"where I live" in path.read_bytes()
    assert b"where I live" not in preview.content
    assert Image.open(io.BytesIO(preview.content)).size == (40, 80)


def test_too_many_pixels_are_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "PIXELS_MAX", 99)
    assert read_preview(kept(tmp_path, Image.new("L", (10, 10)), "PNG")) is None
    assert read_preview(kept(tmp_path, Image.new("L", (9, 11)), "PNG")) is not None


def test_a_picture_that_is_gone_over_too_often_is_not_decoded(tmp_path: Path) -> None:
    noise = Image.effect_noise((256, 256), 90)
    path = kept(tmp_path, noise, "JPEG", progressive=True, quality=30)
    whole = path.read_bytes()
    at = whole.rindex(b"\xff\xda")
    scan = whole[at : whole.index(b"\xff\xd9", at)]
    many = SCANNED_MAX // (256 * 256) + 1
    path.write_bytes(whole[:-2] + scan[:12] * many + whole[-2:])
    assert read_preview(path) is None
    with pytest.raises(Refused, match=r"asset\.broken"):
        read_picture(path.read_bytes())
    path.write_bytes(whole)
    assert read_preview(path) is not None


def test_only_the_scans_of_a_photograph_count(tmp_path: Path) -> None:
    film = b"\xff\xda" * 20_000
    photo = kept(tmp_path, Image.new("RGB", (2000, 1000)), "JPEG", comment=b"\xff\xda" * 90)
    photo.write_bytes(photo.read_bytes() + film)  # as phones do
    assert read_preview(photo) is not None
    assert read_picture(photo.read_bytes()).width == 2000
    screen = kept(tmp_path, Image.new("RGB", (2000, 1000)), "PNG")
    screen.write_bytes(screen.read_bytes() + film)
    assert read_preview(screen) is not None
    assert read_picture(screen.read_bytes()).width == 2000


@pytest.mark.parametrize(
    ("content", "scans"),
    [
        (b"", 0),
        (b"\xff\xd8\xff\xda\x00\x02..\xff\x00\xff\xd0\xff\xd9", 1),
        (b"\xff\xd8" + b"\xff\xda\x00\x02." * 3 + b"\xff\xd9\xff\xda\x00\x02", 3),
        (b"\xff\xd8\xff\xe1\x00\x06\xff\xda\x00\x02\xff\xff\xda\x00\x02", 1),
        (b"\xff\xd8" + b"\xff\xda\x00\x02" * 30_000, 10_000),
        (b"\xff\xd8\xff\xe1\xff", 0),
    ],
)
def test_scans_are_counted(content: bytes, scans: int) -> None:
    assert count_scans(content) == scans


def test_a_broken_picture_is_refused(tmp_path: Path) -> None:
    path = kept(tmp_path, Image.effect_noise((64, 64), 50), "PNG")
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(Refused, match=r"file\.broken"):
        read_preview(path)
