"""Recordings to take away: ordered, made, fetched by a ticket, and gone with who is taken out."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.jobs import exports as exports_module
from classroom.jobs.erasing import ERASE_JOB
from classroom.store.consent import lines_of
from classroom.store.jobs import NewJob, add_jobs
from classroom.store.recording_captions import CaptionRow, put_caption
from classroom.store.recording_exports import change_export, exports_of
from classroom.store.recording_people import remove_kinds
from classroom.store.recording_shares import views_of
from classroom.store.recordings import change_recording, find_recording, move_recording
from recording.errors import Broken
from tests.support.export_maker import MakerTwin
from tests.support.people import Answer, Browser, House
from tests.support.recording_owner import REC, Owned

EXPORTS = f"{REC}/exports"
FILM = {"form": "mp4"}
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:02.000
before

00:00:05.200 --> 00:00:05.800
cut out
"""


@dataclass
class Desk:
    """An owner with a recording, and whoever makes files of it."""

    owned: Owned
    maker: MakerTwin

    @property
    def owner(self) -> Browser:
        return self.owned.owner

    async def ordered(self, **wish: Any) -> dict[str, Any]:
        answer = await self.owner.post(EXPORTS, {**FILM, **wish})
        assert answer.status in (200, 202), answer.body
        told: dict[str, Any] = answer.json
        return told

    async def listed(self) -> list[dict[str, Any]]:
        answer = await self.owner.get(EXPORTS)
        assert answer.status == 200, answer.body
        found: list[dict[str, Any]] = answer.json["exports"]
        return found

    async def settled(self, state: str) -> dict[str, Any]:
        """The newest, once it is in this state."""
        async with asyncio.timeout(20):
            while True:
                found = await self.listed()
                if found and found[0]["state"] == state:
                    return found[0]
                await asyncio.sleep(0.01)

    async def ticket(self, export_id: str, **body: Any) -> Answer:
        return await self.owner.post(f"{EXPORTS}/{export_id}/ticket", body)

    async def fetched(self, export_id: str, **headers: str) -> Answer:
        url = (await self.ticket(export_id)).json["url"]
        return await self.owner.get(url, headers=headers)

    def files(self) -> list[str]:
        folder = self.owned.home.doors.library.blobs.folder("rec1") / "exports"
        return sorted(path.name for path in folder.glob("*"))


@pytest.fixture
async def desk(home: House) -> AsyncIterator[Desk]:
    owned = await Owned(home).begin()
    maker = MakerTwin()
    home.doors.exports.making.maker = maker
    await home.doors.exports.start()
    yield Desk(owned, maker)
    await home.doors.exports.close()


async def test_a_film_is_ordered_made_and_fetched(desk: Desk) -> None:
    answer = await desk.owner.post(EXPORTS, FILM)
    assert answer.status == 202
    assert (answer.json["state"], answer.json["name"]) == ("waiting", "Acids 2026-03-01.mp4")
    made = await desk.settled("ready")
    assert (made["progress"], made["bytes"], made["layout"]) == (100, 6, "speaker")

    film = await desk.fetched(made["id"])
    assert (film.status, film.body) == (200, b"a film")
    assert film.headers["content-type"] == "video/mp4"
    assert quote("Acids 2026-03-01.mp4") in film.headers["content-disposition"]
    assert film.headers["cache-control"] == "private, no-store"
    part = await desk.fetched(made["id"], Range="bytes=2-3")
    assert (part.status, part.body) == (206, b"fi")


