"""What a camera said is gone, and the picture is the one that was sent."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from classroom.blobs.previews import read_preview
from classroom.blobs.traces import blank_file

SECRET = "52 Gorky Street"
EXIF = Image.Exif()
EXIF[0x0112] = 6
EXIF[0x010E] = SECRET
EXIF.get_ifd(0x8825)[2] = (55.0, 45.0, 7.5)
PICTURE = Image.effect_noise((64, 40), 60).convert("RGB")
KINDS = ("image/jpeg", "image/png", "image/webp", "video/mp4", "video/quicktime", "image/gif")


def blanked(folder: Path, content: bytes, media: str) -> bytes:
    path = folder / "draft"
    path.write_bytes(content)
    blank_file(path, media)
    after = path.read_bytes()
    assert len(after) == len(content)
    return after


def picture(form: str, **more: object) -> bytes:
    out = io.BytesIO()
    PICTURE.save(out, form, exif=EXIF, **more)
    return out.getvalue()


def pixels(content: bytes) -> bytes:
    return Image.open(io.BytesIO(content)).convert("RGB").tobytes()


def png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    words.add_text("Place", SECRET * 9, zip=True)
    words.add_itxt("Where", SECRET)
    return picture("PNG", pnginfo=words)


MADE = {
    "image/jpeg": picture("JPEG", comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode()),
    "image/png": png(),
    "image/webp": picture("WEBP", xmp=f"<x>{SECRET}</x>".encode(), lossless=True),
}


@pytest.mark.parametrize("media", MADE)
def test_a_picture_keeps_its_pixels_and_which_side_is_up(tmp_path: Path, media: str) -> None:
    assert SECRET.encode() in MADE[media]
    after = blanked(tmp_path, MADE[media], media)
    assert SECRET.encode() not in after
    shown = Image.open(io.BytesIO(after))
    shown.load()
    assert dict(shown.getexif()) == {0x0112: 6}
    assert SECRET not in str(shown.info)
    assert pixels(after) == pixels(MADE[media])
    preview = read_preview(tmp_path / "draft")
    assert preview is not None
    assert (preview.width, preview.height) == (40, 64)


def test_the_second_picture_and_the_film_of_a_phone_tell_nothing_either(tmp_path: Path) -> None:
    one = MADE["image/jpeg"]
    after = blanked(
        tmp_path, one + b"\xff\xff" + one + box(b"ftyp", b"isom") + film(), "image/jpeg"
    )
    assert SECRET.encode() not in after
    assert pixels(after) == pixels(one)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack("!I4s", 8 + len(content), kind) + content


def film() -> bytes:
    said = box(b"udta", box(b"\xa9xyz", SECRET.encode()))
    return box(b"moov", box(b"mvhd", bytes(100)) + box(b"trak", said) + said) + box(
        b"uuid", SECRET.encode()
    )


@pytest.mark.parametrize("media", ["video/mp4", "video/quicktime"])
def test_a_film_still_plays(tmp_path: Path, media: str) -> None:
    path = tmp_path / ("film.mp4" if media == "video/mp4" else "film.mov")
    with av.open(path, "w") as made:
        made.metadata.update({"location": "+55.7522+037.6156/", "comment": SECRET})
        stream = made.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 40, "yuv420p"
        for _ in range(5):
            made.mux(stream.encode(av.VideoFrame.from_image(PICTURE)))
        made.mux(stream.encode(None))
    before = path.read_bytes()
    assert SECRET.encode() in before
    after = blanked(tmp_path, before, media)
    assert SECRET.encode() not in after
    assert b"+55.7522" not in after
    with av.open(io.BytesIO(after)) as shown:
        assert len(list(shown.decode(video=0))) == 5
        assert not {"location", "comment"} & set(shown.metadata)


def test_boxes_without_end_are_left_alone(tmp_path: Path) -> None:
    deep = b""
    for _ in range(3000):
        deep = box(b"moov", deep)
    assert blanked(tmp_path, box(b"ftyp", b"isom") + deep, "video/mp4").endswith(deep)
    empty = box(b"ftyp", b"isom") + bytes(64)
    assert blanked(tmp_path, empty, "video/mp4") == empty


@given(st.sampled_from(KINDS), st.binary(min_size=1, max_size=80), st.integers(0, 400))
def test_whatever_comes_is_no_fault(
    tmp_path_factory: pytest.TempPathFactory, media: str, noise: bytes, at: int
) -> None:
    whole = {**MADE, "video/mp4": film(), "video/quicktime": film()}.get(media, b"GIF89a")
    folder = tmp_path_factory.getbasetemp()
    blanked(folder, whole[:at] + noise + whole[at + len(noise) :], media)
