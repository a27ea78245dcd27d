"""Drafts grow at their end, survive being cut, and become files: a contract of every store."""

from __future__ import annotations

import asyncio
import errno
import os
import threading
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from classroom.blobs import drafts
from classroom.blobs.drafts import DraftStore, FileDrafts
from classroom.blobs.files import PIECE_BYTES
from classroom.errors import LocalError, Refused

MEGABYTE = 1024**2


@pytest.fixture(params=[FileDrafts])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> DraftStore:
    made: DraftStore = request.param(tmp_path / "files")
    return made


async def coming(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def cut(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    raise TimeoutError


async def whole(store: DraftStore, name: str, *bounds: Any) -> bytes:
    return b"".join([piece async for piece in store.pieces("room", name, *bounds)])


async def test_a_draft_grows_and_becomes_a_file(store: DraftStore) -> None:
    await store.open_draft("room", "a")
    assert await store.append("room", "a", 0, coming(b"one", b"", b"two")) == 6
    assert await store.append("room", "a", 6, coming(b"three")) == 11
    assert await store.draft_size("room", "a") == 11
    assert await store.size("room", "a") is None
    assert store.draft_path("room", "a").read_bytes() == b"onetwothree"
    await store.finish("room", "a")
    assert await store.draft_size("room", "a") is None
    assert await whole(store, "a") == b"onetwothree"


async def test_what_had_come_before_a_cut_stays(store: DraftStore) -> None:
    await store.open_draft("room", "a")
    with pytest.raises(TimeoutError):
        await store.append("room", "a", 0, cut(b"one"))
    assert await store.draft_size("room", "a") == 3
    for offset in (0, 2, 4):
        with pytest.raises(Refused) as refused:
            await store.append("room", "a", offset, coming(b"x"))
        assert (refused.value.code, refused.value.params) == ("upload.offset", {"offset": 3})
    assert await store.append("room", "a", 3, coming(b"two")) == 6


async def test_a_write_that_nobody_waits_for_any_more_ends_before_the_next(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, may_end = threading.Event(), threading.Event()
    write = drafts._write_at

    def slow(path: Path, offset: int, piece: bytes) -> None:
        began.set()
        may_end.wait(10)
        write(path, offset, piece)

    await store.open_draft("room", "a")
    monkeypatch.setattr(drafts, "_write_at", slow)
    writing = asyncio.create_task(store.append("room", "a", 0, coming(b"one", b"two")))
    await asyncio.to_thread(began.wait, 10)
    for _ in range(3):  # the line is cut, and the server stops
        writing.cancel()
        await asyncio.sleep(0)
    assert not writing.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert store.draft_path("room", "a").read_bytes() == b"one"


async def test_it_is_known_when_bytes_came_last(store: DraftStore) -> None:
    assert await store.moved_at("room", "a") is None
    await store.open_draft("room", "a")
    os.utime(store.draft_path("room", "a"), (1000.0, 1000.0))
    assert await store.moved_at("room", "a") == 1000.0
    await store.append("room", "a", 0, coming(b"x"))
    moved_at = await store.moved_at("room", "a")
    assert moved_at is not None
    assert moved_at > 1000.0


async def test_a_draft_that_is_not_there(store: DraftStore) -> None:
    assert await store.draft_size("room", "a") is None
    with pytest.raises(FileNotFoundError):
        await store.append("room", "a", 0, coming(b"x"))
    await store.discard("room", "a")
    await store.open_draft("room", "a")
    await store.append("room", "a", 0, coming(b"x"))
    await store.open_draft("room", "a")
    assert await store.draft_size("room", "a") == 0
    await store.discard("room", "a")
    assert await store.draft_size("room", "a") is None
    await store.open_draft("room", "a")
    await store.remove_folder("room")
    assert await store.draft_size("room", "a") is None


@pytest.mark.parametrize("name", ["", "..", "a/b", "a.part", "x" * 65])
async def test_a_name_leads_nowhere_else(store: DraftStore, name: str) -> None:
    for asking in (store.open_draft("r", name), store.open_draft(name, "a")):
        with pytest.raises(LocalError):
            await asking


async def test_a_part_of_a_file(store: DraftStore) -> None:
    content = bytes(range(256)) * (PIECE_BYTES // 256 * 2)
    await store.put("room", "a", content)
    assert await whole(store, "a", 3, 10) == content[3:10]
    assert await whole(store, "a", PIECE_BYTES - 1, PIECE_BYTES + 1) == content[255:][:1] + b"\0"
    assert await whole(store, "a", len(content) - 2) == content[-2:]
    assert await whole(store, "a", 5, 5) == b""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_is_refused(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: Any) -> int:
        raise OSError(number, "no space")

    await store.open_draft("room", "a")
    monkeypatch.setattr(drafts, "_write_at", fail)
    with pytest.raises(Refused) as refused:
        await store.append("room", "a", 0, coming(b"x"))
    assert refused.value.code == "storage.full"
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused) as refused:
        await store.finish("room", "a")
    assert refused.value.code == "storage.full"


@pytest.mark.parametrize(("free", "total"), [(1023, 100_000), (4, 100)])
async def test_the_last_of_the_disk_is_left_to_the_database(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, free: int, total: int
) -> None:
    await store.open_draft("room", "a")
    left = SimpleNamespace(free=free * MEGABYTE, total=total * MEGABYTE)
    monkeypatch.setattr("classroom.blobs.files.shutil.disk_usage", lambda _folder: left)
    for asking in (
        store.open_draft("room", "b"),
        store.append("room", "a", 0, coming(b"x")),
        store.put("room", "c", b"x"),
    ):
        with pytest.raises(Refused, match=r"storage\.full"):
            await asking
    left.free += MEGABYTE
    assert await store.append("room", "a", 0, coming(b"x")) == 1


async def test_no_file_is_ever_whole_in_memory(store: DraftStore) -> None:
    piece = bytes(64 * 1024)
    await store.open_draft("room", "a")

    async def many() -> AsyncIterator[bytes]:
        for _ in range(60 * MEGABYTE // len(piece)):
            yield piece

    tracemalloc.start()
    try:
        assert await store.append("room", "a", 0, many()) == 60 * MEGABYTE
        await store.finish("room", "a")
        size = 0
        async for read in store.pieces("room", "a"):
            size += len(read)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == 60 * MEGABYTE
    assert most < 2 * MEGABYTE