async def test_who_is_in_it_is_told_to_whoever_makes_it_and_nobody_else(desk: Desk) -> None:
    await remove_kinds("rec1", "lin", ["camera"])
    await change_recording("rec1", cuts=[(5_000, 6_000)])
    await desk.ordered(from_ms=1_000, to_ms=15_000, height=1080, layout="main")
    await desk.settled("ready")
    (order,) = desk.maker.orders

    assert [track["id"] for track in order["tracks"]] == [
        "lin-microphone",
        "lin-screen",
        "bo-microphone",
    ]
    assert order["holes"] == [[0, 1_000], [5_000, 6_000], [15_000, 20_000]]
    assert order["names"] == {"lin": "Lin", "bo": "Bo"}
    assert (order["layout"], order["height"], order["title"]) == ("main", 1080, "Acids")
    assert "lin/camera" not in desk.maker.keys[0]
    assert {"/room", "/derived", "lin/screen", "bo/voice"} <= desk.maker.keys[0]


async def test_the_same_is_made_once(desk: Desk) -> None:
    first = await desk.ordered()
    await desk.settled("ready")
    answer = await desk.owner.post(EXPORTS, FILM)

    assert (answer.status, answer.json["id"]) == (200, first["id"])
    assert (await desk.ordered(layout="main"))["id"] != first["id"]
    await desk.settled("ready")
    assert len(desk.maker.orders) == 2


async def test_it_tells_how_far_it_is_and_is_stopped(desk: Desk) -> None:
    desk.maker.may_go_on.clear()
    made = await desk.ordered()
    await desk.maker.begun.wait()
    making = await desk.settled("making")
    assert making["progress"] == 40
    assert making["left_s"] is not None

    assert (await desk.owner.send("DELETE", f"{EXPORTS}/{made['id']}")).status == 204
    assert desk.maker.cancelled == 1
    assert await desk.listed() == []
    assert desk.files() == []
    again = await desk.owner.send("DELETE", f"{EXPORTS}/{made['id']}")
    assert (again.status, again.json["code"]) == (404, "recording.export_unknown")


async def test_a_ticket_is_for_the_one_who_has_it_first(desk: Desk, home: House) -> None:
    await desk.ordered()
    made = await desk.settled("ready")
    url = (await desk.ticket(made["id"])).json["url"]
    assert (await desk.owner.get(url)).status == 200
    assert (await desk.owner.get(url)).status == 200  # a broken download goes on

    elsewhere = await desk.owned.guest("10.9.9.9")
    refused = await elsewhere.get(url)
    assert (refused.status, refused.json["code"]) == (404, "recording.export_unknown")
    assert (await desk.owner.get("/recorded/take/nothing")).status == 404


async def test_what_is_fetched_is_written_down_once(desk: Desk) -> None:
    await desk.ordered()
    made = await desk.settled("ready")
    url = (await desk.ticket(made["id"])).json["url"]
    for _ in range(2):
        await desk.owner.get(url)

    kinds = [view.kind for view in await views_of("rec1", limit=10)]
    assert sorted(kinds) == ["downloaded", "exported"]
    deeds = [line.deed.deed for line in await lines_of("rec1")]
    assert [deed for deed in deeds if deed in ("exported", "downloaded")] == kinds[::-1]


async def test_others_know_nothing_of_it(desk: Desk) -> None:
    await desk.ordered()
    made = await desk.settled("ready")
    stranger, guest = await desk.owned.stranger(), await desk.owned.guest()
    for browser in (stranger, guest):
        answers = [
            await browser.get(EXPORTS),
            await browser.post(EXPORTS, FILM),
            await browser.post(f"{EXPORTS}/{made['id']}/ticket", {}),
            await browser.post(f"{EXPORTS}/data/ticket", {}),
            await browser.send("DELETE", f"{EXPORTS}/{made['id']}"),
            await browser.post(f"{EXPORTS}/listed", {"session": "x"}),
        ]
        assert all(answer.status in (401, 404) for answer in answers)
    host = await desk.owned.host()
    assert (await host.post(EXPORTS, FILM)).status == 200


