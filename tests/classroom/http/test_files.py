"""Sending files: announced, in pieces, on after a cut, and every reason not to take one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from classroom.blobs.drafts import FileDrafts
from classroom.blobs.previews import preview_name
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http import files_uploads, pieces
from classroom.http.body import PIECE_MAX_BYTES
from classroom.http.files_desk import FilesDesk
from classroom.ids import ParticipantId
from classroom.store import files
from tests.support.file_desk import PAPER, Sender, png
from tests.support.people import House, house


def code(answer: Any) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def drafts(home: House) -> list[str]:
    folder = home.doors.settings.file_folder
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def test_a_file_comes_in_pieces(home: House) -> None:
    lin = await Sender.of(home)
    begun = await lin.begins("../Aufgabe\u202e 1.pdf")
    assert begun.status == 201
    file_id = begun.json["file_id"]
    assert begun.json == {"file_id": file_id, "offset": 0, "piece_max": PIECE_MAX_BYTES}
    assert (await lin.piece(file_id, 0, PAPER[:100])).json == {"offset": 100, "is_ready": False}
    assert (await lin.asks("GET", f"/{file_id}")).json == {"offset": 100, "is_ready": False}
    assert file_id not in home.live.files
    last = await lin.piece(file_id, 100, PAPER[100:])
    assert last.json == {"offset": len(PAPER), "is_ready": True}
    assert (await lin.asks("GET", f"/{file_id}")).json == last.json
    assert (await lin.piece(file_id, len(PAPER), b"")).json == last.json
    card = home.live.files[file_id]
    assert (card.name, card.kind, card.bytes) == ("Aufgabe 1.pdf", "application/pdf", len(PAPER))
    assert (card.participant_id, card.owner_name, card.width) == ("lin", "Lin", None)
    assert not card.is_sent
    assert drafts(home) == [file_id]


async def test_a_picture_gets_a_preview(home: House) -> None:
    lin = await Sender.of(home)
    file_id = await lin.sends("photo.PNG", png(1300, 650))
    card = home.live.files[file_id]
    assert (card.kind, card.width, card.height) == ("image/png", 1300, 650)
    assert drafts(home) == sorted([file_id, preview_name(file_id)])


async def test_a_piece_at_another_place_is_told_where_it_goes_on(home: House) -> None:
    lin = await Sender.of(home)
    file_id = (await lin.begins()).json["file_id"]
    await lin.piece(file_id, 0, PAPER[:100])
    for offset in (0, 99, 101, 10**12):
        answer = await lin.piece(file_id, offset, b"x")
        assert (*code(answer), answer.json["params"]) == (409, "upload.offset", {"offset": 100})
    for malformed in ("", "-1", "one", "1.5"):
        assert code(await lin.piece(file_id, malformed, b"x")) == (422, "body.malformed")


async def test_more_than_was_announced_is_not_taken(home: House) -> None:
    lin = await Sender.of(home)
    file_id = (await lin.begins(size=10)).json["file_id"]
    assert code(await lin.piece(file_id, 0, PAPER)) == (413, "file.size")
    assert (await lin.asks("GET", f"/{file_id}")).json == {"offset": 0, "is_ready": False}


async def test_a_piece_has_a_bound(home: House) -> None:
    lin = await Sender.of(home)
    file_id = (await lin.begins(size=2 * PIECE_MAX_BYTES)).json["file_id"]
    too_long = await lin.piece(file_id, 0, bytes(PIECE_MAX_BYTES + 1))
    assert code(too_long) == (413, "body.too_large")
    assert (await lin.piece(file_id, 0, bytes(PIECE_MAX_BYTES))).status == 200


class _Body:
    """What a sender sends who stops in the middle, or never ends."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces
        self.is_read, self.may_end = asyncio.Event(), asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.is_read.set()
        for piece in self.pieces:
            yield piece
        await self.may_end.wait()


def uploads_of(home: House) -> files_uploads.Uploads:
    return files_uploads.Uploads(FileDrafts(home.doors.settings.file_folder), "")


