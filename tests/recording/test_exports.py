"""Files to take away, out of a recording's folder: what is in them, and who is not."""

from __future__ import annotations

import asyncio
import errno
import io
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import av
import pytest
from PIL import Image

from media.journal.envelope import Header, Sealer, pack_header, seal_whole
from recording.crew import Crew
from recording.errors import Broken, Damaged
from recording.exporting import Order, export, file_name, sealed_name
from recording.manifest import DERIVED_KEY, ROOM_KEY, key_name
from recording.parcel import ParcelReader, ParcelWriter
from recording.shelf import Recorded
from tests.support.made_films import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    beeping,
    beeps_of,
    coded,
    colour_at,
    even,
    film,
    is_like,
    pictures_of,
)
from tests.support.recorded_films import store_film, store_mix

REC = "rec1"
END = 4_000
OVERHEAD = 14 + len('{"name":"rec1/exports/x1"}') + 20
"""Of a file of one chunk: its header, and what a chunk takes."""
SMALL = (160, 90)
MAIN = (100, 100)
CORNER = (1_200, 650)
KEYS = {
    key_name("ann", "camera"): bytes([1]) * 32,
    key_name("bob", "screen"): bytes([2]) * 32,
    key_name("ann", "ink"): bytes([3]) * 32,
    key_name("bob", "ink"): bytes([4]) * 32,
    ROOM_KEY: bytes([8]) * 32,
    DERIVED_KEY: bytes([9]) * 32,
}
TRACKS = (
    Recorded("a1", "ann", "camera", key_name("ann", "camera")),
    Recorded("s1", "bob", "screen", key_name("bob", "screen")),
)