@pytest.mark.parametrize("may", [True, False])
async def test_a_link_lets_take_it_away_when_it_says_so(desk: Desk, may: bool) -> None:
    await desk.ordered()
    made = await desk.settled("ready")
    share_id, token = await desk.owned.share(may_download=may)
    guest = await desk.owned.guest()
    play = (await guest.post(f"{REC}/play", {"share": token})).json
    shown = {"session": play["session"]}

    listed = await guest.post(f"{EXPORTS}/listed", shown)
    assert listed.status == (200 if may else 404)
    ticket = await guest.post(f"{EXPORTS}/{made['id']}/ticket", shown)
    assert ticket.status == (200 if may else 404)
    assert (await guest.post(EXPORTS, {**FILM, **shown})).status == (200 if may else 404)
    if may:
        url = ticket.json["url"]
        assert (await guest.get(url)).body == b"a film"
        await desk.owner.send("DELETE", f"{REC}/shares/{share_id}")
        assert (await guest.get(url)).status == 404


async def test_who_is_taken_out_ends_it_and_all_that_was_made(desk: Desk) -> None:
    await desk.ordered()
    made = await desk.settled("ready")
    url = (await desk.ticket(made["id"])).json["url"]
    desk.maker.may_go_on.clear()
    desk.maker.begun.clear()
    await desk.ordered(layout="main")
    await desk.maker.begun.wait()
    assert await move_recording("rec1", to="erasing", out_of=("ready",))

    async with asyncio.timeout(20):
        await desk.maker.ended.wait()
    assert (await desk.owner.get(url)).json["code"] == "recording.changing"
    refused = await desk.owner.post(EXPORTS, FILM)
    assert (refused.status, refused.json["code"]) == (409, "recording.changing")
    await move_recording("rec1", to="ready", out_of=("erasing",))
    await desk.owned.home.doors.library.keys.replace("rec1", "", "derived")
    assert (await desk.fetched(made["id"])).json["code"] == "recording.broken"


async def test_other_cuts_end_what_was_made_with_these(desk: Desk) -> None:
    await desk.ordered()
    made = await desk.settled("ready")
    url = (await desk.ticket(made["id"])).json["url"]
    await change_recording("rec1", cuts=[(0, 2_000)])

    assert (await desk.owner.get(url)).json["code"] == "recording.export_unknown"
    assert await desk.listed() == []
    assert desk.files() == []


async def test_other_cuts_end_what_is_made_just_now(desk: Desk) -> None:
    desk.maker.may_go_on.clear()
    await desk.ordered()
    await desk.maker.begun.wait()
    await change_recording("rec1", cuts=[(0, 2_000)])

    async with asyncio.timeout(20):
        await desk.maker.ended.wait()
    assert await desk.listed() == []


async def test_who_has_a_link_orders_no_parts(desk: Desk) -> None:
    _, token = await desk.owned.share(may_download=True)
    guest = await desk.owned.guest()
    session = (await guest.post(f"{REC}/play", {"share": token})).json["session"]
    refused = await guest.post(EXPORTS, {**FILM, "session": session, "from_ms": 1_000})

    assert (refused.status, refused.json["code"]) == (422, "recording.cuts")
    assert await desk.listed() == []


async def test_who_has_a_link_has_one_made_at_a_time_and_displaces_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = await desk.owned.share(may_download=True)
    guest = await desk.owned.guest()
    shown = {"session": (await guest.post(f"{REC}/play", {"share": token})).json["session"]}
    await desk.ordered()
    await desk.settled("ready")
    monkeypatch.setattr(exports_module, "MOST_EACH", 2)
    desk.maker.may_go_on.clear()

    assert (await guest.post(EXPORTS, {"form": "sound", **shown})).status == 202
    more = await guest.post(EXPORTS, {**FILM, "layout": "main", **shown})
    assert more.json["code"] == "rate.limited"
    desk.maker.may_go_on.set()
    await desk.settled("ready")
    full = await guest.post(EXPORTS, {**FILM, "layout": "main", **shown})
    assert full.json["code"] == "recording.storage"
    assert {one["form"] for one in await desk.listed()} == {"mp4", "sound"}