def desk_of(home: House) -> FilesDesk:
    return FilesDesk(home.doors, FileDrafts(home.doors.settings.file_folder))


async def test_what_a_broken_line_brought_stays(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "QUIET_MAX_S", 0.02)
    lin = await Sender.of(home)
    file_id = (await lin.begins()).json["file_id"]
    row = await files.find_file(lin.room_id, file_id)
    assert row is not None
    uploads = uploads_of(home)
    assert await uploads.append(row, 0, aiter(_Body(PAPER[:70], PAPER[70:90]))) == 90
    assert (await lin.asks("GET", f"/{file_id}")).json["offset"] == 90
    assert (await lin.piece(file_id, 90, PAPER[90:])).json["is_ready"]


async def test_a_piece_that_comes_too_slowly_is_over(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "QUIET_MAX_S", 0.05)
    monkeypatch.setattr(pieces, "SLOWEST_BPS", 1000)
    lin = await Sender.of(home)
    file_id = (await lin.begins()).json["file_id"]
    row = await files.find_file(lin.room_id, file_id)
    assert row is not None

    async def drops() -> AsyncIterator[bytes]:
        for number in range(len(PAPER)):
            yield PAPER[number : number + 1]
            await asyncio.sleep(0.01)

    async with asyncio.timeout(20):
        assert 0 < await uploads_of(home).append(row, 0, drops()) < 50


async def test_a_second_writer_is_refused(home: House) -> None:
    lin = await Sender.of(home)
    file_id = (await lin.begins()).json["file_id"]
    row = await files.find_file(lin.room_id, file_id)
    assert row is not None
    uploads, body = uploads_of(home), _Body(PAPER[:50])
    first = asyncio.create_task(uploads.append(row, 0, aiter(body)))
    await body.is_read.wait()
    with pytest.raises(Refused, match=r"upload\.busy"):
        await uploads.append(row, 0, aiter(_Body(b"x")))
    body.may_end.set()
    assert await first == 50


BAD = [
    ("paper.pdf", b"MZ\x90\x00 a program", "file.type"),
    ("photo.png", b"<html><script>", "file.type"),
    ("photo.png", png()[:40], "file.broken"),
    ("pack.zip", b"PK\x03\x04" + bytes(40), "file.broken"),
    ("words.txt", b"a\x00b", "file.type"),
]


async def test_what_does_not_pass_is_refused_for_good(home: House) -> None:
    for number, (name, content, refused) in enumerate(BAD):
        lin = await (await Sender.of(home, f"mei{number}")).beside(f"lin{number}")
        file_id = (await lin.begins(name, len(content))).json["file_id"]
        answer = await lin.piece(file_id, 0, content)
        assert answer.json["code"] == refused
        for again in (await lin.asks("GET", f"/{file_id}"), await lin.piece(file_id, 0, content)):
            assert again.json["code"] == refused
        assert drafts(home) == []
        assert home.live.files == {}
        assert (await lin.asks("GET")).json["own"]["files"] == 0


UNWANTED: list[tuple[dict[str, Any], int, str]] = [
    ({"name": "a.pdf", "bytes": 0, "kind": ""}, 422, "file.empty"),
    ({"name": "a.exe", "bytes": 1, "kind": "application/pdf"}, 415, "file.type"),
    ({"name": "a", "bytes": 1, "kind": ""}, 415, "file.type"),
    ({"name": "a.pdf", "bytes": 3 * 1024**2 + 1, "kind": ""}, 413, "file.size"),
    ({"name": "a.pdf", "bytes": -1, "kind": ""}, 422, "body.malformed"),
    ({"name": "a.pdf", "bytes": 1.5, "kind": ""}, 422, "body.malformed"),
    ({"name": "x" * 1001, "bytes": 1, "kind": ""}, 422, "body.malformed"),
]