def log(path: Path, key: bytes, *lines: dict[str, object]) -> None:
    """A log of lines as a class writes it."""
    path.parent.mkdir(exist_ok=True)
    header = pack_header(Header({}))
    sealer = Sealer(key, header)
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    path.write_bytes(header + sealer.seal(data, is_last=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ann's face is red, Bob's screen is blue and then green; it beeps where it turns green."""
    screen = film(even(lambda ms: BLUE if ms < 2_000 else GREEN, (0, END), SMALL, 10))
    face = film(even(lambda ms: RED, (1_000, END), SMALL, 10))
    store_film(tmp_path, REC, "s1", KEYS[key_name("bob", "screen")], screen)
    store_film(tmp_path, REC, "a1", KEYS[key_name("ann", "camera")], face, 1_000)
    host = {"ms": 0, "event": "joined", "pid": "ann", "role": "host"}
    log(tmp_path / "room.rj", KEYS[ROOM_KEY], host)
    store_mix(tmp_path, REC, KEYS[DERIVED_KEY], beeping([2_000], END))
    return tmp_path


def ordered(form: str = "mp4", **more: object) -> dict[str, object]:
    order = Order("x1", REC, form, END, tracks=TRACKS)
    return asdict(order) | more


def made(folder: Path, order: Mapping[str, object], keys: Mapping[str, bytes] = KEYS) -> io.BytesIO:
    said = export(folder, keys, order, lambda percent: None)
    parcel = ParcelReader(folder / file_name("x1"), KEYS[DERIVED_KEY], sealed_name(REC, "x1"))
    assert said == {"bytes": parcel.length}
    return io.BytesIO(parcel.read(0, parcel.length))


@pytest.fixture
def drawn(folder: Path) -> Path:
    """From 1 s to 3 s the class is on a page; Ann fills it, Bob draws a line across it."""
    page = {"id": "p1", "epoch": 0, "paper": "plain", "width": 1280, "height": 720}
    log(
        folder / "room.rj",
        KEYS[ROOM_KEY],
        {"ms": 0, "event": "stage", "screen_of": "bob", "board": False},
        {"ms": 1_000, "event": "turned", "page": page},
        {"ms": 1_000, "event": "stage", "screen_of": "bob", "board": True},
        {"ms": 3_000, "event": "stage", "screen_of": "bob", "board": False},
    )
    common = {"at": 1, "m": [1, 0, 0, 1, 0, 0], "z": "a0", "sw": 40, "ds": 0, "c": "#c0392b"}
    box = {"x": 0, "y": 0, "w": 1280, "h": 720}
    filled = {**common, **box, "t": "rect", "fill": "#2f62c4", "by": "ann"}
    across = {**common, **box, "t": "line", "by": "bob", "z": "b0"}
    for pid, item in (("ann", filled), ("bob", across)):
        line = {"ms": 1_500, "doc": "p1/0", "put": {f"{pid}-1": item}}
        log(folder / "people" / f"{pid}.ink.rj", KEYS[key_name(pid, "ink")], line)
    return folder


def test_the_board_is_in_it_as_it_was_drawn(drawn: Path) -> None:
    frames = dict(pictures_of(made(drawn, ordered(layout="main"))))

    white, crossed = (320, 540), (640, 360)
    assert is_like(colour_at(frames[800], crossed), BLUE)
    assert is_like(colour_at(frames[1_320], crossed), WHITE)
    assert colour_at(frames[2_400], white)[1] > 150
    assert colour_at(frames[2_400], crossed)[2] > 170
    assert is_like(colour_at(frames[3_400], crossed), GREEN)


def over(folder: Path, *deeds: dict[str, object]) -> None:
    """Ann crosses out Bob's screen at 500 ms, with ink of which these deeds are told."""
    page = {"id": "ink", "epoch": 0, "kind": "ink", "width": None, "height": None}
    lines = [{"event": "ink", "of": "bob", "page": page, **deed} for deed in deeds]
    log(folder / "room.rj", KEYS[ROOM_KEY], *lines)
    common = {"at": 1, "m": [1, 0, 0, 1, 0, 0], "z": "a0", "sw": 40, "ds": 0, "c": "#ffffff"}
    across = {**common, "x": 0, "y": 360, "w": 1280, "h": 0, "t": "line", "by": "ann"}
    line = {"ms": 500, "doc": "ink/0", "put": {"ann-1": across}}
    log(folder / "people" / "ann.ink.rj", KEYS[key_name("ann", "ink")], line)


def is_crossed(file: io.BytesIO) -> dict[int, bool]:
    """Whether the middle of the picture is white, by ms."""
    return {ms: is_like(colour_at(frame, (640, 360)), WHITE) for ms, frame in pictures_of(file)}


def test_ink_over_a_screen_is_there_until_it_ends(folder: Path) -> None:
    over(
        folder,
        {"ms": 0, "deed": "begun", "look": "stay"},
        {"ms": 2_400, "deed": "ended", "look": "stay", "of": "", "page": None},
    )
    seen = is_crossed(made(folder, ordered(layout="main")))

    assert [seen[ms] for ms in (400, 800, 2_200, 2_800)] == [False, True, True, False]


def test_ink_that_goes_by_itself_is_seen_as_long_as_in_class(folder: Path) -> None:
    over(folder, {"ms": 0, "deed": "begun", "look": "fade"})
    long = film(even(lambda ms: BLUE, (0, 8_000), SMALL, 5))
    for file in (folder / "tracks").glob("s1.*"):
        file.unlink()
    store_film(folder, REC, "s1", KEYS[key_name("bob", "screen")], long)
    seen = is_crossed(made(folder, ordered(layout="main", duration_ms=7_000)))

    assert [seen[ms] for ms in (400, 800, 5_400, 5_800)] == [False, True, True, False]


def test_ink_over_a_screen_without_a_key_is_not_painted(folder: Path) -> None:
    over(folder, {"ms": 0, "deed": "begun", "look": "stay"})
    keys = {name: key for name, key in KEYS.items() if name != key_name("ann", "ink")}

    assert not any(is_crossed(made(folder, ordered(layout="main"), keys)).values())


def test_ink_of_another_share_is_not_over_this_one(folder: Path) -> None:
    over(folder, {"ms": 0, "deed": "begun", "look": "stay", "of": "cleo"})

    assert not any(is_crossed(made(folder, ordered(layout="main"))).values())


def test_a_frozen_screen_is_a_page_with_its_picture(folder: Path) -> None:
    page = {"id": "p2", "epoch": 0, "width": 1280, "height": 720}
    frozen, key = "bob~screen~f1", key_name("bob", "screen")
    log(
        folder / "room.rj",
        KEYS[ROOM_KEY],
        {"ms": 0, "event": "turned", "page": page},
        {"ms": 0, "event": "stage", "screen_of": "bob", "board": True},
        {"ms": 0, "event": "ink", "deed": "frozen", "page": page | {"backdrop": frozen}},
    )
    picture = io.BytesIO()
    Image.new("RGB", (64, 36), (255, 0, 0)).save(picture, "PNG")
    (folder / "assets").mkdir()
    sealed = seal_whole(KEYS[key], frozen, picture.getvalue())
    (folder / "assets" / frozen).write_bytes(sealed)

    others = {name: one for name, one in KEYS.items() if name != key}
    for keys, colour in ((KEYS, RED), (others, WHITE)):
        frames = dict(pictures_of(made(folder, ordered(layout="main"), keys)))
        assert is_like(colour_at(frames[1_000], (640, 360)), colour)


def test_ink_without_a_key_is_not_painted(drawn: Path) -> None:
    keys = {name: key for name, key in KEYS.items() if name != key_name("ann", "ink")}
    frames = dict(pictures_of(made(drawn, ordered(layout="main"), keys)))

    assert is_like(colour_at(frames[2_400], (320, 540)), WHITE)
    assert colour_at(frames[2_400], (640, 360))[2] > 170


def test_a_film_of_the_class_has_the_screen_the_face_and_the_beep(folder: Path) -> None:
    told: list[int] = []
    export(folder, KEYS, ordered(), told.append)
    file = made(folder, ordered())

    frames = dict(pictures_of(file))
    assert is_like(colour_at(frames[1_000], MAIN), BLUE)
    assert is_like(colour_at(frames[3_000], MAIN), GREEN)
    assert is_like(colour_at(frames[400], CORNER), BLUE)  # her camera was off
    assert is_like(colour_at(frames[3_000], CORNER), RED)
    file.seek(0)
    assert beeps_of(file) == pytest.approx([2_000], abs=30)
    file.seek(0)
    with av.open(file) as container:
        assert (container.duration or 0) / 1e6 == pytest.approx(END / 1000, abs=0.1)
    assert told == sorted(set(told))
    assert told[-1] <= 99


def test_who_has_no_key_any_more_is_nowhere_in_it(folder: Path) -> None:
    keys = {name: key for name, key in KEYS.items() if not name.startswith("ann")}
    file = made(folder, ordered(), keys)

    assert not any(is_like(colour_at(frame, CORNER), RED) for _, frame in pictures_of(file))


def test_a_screen_as_it_was_sent(folder: Path) -> None:
    sent = coded(even(lambda ms: BLUE, (0, 3_800), SMALL, 10), "libvpx-vp9")
    for file in (folder / "tracks").glob("s1.*"):
        file.unlink()
    key = KEYS[key_name("bob", "screen")]
    store_film(folder, REC, "s1", key, sent, 200, mime="video/VP9")
    made_of = made(folder, ordered("copy"))

    with av.open(made_of) as container:
        assert container.streams.video[0].codec_context.name.endswith("vp9")
        assert (container.duration or 0) / 1e6 == pytest.approx(END / 1000, abs=0.1)
    made_of.seek(0)
    frames = dict(pictures_of(made_of))
    assert min(frames) == 200
    assert all(is_like(colour_at(frame, (20, 20)), BLUE) for frame in frames.values())
    made_of.seek(0)
    assert beeps_of(made_of) == pytest.approx([2_000], abs=30)


def test_what_cannot_be_copied_is_no_export(folder: Path) -> None:
    with pytest.raises(Broken):
        export(folder, KEYS, ordered("copy"), lambda percent: None)

    assert not (folder / file_name("x1")).exists()


def test_the_sound_alone(folder: Path) -> None:
    file = made(folder, ordered("sound", holes=[[0, 1_000]]))

    assert beeps_of(file) == pytest.approx([1_000], abs=30)
    file.seek(0)
    with av.open(file) as container:
        assert not container.streams.video


def test_a_class_in_which_nothing_was_recorded_is_a_quiet_film(tmp_path: Path) -> None:
    file = made(tmp_path, ordered(duration_ms=400))

    assert len(list(pictures_of(file))) == 10


def test_nothing_lies_in_clear_and_nothing_but_the_export_is_left(folder: Path) -> None:
    before = {path for path in folder.rglob("*") if path.is_file()}
    made(folder, ordered())
    left = {path for path in folder.rglob("*") if path.is_file()} - before

    assert left == {folder / file_name("x1")}
    data = (folder / file_name("x1")).read_bytes()
    assert b"ftyp" not in data
    assert b"moov" not in data


def test_a_full_disk_leaves_nothing_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int, data: bytes, at: int) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("recording.parcel.os.pwrite", full)
    with pytest.raises(Broken) as broken:
        export(folder, KEYS, ordered(), lambda percent: None)

    assert broken.value.reason == "storage"
    assert not (folder / file_name("x1")).exists()


def test_tracks_that_were_changed_make_no_export(folder: Path) -> None:
    body = folder / "tracks" / "s1.body"
    data = bytearray(body.read_bytes())
    data[len(data) // 2] ^= 1
    body.write_bytes(data)

    with pytest.raises(Damaged):
        export(folder, KEYS, ordered(), lambda percent: None)
    assert not (folder / file_name("x1")).exists()


async def test_a_child_makes_it_and_tells_how_far_it_is(folder: Path) -> None:
    crew, told = Crew(), list[int]()
    try:
        said = await crew.run("export", REC, folder, KEYS, ordered(), told.append)
    finally:
        await crew.close()

    assert said["bytes"] == (folder / file_name("x1")).stat().st_size - OVERHEAD
    assert told
    assert told == sorted(told)


async def test_a_child_that_is_not_wanted_any_more_leaves_nothing_that_opens(folder: Path) -> None:
    crew, is_at_it = Crew(), asyncio.Event()
    order = ordered(duration_ms=3_600_000)
    work = crew.run("export", REC, folder, KEYS, order, lambda percent: is_at_it.set())
    task = asyncio.create_task(work)
    async with asyncio.timeout(20):
        await is_at_it.wait()
    task.cancel()
    await asyncio.wait((task,))
    await crew.close()

    with pytest.raises(Damaged):
        ParcelReader(folder / file_name("x1"), KEYS[DERIVED_KEY], sealed_name(REC, "x1"))


def test_a_killed_one_is_made_anew(folder: Path) -> None:
    ParcelWriter(folder / file_name("x1"), KEYS[DERIVED_KEY], {"name": "half"}).close()

    assert list(pictures_of(made(folder, ordered())))