async def test_nothing_is_made_while_somebody_is_to_be_taken_out(desk: Desk) -> None:
    await desk.ordered()
    made = await desk.settled("ready")
    job = NewJob(ERASE_JOB, "rec1", "bo now", {"pid": "bo", "kinds": ["voice"]})
    await add_jobs([job], at=utc_now() + timedelta(days=1))

    assert (await desk.ticket(made["id"])).json["code"] == "recording.changing"
    refused = await desk.owner.post(EXPORTS, {"form": "sound"})
    assert refused.json["code"] == "recording.changing"


async def test_what_is_made_ends_when_somebody_is_to_be_taken_out(desk: Desk) -> None:
    desk.maker.may_go_on.clear()
    await desk.ordered()
    await desk.maker.begun.wait()
    job = NewJob(ERASE_JOB, "rec1", "bo now", {"pid": "bo", "kinds": ["voice"]})
    await add_jobs([job], at=utc_now() + timedelta(days=1))

    async with asyncio.timeout(20):
        await desk.maker.ended.wait()


async def test_sound_has_no_looks(desk: Desk) -> None:
    first = await desk.ordered(form="sound")
    assert (await desk.ordered(form="sound", height=1080, layout="main"))["id"] == first["id"]


async def test_a_child_that_died_is_tried_again_and_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.jobs.export_making.AGAIN", timedelta())
    monkeypatch.setattr("classroom.jobs.loop.LOOK_EVERY_S", 0.01)
    desk.maker.failures = [Broken("died")] * 3
    first = await desk.ordered()
    failed = await desk.settled("failed")
    assert failed["fault"] == "recording.export_failed"
    assert len(desk.maker.orders) == 3

    again = await desk.ordered()
    assert again["id"] != first["id"]
    assert (await desk.settled("ready"))["id"] == again["id"]
    assert len(await desk.listed()) == 1


async def test_a_full_disk_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.maker.failures = [Broken("storage")]
    await desk.ordered()
    assert (await desk.settled("failed"))["fault"] == "recording.storage"

    def full(folder: object) -> None:
        raise Refused("storage.full")

    monkeypatch.setattr("classroom.jobs.export_files.must_leave_space", full)
    refused = await desk.owner.post(EXPORTS, {"form": "sound"})
    assert refused.json["code"] == "recording.storage"


async def test_a_server_that_stops_gives_the_job_to_the_next(desk: Desk) -> None:
    desk.maker.may_go_on.clear()
    made = await desk.ordered()
    await desk.maker.begun.wait()
    exports = desk.owned.home.doors.exports
    await exports.close()
    assert desk.maker.cancelled == 1
    assert (await exports_of("rec1"))[0].state == "making"

    desk.maker.may_go_on.set()
    await exports.start()
    assert (await desk.settled("ready"))["id"] == made["id"]


async def test_old_ones_and_too_many_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports_module, "MOST_EACH", 2)
    for from_ms in (0, 1_000, 2_000):
        await desk.ordered(from_ms=from_ms)
        await desk.settled("ready")
    assert [one["from_ms"] for one in await desk.listed()] == [2_000, 1_000]

    monkeypatch.setattr(exports_module, "MOST_BYTES", 13)
    await change_export((await desk.listed())[0]["id"], bytes=13)
    await desk.ordered(form="sound")
    await desk.settled("ready")
    assert (await desk.listed())[0]["form"] == "sound"
    assert len(desk.files()) == len(await desk.listed()) <= 2


@pytest.mark.parametrize(
    "wish",
    [
        {"from_ms": 20_000},
        {"from_ms": 5_000, "to_ms": 5_000},
        {"from_ms": 9_000, "to_ms": 8_000},
    ],
)
async def test_a_part_that_is_none_is_refused(desk: Desk, wish: dict[str, int]) -> None:
    refused = await desk.owner.post(EXPORTS, {**FILM, **wish})
    assert (refused.status, refused.json["code"]) == (422, "recording.cuts")