async def test_what_is_not_even_waited_for(tmp_path: Path) -> None:
    async with house(tmp_path, file_mb=3) as home:
        lin = await Sender.of(home)
        for body, status, refused in UNWANTED:
            answer = await lin.asks("POST", "", body)
            assert code(answer) == (status, refused)
            if refused == "file.size":
                assert answer.json["params"] == {"megabytes": 3}


async def test_a_room_has_so_much_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SHARE_FILES_MAX", 1)
    async with house(tmp_path, room_files_mb=1) as home:
        lin = await Sender.of(home)
        tutor = (await lin.beside("mei")).leads()
        await lin.sends()
        assert code(await lin.begins()) == (409, "file.share")
        assert code(await tutor.begins(size=1024**2)) == (409, "file.limit")
        await tutor.sends("b.pdf")
        told = (await lin.asks("GET")).json
        assert told["room"]["files"] == 2
        assert told["room"]["bytes"] == 2 * len(PAPER)
        assert told["own"]["files"] == 1
        assert told["own"]["max_files"] == 1
        assert (await tutor.asks("GET")).json["own"]["max_bytes"] is None
        assert told["file_max"] == 100 * 1024**2


async def test_what_nobody_sends_gives_its_space_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path, file_mb=1, room_files_mb=4) as home:
        lin = await Sender.of(home)
        size = 1024**2
        for number in range(3):
            guest = await lin.beside(f"g{number}")
            assert (await guest.begins(size=size)).status == 201
            assert await desk_of(home).make_space(lin.room_id) == int(number == 2)
            if number:
                guest.leaves()
        assert (await lin.begins(size=size)).status == 201  # two are gone, with their files
        assert (await lin.begins(size=size)).status == 201
        assert code(await lin.begins(size=size)) == (409, "file.limit")
        monkeypatch.setattr("classroom.http.files_desk.IDLE_MAX_S", -1.0)
        assert (await lin.begins(size=size)).status == 201
        assert (await lin.asks("GET")).json["room"]["files"] == 1
        bo = await lin.beside("bo")
        ready, sent = await bo.sends(), await bo.sends()
        bo.shares(sent)  # the table does not know it yet
        for _ in range(4):
            assert (await lin.begins(size=size)).status == 201
        assert {ready, sent} <= set(home.live.files)  # theirs, and they are here
        bo.leaves()
        await desk_of(home).make_space(lin.room_id)
        assert set(home.live.files) == {sent}
        assert sent in drafts(home)
        noted = files.NewFile("noted", "a.pdf", 9, ParticipantId("lin"), "Lin", "lin")
        bounds = files.Bounds(4 * size, has_share=False)
        monkeypatch.setattr("classroom.http.files_desk.IDLE_MAX_S", 300.0)
        await files.add_file(lin.room_id, noted, bounds, at=utc_now())
        assert await desk_of(home).make_space(lin.room_id) == 0  # its draft is not made yet


async def test_only_who_is_in_the_class_and_may_sends(home: House) -> None:
    lin = await Sender.of(home)
    file_id = (await lin.begins()).json["file_id"]
    for refused in ("lock.files", "chat.muted"):
        home.live.locked["lin"] = refused
        assert code(await lin.begins()) == (403, refused)
        assert code(await lin.piece(file_id, 0, b"x")) == (403, refused)
    home.live.locked.clear()
    bo = await lin.beside("bo")
    for asked in (
        bo.piece(file_id, 0, b"x"),
        bo.asks("GET", f"/{file_id}"),
        bo.asks("DELETE", f"/{file_id}"),
        lin.asks("GET", "/no.id"),
    ):
        assert code(await asked) == (404, "file.unknown")
    lin.leaves()
    for asked in (
        lin.begins(),
        lin.piece(file_id, 0, b"x"),
        lin.asks("GET", f"/{file_id}"),
        lin.asks("GET"),
    ):
        assert code(await asked) == (403, "room.not_joined")
    answer = await lin.browser.get(f"/api/rooms/by-code/{lin.room['code']}/files")
    assert code(answer) == (401, "seat.forged")


