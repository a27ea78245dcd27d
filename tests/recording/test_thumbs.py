"""Thumbs: the main picture every five seconds, of those who are in it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media.journal.envelope import Tampered, open_whole
from recording.manifest import DERIVED_KEY, ROOM_KEY
from recording.thumbs import COLUMNS, POSTER, POSTER_FILE, SIZE, thumbs
from tests.recording.test_stepping import play
from tests.support.made_films import BLUE, GREEN, RED
from tests.support.recordings import Journals

PAGE = {"id": "p1", "name": "1", "paper": "blank", "width": 1280, "height": 720, "epoch": 0}


def order(journals: Journals) -> dict[str, Any]:
    tracks = [
        {"id": track.id, "pid": track.pid, "source": track.source, "key": track.key}
        for track in journals.tracks
    ]
    return {"tracks": tracks, "duration_ms": journals.duration_ms}


def opened(journals: Journals, name: str) -> Image.Image:
    path = journals.folder / name
    raw = open_whole(journals.keys[DERIVED_KEY], path.name, path.read_bytes())
    return Image.open(io.BytesIO(raw)).convert("RGB")


def colour(sheet: Image.Image, place: int) -> tuple[int, ...]:
    left, top = place % COLUMNS * SIZE[0], place // COLUMNS * SIZE[1]
    pixel = sheet.getpixel((left + SIZE[0] // 2, top + SIZE[1] // 2))
    assert isinstance(pixel, tuple)
    return pixel


def is_mostly(pixel: tuple[int, ...], channel: int) -> bool:
    return pixel[channel] == max(pixel) and pixel[channel] > 1.3 * sorted(pixel)[1]


def nothing(percent: int) -> None:
    pass


def test_each_shows_what_was_to_be_seen(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    small = (96, 64)
    journals.sound("ada", 0, 22_000, level=30)
    journals.picture("ada", 0, 22_000, colour=BLUE, size=small)
    journals.picture("ben", 0, 22_000, colour=GREEN, size=small)
    journals.picture("ben", 9_000, 19_000, source="screen", colour=RED, size=small)
    journals.lines(
        "room.rj",
        ROOM_KEY,
        [
            {"ms": 1, "seq": 1, "event": "stage", "screen_of": ""},
            {"ms": 9_000, "seq": 2, "event": "stage", "screen_of": "ben"},
            {"ms": 19_000, "seq": 3, "event": "stage", "screen_of": ""},
        ],
    )
    play(journals)
    percents: list[int] = []
    done = thumbs(tmp_path, journals.rec, journals.keys, order(journals), percents.append)
    assert done["thumbs"] >= 4
    assert percents == [99]
    sheet = opened(journals, "thumbs/sprite-0")
    assert sheet.size == (SIZE[0] * COLUMNS, SIZE[1])
    assert is_mostly(colour(sheet, 1), 2)  # who speaks
    assert is_mostly(colour(sheet, 2), 0)
    assert is_mostly(colour(sheet, 3), 0)
    assert is_mostly(colour(sheet, 4), 2)
    assert opened(journals, POSTER_FILE).size == POSTER
    with pytest.raises(Tampered):
        open_whole(journals.keys[DERIVED_KEY], "other", (tmp_path / POSTER_FILE).read_bytes())


def test_without_anything_to_see_there_is_an_empty_sheet(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    journals.sound("ada", 0, 4_000)
    play(journals)
    assert thumbs(tmp_path, journals.rec, journals.keys, order(journals), nothing)["thumbs"] == 0
    assert not (tmp_path / POSTER_FILE).exists()


def test_who_has_no_key_is_not_to_be_seen(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    journals.picture("ada", 0, 6_000, colour=BLUE)
    journals.picture("ben", 0, 6_000, colour=RED)
    play(journals)
    del journals.keys["ada/camera"]
    thumbs(tmp_path, journals.rec, journals.keys, order(journals), nothing)
    assert is_mostly(colour(opened(journals, "thumbs/sprite-0"), 1), 0)


def test_a_picture_that_claims_to_be_huge_is_left_out(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    huge = b"\x10\x02\x00\x9d\x01\x2a" + b"\xff\x3f\xff\x3f" + bytes(400)
    frames = [(40.0 * at, huge, True) for at in range(150)]
    journals.write("ada", "camera", "video/VP8", frames, 0)
    play(journals)
    assert thumbs(tmp_path, journals.rec, journals.keys, order(journals), nothing)["thumbs"] == 0
