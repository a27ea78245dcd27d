"""Playing recordings: sessions, the manifest, tracks with Range, lines, pictures, and who may."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom.store.recording_people import remove_kinds
from classroom.store.recordings import change_recording
from recording.playtime import merged
from recording.vault import VirtualFile
from tests.support.people import Answer, House
from tests.support.recording_owner import REC, Owned, played
from tests.support.recording_shelf import marker, store


@pytest.fixture
async def owned(home: House) -> Owned:
    return await Owned(home).begin()


async def test_a_manifest_tells_what_there_is(owned: Owned) -> None:
    base = await played(owned.owner)
    answer = await owned.owner.get(f"{base}/manifest.json")
    told = answer.json
    assert (told["id"], told["title"], told["may"]) == ("rec1", "Acids", "edit")
    assert [track["id"] for track in told["tracks"]] == [
        "lin-microphone",
        "lin-camera",
        "lin-screen",
        "bo-microphone",
    ]
    assert told["people"][1] == {"id": "bo", "name": "Bo", "kinds": ["voice"]}
    assert told["mix"]["duration_ms"] == told["duration_ms"] == 20_000
    assert told["main"] == [[0, "screen:lin-screen"], [20_000, "faces"]]
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    again = await owned.owner.get(
        f"{base}/manifest.json", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status == 304


async def test_a_track_is_served_whole_and_in_parts(owned: Owned) -> None:
    base = await played(owned.owner)
    manifest = (await owned.owner.get(f"{base}/manifest.json")).json
    for track in (manifest["mix"], *manifest["tracks"]):
        url = f"{base}/{track['url']}"
        whole = await owned.owner.get(url)
        assert whole.status == 200
        assert whole.headers["accept-ranges"] == "bytes"
        assert whole.headers["content-type"] in ("audio/webm", "video/webm")
        size = len(whole.body)
        for asked, start, stop in (
            ("0-1", 0, 2),
            ("100-", 100, size),
            ("-10", size - 10, size),
            (f"0-{size * 2}", 0, size),
        ):
            part = await owned.owner.get(url, headers={"Range": f"bytes={asked}"})
            assert part.status == 206
            assert part.body == whole.body[start:stop]
            assert part.headers["content-range"] == f"bytes {start}-{stop - 1}/{size}"
        beyond = await owned.owner.get(url, headers={"Range": f"bytes={size}-"})
        assert beyond.status == 416
        assert beyond.headers["content-range"] == f"bytes */{size}"
    assert marker("bo microphone", 19) in (await owned.owner.get(f"{base}/bo-microphone.webm")).body


async def test_nothing_opens_without_a_session(owned: Owned) -> None:
    await played(owned.owner)
    for address in ("/recorded/x/manifest.json", "/recorded//mix.webm", "/recorded/rec1/mix.webm"):
        assert (await owned.owner.get(address)).status == 404
    for method in ("POST", "PUT", "DELETE"):
        answer = await owned.owner.send(method, "/recorded/x/manifest.json")
        assert answer.status in (404, 405)


async def test_wrong_names_are_unknown(owned: Owned) -> None:
    base = await played(owned.owner)
    names = ("room.rj", "manifest.jsonl", "..%2fmanifest.json", "lin-ink.webm", "journal", "a.webm")
    for name in (*names, "asset-x", "asset-..", "captions-en.vtt", "lin-camera.index"):
        answer = await owned.owner.get(f"{base}/{name}")
        assert answer.status == 404, name


EVENTS = [
    {"ms": 0, "event": "joined", "pid": "lin", "name": "Lin", "role": "host"},
    {"ms": 10, "event": "joined", "pid": "bo", "name": "Bo", "role": "student"},
    {"ms": 5_000, "event": "turned", "page": {"id": "p1"}},
    {"ms": 6_000, "event": "mark", "title": "Acids"},
    {"ms": 12_000, "event": "hand", "pid": "bo", "is_up": True},
]


async def test_lines_are_told_in_order_and_packed(owned: Owned) -> None:
    shelf = owned.shelf
    await shelf.log("rec1", "room.rj", "", "room", EVENTS)
    said = {"id": "m1", "text": "你好 " * 400, "reply_to": None}
    await shelf.log("rec1", "people/lin.chat.rj", "lin", "chat", [{"ms": 900, **said}])
    put = {"ms": 70, "doc": "p1/1", "put": {"7.1": {"kind": "stroke"}}}
    await shelf.log("rec1", "people/lin.ink.rj", "lin", "ink", [put])
    base = await played(owned.owner)
    assert lines(await owned.owner.get(f"{base}/events.jsonl")) == EVENTS
    assert lines(await owned.owner.get(f"{base}/chat.jsonl")) == [{"ms": 900, **said, "pid": "lin"}]
    assert lines(await owned.owner.get(f"{base}/board.tape")) == [{**put, "by": "lin"}]
    packed = await owned.owner.get(f"{base}/chat.jsonl", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < 200
    manifest = (await owned.owner.get(f"{base}/manifest.json")).json
    assert manifest["main"] == [[0, "screen:lin-screen"], [20_000, "board"]]


def lines(answer: Answer) -> list[Any]:
    assert answer.status == 200, answer.body
    return [json.loads(line) for line in answer.body.splitlines()]


async def test_pictures_of_the_room_and_of_people(owned: Owned) -> None:
    await owned.shelf.picture("rec1", "abc", "", "room", b"\x89PNG of a slide")
    await owned.shelf.picture("rec1", "lin~screen~f", "lin", "screen", b"\xff\xd8 frozen")
    base = await played(owned.owner)
    slide = await owned.owner.get(f"{base}/asset-abc")
    assert (slide.status, slide.headers["content-type"]) == (200, "image/png")
    assert (await owned.owner.get(f"{base}/asset-lin~screen~f")).body == b"\xff\xd8 frozen"
    await remove_kinds("rec1", "lin", ["screen"])
    assert (await owned.owner.get(f"{base}/asset-lin~screen~f")).status == 404


async def test_who_is_removed_is_nowhere(owned: Owned) -> None:
    await owned.shelf.log("rec1", "room.rj", "", "room", EVENTS)
    base = await played(owned.owner)
    await remove_kinds("rec1", "bo", ["voice"])
    manifest = await owned.owner.get(f"{base}/manifest.json")
    assert b'"Bo"' not in manifest.body
    assert b"bo-microphone" not in manifest.body
    assert (await owned.owner.get(f"{base}/bo-microphone.webm")).status == 404
    assert b"bo" not in (await owned.owner.get(f"{base}/events.jsonl")).body


async def test_a_changed_file_is_not_shown(owned: Owned) -> None:
    folder = owned.home.doors.library.blobs.folder("rec1")
    base = await played(owned.owner)
    file = folder / "manifest.json"
    file.write_bytes(file.read_bytes().replace(b"lin-camera", b"lin-kamera"))
    answer = await owned.owner.get(f"{base}/manifest.json")
    assert (answer.status, answer.code) == (409, "recording.broken")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("recording", "recording.not_ready"),
        ("interrupted", "recording.not_ready"),
        ("processing", "recording.not_ready"),
        ("erasing", "recording.changing"),
        ("broken", "recording.broken"),
    ],
)
async def test_what_is_not_ready_is_not_played(owned: Owned, state: str, code: str) -> None:
    base = await played(owned.owner)
    await change_recording("rec1", state=state)
    answer = await owned.owner.post("/api/recordings/rec1/play", {})
    assert (answer.status, answer.code) == (409, code)
    answer = await owned.owner.get(f"{base}/mix.webm")
    assert (answer.status, answer.code) == (409, code)


async def test_who_is_in_class_catches_up_while_it_is_made(owned: Owned) -> None:
    await change_recording("rec1", state="recording")
    session = await owned.home.doors.library.intake.session_for("rec1", "kim", "Kim")
    somebody = owned.home.browser()
    mix = f"/recorded/{session}/mix.webm"
    assert (await somebody.get(mix)).status == 404, "they are not in the class"
    owned.home.live.inside.add((owned.room["id"], "kim"))
    assert (await somebody.get(mix)).status == 200
    told = (await somebody.get(f"/recorded/{session}/manifest.json")).json
    assert (told["may"], told["may_download"]) == ("watch", False)
    owned.home.live.inside.clear()
    assert (await somebody.get(mix)).status == 404, "they left, or were removed"
    owned.home.live.inside.add((owned.room["id"], "kim"))
    for state in ("erasing", "ready"):
        await change_recording("rec1", state=state)
        assert (await somebody.get(mix)).status == 404, state


async def test_deleting_ends_whoever_plays(owned: Owned) -> None:
    base = await played(owned.owner)
    folder = owned.home.doors.library.blobs.folder("rec1")
    assert (await owned.owner.get(f"{base}/mix.webm")).status == 200
    assert (await owned.owner.send("DELETE", "/api/recordings/rec1")).status == 204
    assert (await owned.owner.get(f"{base}/mix.webm")).status == 404
    assert not folder.exists()
    assert (await owned.owner.get("/api/recordings/rec1")).code == "recording.unknown"
    assert (await owned.owner.get("/api/recordings")).json == {"recordings": [], "has_more": False}


async def test_how_much_was_watched_is_counted(owned: Owned) -> None:
    base = await played(owned.owner)
    session = base.rsplit("/", 1)[1]
    said = {"session": session, "seconds": 30}
    for _ in range(2):
        answer = await owned.owner.post("/api/recordings/rec1/progress", said)
        assert answer.status == 204
    (view,) = (await owned.owner.get("/api/recordings/rec1/views")).json["views"]
    assert (view["name"], view["kind"], view["seconds"], view["share"]) == (
        "Mei",
        "watched",
        60,
        "",
    )
    wrong = await owned.owner.post("/api/recordings/rec2/progress", said)
    assert wrong.code == "recording.unknown"
    long = await owned.owner.post("/api/recordings/rec1/progress", {**said, "seconds": 61})
    assert long.status == 422


async def test_what_is_cut_out_is_sent_to_nobody(owned: Owned) -> None:
    await owned.shelf.log("rec1", "room.rj", "", "room", EVENTS)
    answer = await owned.owner.send("PATCH", "/api/recordings/rec1", {"cuts": [[5_200, 7_000]]})
    assert answer.json["cuts"] == [[5_000, 7_000]]
    base = await played(owned.owner)
    manifest = (await owned.owner.get(f"{base}/manifest.json")).json
    assert manifest["cuts"] == manifest["holes"] == [[5_000, 7_000]]
    assert manifest["tracks"][0]["voice"] == [[0, 5_000], [7_000, 20_000]]
    for track in (manifest["mix"], *manifest["tracks"]):
        body = (await owned.owner.get(f"{base}/{track['url']}")).body
        assert b" 4>" in body
        assert b" 7>" in body
        assert b" 5>" not in body
        assert b" 6>" not in body
    told = lines(await owned.owner.get(f"{base}/events.jsonl"))
    assert [(line["ms"], line["event"]) for line in told] == [
        (0, "joined"),
        (10, "joined"),
        (7_000, "turned"),
        (12_000, "hand"),
    ]
    whole = await played(owned.owner, whole=True)
    assert b" 5>" in (await owned.owner.get(f"{whole}/mix.webm")).body


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 19), st.integers(1, 8)), max_size=3),
    start=st.integers(0, 9_000),
    length=st.integers(1, 9_000),
)
def test_any_part_is_a_part_of_the_whole_so_cut(
    sealed: VirtualSet, cuts: list[tuple[int, int]], start: int, length: int
) -> None:
    film = sealed.film(cuts)
    whole = film.read(0, film.length)
    assert len(whole) == film.length
    assert film.read(start, start + length) == whole[start : start + length]
    pieces = asyncio.run(collected(film, start, min(start + length, film.length)))
    assert pieces == whole[start : start + length]
    for second in range(20):
        is_cut = any(begin <= second < begin + size for begin, size in cuts)
        assert (marker("all", second) in whole) is not is_cut


async def collected(film: VirtualFile, start: int, stop: int) -> bytes:
    return b"".join([piece async for piece in film.pieces(start, stop)])


class VirtualSet:
    """One sealed track, with any cuts."""

    def __init__(self, folder: Any) -> None:
        self.folder, self.key = folder, b"k" * 32
        self.index = store(folder, "rec1", "mix", self.key, 20, "audio/opus", "all")

    def film(self, cuts: list[tuple[int, int]]) -> VirtualFile:
        spans = merged((start * 1000, (start + size) * 1000) for start, size in cuts)
        return VirtualFile(self.folder, "mix", self.key, self.index, spans)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> VirtualSet:
    return VirtualSet(tmp_path_factory.mktemp("sealed"))


async def test_a_class_behind_one_address_opens_a_link_at_once(owned: Owned) -> None:
    _, token = await owned.share()
    for _ in range(30):
        pupil = await owned.guest("10.0.0.7")
        for _ in range(3):  # it was not ready yet
            assert (await pupil.post("/api/watch", {"share": token})).status == 200
        assert (await pupil.post(f"{REC}/play", {"share": token})).status == 200