async def test_who_is_away_gets_the_file_when_they_are_back(home: House) -> None:
    lin = await Sender.of(home)
    file_id = (await lin.begins()).json["file_id"]
    home.live.away.add("lin")
    assert not (await lin.piece(file_id, 0, PAPER)).json["is_ready"]
    home.live.away.clear()
    assert (await lin.asks("GET", f"/{file_id}")).json["is_ready"]
    assert file_id in home.live.files


async def test_a_file_that_nobody_wants_any_more_is_taken_away(home: House) -> None:
    lin = await Sender.of(home)
    coming, ready, sent = (await lin.begins()).json["file_id"], await lin.sends(), await lin.sends()
    lin.shares(sent)
    for file_id in (coming, ready):
        assert (await lin.asks("DELETE", f"/{file_id}")).status == 204
        assert code(await lin.asks("DELETE", f"/{file_id}")) == (404, "file.unknown")
    assert code(await lin.asks("DELETE", f"/{sent}")) == (404, "file.unknown")
    assert drafts(home) == [sent]
    assert (await lin.asks("GET")).json["own"]["files"] == 1


async def test_a_full_disk_is_said(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    lin = await Sender.of(home)
    file_id = (await lin.begins()).json["file_id"]

    def fail(*_: Any) -> int:
        raise OSError(28, "no space")

    monkeypatch.setattr("classroom.blobs.drafts._write_at", fail)
    assert code(await lin.piece(file_id, 0, PAPER)) == (507, "storage.full")
    monkeypatch.setattr("classroom.blobs.drafts._make", fail)
    assert code(await lin.begins()) == (507, "storage.full")
    assert (await lin.asks("GET")).json["own"]["files"] == 1


async def test_files_are_announced_at_a_bounded_rate(home: House) -> None:
    lin = await Sender.of(home)
    answers = [await lin.begins() for _ in range(21)]
    assert [answer.status for answer in answers] == [201] * 20 + [429]


def scanner(folder: Path, *lines: str) -> str:
    path = folder / "scan.sh"
    path.write_text("\n".join(("#!/bin/sh", *lines)))
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("lines", "status", "refused"),
    [(("exit 1",), 422, "file.infected"), (("exit 9",), 503, "file.not_scanned")],
)
async def test_a_scanner_keeps_a_file_out(
    tmp_path: Path, lines: tuple[str, ...], status: int, refused: str
) -> None:
    async with house(tmp_path, scan_command=scanner(tmp_path, *lines)) as home:
        lin = await Sender.of(home)
        file_id = (await lin.begins()).json["file_id"]
        assert code(await lin.piece(file_id, 0, PAPER)) == (status, refused)
        assert home.live.files == {}
        scanner(tmp_path, "exit 0")
        again = await lin.asks("GET", f"/{file_id}")
        if refused == "file.infected":
            assert code(again) == (status, refused)
        else:
            assert again.json == {"offset": len(PAPER), "is_ready": True}


async def test_a_check_that_takes_long_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_uploads, "ANSWER_WITHIN_S", 0.01)
    gate = tmp_path / "gate"
    command = scanner(tmp_path, f"while [ ! -e {gate} ]; do sleep 0.02; done", "exit 0")
    async with house(tmp_path, scan_command=command) as home:
        lin = await Sender.of(home)
        file_id = (await lin.begins()).json["file_id"]
        whole = {"offset": len(PAPER), "is_ready": False}
        assert (await lin.piece(file_id, 0, PAPER)).json == whole
        assert code(await lin.piece(file_id, len(PAPER), b"")) == (409, "upload.busy")
        assert code(await lin.asks("DELETE", f"/{file_id}")) == (409, "upload.busy")
        gate.touch()
        await until_ready(lambda: lin.asks("GET", f"/{file_id}"))


async def until_ready(ask: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while True:
            if (await ask()).json["is_ready"]:
                return
            await asyncio.sleep(0.02)