@pytest.mark.parametrize("wish", [{"form": "gif"}, {"height": 4000}, {"layout": "x"}, {"fps": 1}])
async def test_a_wish_that_is_none_is_malformed(desk: Desk, wish: dict[str, Any]) -> None:
    assert (await desk.owner.post(EXPORTS, {**FILM, **wish})).json["code"] == "body.malformed"


async def test_one_that_is_made_has_no_files_yet(desk: Desk) -> None:
    await change_recording("rec1", state="processing")
    refused = await desk.owner.post(EXPORTS, FILM)
    assert (refused.status, refused.json["code"]) == (409, "recording.not_ready")


async def test_the_data_is_a_zip_without_what_was_cut_out(desk: Desk) -> None:
    shelf = desk.owned.shelf
    poll = {"id": "q1", "question": "=1+1", "phase": "closed", "tally": [["two", 3], ["one", 0]]}
    await shelf.log(
        "rec1",
        "room.rj",
        "",
        "room",
        [
            {"ms": 0, "event": "joined", "pid": "lin", "name": "Lin", "role": "host"},
            {"ms": 9_000, "event": "poll", "kind": "single", **poll},
        ],
    )
    said = {"reply_to": None}
    await shelf.log(
        "rec1",
        "people/lin.chat.rj",
        "lin",
        "chat",
        [
            {"ms": 1_000, "id": "m1", "text": "=HYPERLINK(1)", **said},
            {"ms": 5_500, "id": "m2", "text": "cut out", **said},
            {"ms": 9_500, "id": "m3", "text": "<script>alert(1)</script> 你好", **said},
        ],
    )
    await put_caption("rec1", CaptionRow("en", "English", CAPTIONS))
    await change_recording("rec1", cuts=[(5_000, 6_000)])
    answer = await desk.fetched("data")
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    names = set(archive.namelist())
    assert {
        "class.json",
        "events.jsonl",
        "chat.csv",
        "chat.html",
        "polls.csv",
        "people.csv",
    } < names

    rows = list(csv.reader(io.StringIO(archive.read("chat.csv").decode("utf-8-sig"))))
    assert rows[1:] == [
        ["0:00:01", "Lin", "'=HYPERLINK(1)"],
        ["0:00:08", "Lin", "<script>alert(1)</script> 你好"],
    ]
    page = archive.read("chat.html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    polls = archive.read("polls.csv").decode("utf-8-sig")
    assert "'=1+1,two,3" in polls
    assert "before" in archive.read("captions-en.vtt").decode()
    record = json.loads(archive.read("record.json"))
    assert not any("answered" in line["deed"] for line in record)
    assert b"cut out" not in b"".join(archive.read(name) for name in names)


async def test_tables_are_in_the_language_that_is_asked_for(desk: Desk) -> None:
    url = (await desk.ticket("data", language="zh-CN")).json["url"]
    archive = zipfile.ZipFile(io.BytesIO((await desk.owner.get(url)).body))

    assert archive.read("people.csv").decode("utf-8-sig").splitlines()[0] == "姓名,录制内容"


async def test_a_deleted_recording_takes_its_files_with_it(desk: Desk) -> None:
    await desk.ordered()
    await desk.settled("ready")
    assert (await desk.owner.send("DELETE", REC)).status == 204

    assert await find_recording("rec1") is None
    assert await exports_of("rec1") == []
    assert desk.files() == []


async def test_after_a_month_they_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.ordered()
    await desk.settled("ready")
    exports = desk.owned.home.doors.exports
    await exports.close()
    later = utc_now() + timedelta(days=31)
    monkeypatch.setattr(exports_module, "utc_now", lambda: later)
    await exports.start()

    async with asyncio.timeout(20):
        while True:
            if not await exports_of("rec1") and not desk.files():
                break
            await asyncio.sleep(0.01)
