"""Fetching files: by whom, in parts, under which headers, by ticket, as a zip, by the owner."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

from PIL import Image

from classroom.clock import utc_now
from classroom.http import files_tickets
from classroom.http.files_tickets import FileTickets, Pass
from classroom.ids import ParticipantId, RoomId
from classroom.store import files
from tests.support.file_desk import PAPER, Sender, png
from tests.support.people import Answer, House

SOUND = b"ID3\x04" + bytes(range(256))


def code(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


async def keeps(sender: Sender, file_id: str, to: str) -> None:
    """What the class has written down about a file that was sent."""
    sender.shares(file_id, to)
    await files.keep_cards("lesson", [sender.home.live.files[file_id]])


def is_harmless(answer: Answer) -> bool:
    headers = answer.headers
    return (
        headers["content-security-policy"] == "sandbox; default-src 'none'"
        and headers["x-content-type-options"] == "nosniff"
        and headers["cross-origin-resource-policy"] == "same-origin"
        and headers["content-disposition"].startswith("attachment; filename")
    )


async def test_a_file_is_fetched_by_who_may_see_it(home: House) -> None:
    lin = await Sender.of(home)
    bo = await lin.beside("bo")
    file_id = await lin.sends("作业.pdf")
    assert code(await bo.asks("GET", f"/{file_id}/content")) == (404, "file.unknown")
    assert (await lin.asks("GET", f"/{file_id}/content")).body == PAPER
    lin.shares(file_id)
    answer = await bo.asks("GET", f"/{file_id}/content")
    assert (answer.status, answer.body) == (200, PAPER)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(PAPER))
    assert answer.headers["cache-control"] == "no-store"
    assert "filename*=UTF-8''%E4%BD%9C%E4%B8%9A.pdf" in answer.headers["content-disposition"]
    assert is_harmless(answer)
    bo.leaves()
    assert code(await bo.asks("GET", f"/{file_id}/content")) == (403, "room.not_joined")


async def test_what_could_be_a_page_is_only_bytes(home: House) -> None:
    lin = await Sender.of(home)
    file_id = await lin.sends("page.txt", b"<html><script>alert(1)</script>")
    answer = await lin.asks("GET", f"/{file_id}/content")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert is_harmless(answer)
    page = await lin.browser.get("/api/session")
    assert "script-src 'self'" in page.headers["content-security-policy"]


RANGES = [
    ("bytes=0-9", 206, 0, 10),
    ("bytes=100-", 206, 100, len(PAPER)),
    ("bytes=-5", 206, len(PAPER) - 5, len(PAPER)),
    ("bytes=10-99999", 206, 10, len(PAPER)),
    ("bytes=-99999", 206, 0, len(PAPER)),
    ("bytes=0-1,5-6", 200, 0, len(PAPER)),
    ("lines=1-2", 200, 0, len(PAPER)),
    ("bytes=x", 200, 0, len(PAPER)),
]


async def test_a_part_is_fetched(home: House) -> None:
    lin = await Sender.of(home)
    file_id = await lin.sends()
    for asked, status, start, stop in RANGES:
        answer = await lin.asks("GET", f"/{file_id}/content", headers={"Range": asked})
        assert (answer.status, answer.body) == (status, PAPER[start:stop]), asked
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["Content-Length"] == str(stop - start)
        said = answer.headers.get("content-range")
        assert said == (f"bytes {start}-{stop - 1}/{len(PAPER)}" if status == 206 else None)


async def test_a_part_that_is_not_there(home: House) -> None:
    lin = await Sender.of(home)
    file_id = await lin.sends()
    answer = await lin.asks("GET", f"/{file_id}/content", headers={"Range": "bytes=99999-"})
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{len(PAPER)}"


async def test_a_preview_is_small_and_may_be_kept(home: House) -> None:
    lin = await Sender.of(home)
    file_id, paper = await lin.sends("photo.png", png(1300, 650)), await lin.sends()
    answer = await lin.asks("GET", f"/{file_id}/preview")
    assert answer.headers["content-type"] == "image/webp"
    assert "immutable" in answer.headers["cache-control"]
    assert Image.open(io.BytesIO(answer.body)).size == (640, 320)
    assert is_harmless(answer)
    assert code(await lin.asks("GET", f"/{paper}/preview")) == (404, "file.unknown")


async def test_a_ticket_is_good_once_and_needs_no_header(home: House) -> None:
    lin = await Sender.of(home)
    file_id = await lin.sends("what is 1+1?.pdf")
    given = await lin.ticket(file_id)
    assert given.status == 201
    url = given.json["url"]
    assert url.startswith("/files/")
    assert url.endswith("/what%20is%201%2B1_.pdf")
    other = home.browser()
    answer = await other.get(url)
    assert (answer.status, answer.body) == (200, PAPER)
    assert is_harmless(answer)
    assert code(await other.get(url)) == (404, "file.unknown")
    assert code(await other.get("/files/none/x.pdf")) == (404, "file.unknown")


async def test_a_ticket_is_worth_what_its_holder_may_see_then(home: House) -> None:
    lin = await Sender.of(home)
    bo = await lin.beside("bo")
    file_id = await lin.sends()
    assert code(await bo.ticket(file_id)) == (404, "file.unknown")
    lin.shares(file_id)
    gone, removed = [(await bo.ticket(file_id)).json["url"] for _ in range(2)]
    card = home.live.files.pop(file_id)
    assert code(await bo.browser.get(gone)) == (404, "file.unknown")
    home.live.files[file_id] = card
    bo.leaves()
    assert code(await bo.browser.get(removed)) == (403, "room.not_joined")
    assert code(await bo.ticket(file_id)) == (403, "room.not_joined")


async def test_a_sound_is_played_again_and_again_in_parts(home: House) -> None:
    lin = await Sender.of(home)
    file_id, paper = await lin.sends("voice.mp3", SOUND), await lin.sends()
    url = (await lin.ticket(file_id, play=True)).json["url"]
    assert (await lin.ticket(file_id, play=True)).json["url"] == url
    for _ in range(2):
        answer = await home.browser().get(url, headers={"Range": "bytes=4-7"})
        assert (answer.status, answer.body) == (206, SOUND[4:8])
        assert answer.headers["content-type"] == "audio/mpeg"
    assert code(await lin.ticket(paper, play=True)) == (404, "file.unknown")
    assert code(await lin.ticket(None, play=True)) == (404, "file.unknown")
    lin.leaves()
    assert code(await home.browser().get(url)) == (403, "room.not_joined")


def test_tickets_end() -> None:
    tickets = FileTickets()
    once = Pass(RoomId("r"), ParticipantId("lin"), "f1")
    plays = Pass(RoomId("r"), ParticipantId("lin"), "f1", plays=True)
    first = tickets.give(once, now=0.0)
    assert tickets.take(first, now=files_tickets.LIVES_S + 1) is None
    playing = tickets.give(plays, now=0.0)
    assert tickets.take(playing, now=3600.0) == plays
    late = files_tickets.PLAYS_FOR_S + 1
    assert tickets.take(playing, now=late) is None
    assert tickets.give(plays, now=late) != playing
    assert tickets.take("x" * 500, now=late) is None


async def test_all_files_come_as_one_zip(home: House) -> None:
    lin = await Sender.of(home)
    bo = await lin.beside("bo")
    assert code(await bo.ticket(None)) == (404, "file.unknown")
    for content in (PAPER, PAPER[::-1]):
        name = "a.pdf" if content == PAPER else "a.txt"
        lin.shares(await lin.sends(name, content if name == "a.pdf" else b"words"))
    lin.shares(await lin.sends("A.pdf"))
    await lin.sends("mine alone.pdf")
    given = await bo.ticket(None)
    answer = await home.browser().get(given.json["url"])
    assert answer.headers["content-type"] == "application/zip"
    assert is_harmless(answer)
    archive = ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {"a.pdf": PAPER, "a.txt": b"words", "A (2).pdf": PAPER}


# The owner of the room


async def owned(sender: Sender, path: str = "", method: str = "GET", **more: Any) -> Answer:
    return await sender.browser.send(method, f"/api/rooms/{sender.room_id}/files{path}", **more)


async def test_the_owner_finds_what_was_sent_also_after_the_class(home: House) -> None:
    mei = await Sender.of(home, "mei")
    lin = await mei.beside("lin")
    shared, private, unsent = [await lin.sends(f"{name}.pdf") for name in "abc"]
    coming = (await lin.begins("coming.pdf")).json["file_id"]
    await keeps(lin, shared, "room")
    await keeps(lin, private, "to:bo")
    lin.leaves()
    told = (await owned(mei)).json
    assert (told["bytes"], told["max_bytes"]) == (4 * len(PAPER), 1000 * 1024**2)
    rows = {row["file_id"]: row for row in told["files"]}
    assert {file_id: row["name"] for file_id, row in rows.items()} == {
        shared: "a.pdf",
        private: "",
        unsent: "",
        coming: "",
    }
    assert [rows[one]["is_private"] for one in (shared, private, unsent)] == [False, True, True]
    assert rows[private]["owner_name"] == "Lin"
    answer = await owned(mei, f"/{shared}/content", headers={"Range": "bytes=0-3"})
    assert (answer.status, answer.body) == (206, b"%PDF")
    assert is_harmless(answer)
    for hidden in (private, unsent, coming, "none", "no.id"):
        assert code(await owned(mei, f"/{hidden}/content")) == (404, "file.unknown")
    for file_id in (private, coming):
        assert (await owned(mei, f"/{file_id}", "DELETE")).status == 204
    assert (await owned(mei, f"/{shared}", "DELETE")).status == 204
    assert set(home.live.files) == {unsent}  # it went from the class that is on, too
    assert len((await owned(mei)).json["files"]) == 1
    assert not list(home.doors.settings.file_folder.rglob(f"{shared}*"))


async def test_nobody_else_finds_them(home: House) -> None:
    mei, lin = await Sender.of(home, "mei"), await Sender.of(home, "lin")
    file_id = await mei.sends()
    await keeps(mei, file_id, "room")
    mine = f"/api/rooms/{mei.room_id}/files"
    for method, path in (("GET", ""), ("GET", f"/{file_id}/content"), ("DELETE", f"/{file_id}")):
        answer = await lin.browser.send(method, mine + path)
        assert code(answer) == (404, "room.unknown")
        stranger = await home.browser().opens()
        assert code(await stranger.send(method, mine + path)) == (401, "session.required")
        elsewhere = await owned(lin, path.replace(file_id, file_id), method)
        assert path == "" or code(elsewhere) == (404, "file.unknown")


async def test_the_files_go_with_the_room(home: House) -> None:
    mei = await Sender.of(home, "mei")
    await mei.sends()
    assert (await mei.browser.send("DELETE", f"/api/rooms/{mei.room_id}")).status == 204
    assert not list(home.doors.settings.file_folder.rglob("*.*"))
    assert not (home.doors.settings.file_folder / mei.room_id).exists()
    assert await files.sweep_files(mei.room_id, _nothing, at=utc_now() + timedelta(days=2)) == 0


async def _nothing(room_id: RoomId, file_id: str) -> None:
    """Nothing lies there."""
