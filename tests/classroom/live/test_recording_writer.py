"""Logs of recordings: whole lines in their order, sealed, and a disk that fails told once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from classroom.live.recording import writer as module
from classroom.live.recording.writer import Writer
from media.journal.envelope import CHUNK_MAX, Reader, Tampered
from tests.support.signalling import until

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture
async def writer() -> AsyncIterator[Writer]:
    made = Writer()
    yield made
    await made.close()


def read(path: Path, key: bytes = KEY) -> tuple[list[dict[str, Any]], bool, int]:
    """Its lines, whether it has its end, and how many chunks it took."""
    reader = Reader(key)
    chunks = reader.feed(path.read_bytes())
    for chunk in chunks[:-1]:
        assert chunk.endswith(b"\n"), "a chunk ends with a line"
    lines = [json.loads(line) for line in b"".join(chunks).splitlines()]
    return lines, reader.is_ended, len(chunks)


def nothing_fails() -> None:
    raise AssertionError("a log failed")


async def test_lines_are_read_as_they_were_put(writer: Writer, tmp_path: Path) -> None:
    log = writer.open(tmp_path / "people" / "a.chat.rj", KEY, {"log": "a"}, nothing_fails)
    lines = [{"ms": at, "text": "说" * at} for at in range(50)]
    for line in lines:
        log.put(line)
    await log.close()
    log.put({"ms": 99})
    written, is_ended, _ = read(tmp_path / "people" / "a.chat.rj")
    assert written == lines
    assert is_ended
    assert (tmp_path / "people" / "a.chat.rj").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Tampered):
        read(tmp_path / "people" / "a.chat.rj", OTHER)


async def test_much_goes_into_many_chunks(writer: Writer, tmp_path: Path) -> None:
    log = writer.open(tmp_path / "room.rj", KEY, {}, nothing_fails)
    for at in range(6):
        log.put({"ms": at, "text": "x" * (CHUNK_MAX // 2)})
    log.put({"ms": 6, "text": "x" * CHUNK_MAX})  # no chunk holds it
    await log.close()
    written, is_ended, chunks = read(tmp_path / "room.rj")
    assert [line["ms"] for line in written] == [0, 1, 2, 3, 4, 5]
    assert is_ended
    assert chunks >= 6


async def test_it_is_sealed_while_it_goes_on(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEAL_EVERY_S", 0.02)
    monkeypatch.setattr(module, "SYNC_EVERY_S", 0.0)
    log = writer.open(tmp_path / "room.rj", KEY, {}, nothing_fails)
    log.put({"ms": 1})
    path = tmp_path / "room.rj"
    await until(lambda: path.exists() and path.stat().st_size > 0 and bool(read(path)[0]))
    written, is_ended, _ = read(tmp_path / "room.rj")
    assert written == [{"ms": 1}]
    assert not is_ended, "as a kill would leave it"
    await log.close()


async def test_a_log_that_cannot_be_made_is_told_once(writer: Writer, tmp_path: Path) -> None:
    failed = asyncio.Event()
    told: list[int] = []

    def fails() -> None:
        told.append(1)
        failed.set()

    (tmp_path / "room.rj").write_bytes(b"somebody's")
    log = writer.open(tmp_path / "room.rj", KEY, {}, fails)
    for _ in range(3):
        log.put({"ms": 1})
    await asyncio.wait_for(failed.wait(), 20)
    await log.close()
    assert told == [1]
    assert (tmp_path / "room.rj").read_bytes() == b"somebody's", "nothing is written over"


async def test_what_is_erased_is_gone(writer: Writer, tmp_path: Path) -> None:
    log = writer.open(tmp_path / "a.ink.rj", KEY, {}, nothing_fails)
    log.put({"ms": 1})
    await log.erase()
    assert not (tmp_path / "a.ink.rj").exists()
    again = writer.open(tmp_path / "a.ink.rj", OTHER, {}, nothing_fails)
    again.put({"ms": 2})
    await again.close()
    assert read(tmp_path / "a.ink.rj", OTHER)[0] == [{"ms": 2}]


async def test_the_end_of_the_thread_closes_all(tmp_path: Path) -> None:
    writer = Writer()
    writer.open(tmp_path / "room.rj", KEY, {}, nothing_fails).put({"ms": 1})
    await writer.close()
    assert read(tmp_path / "room.rj")[:2] == ([{"ms": 1}], True)
