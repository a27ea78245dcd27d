"""Files of decks by checksum: once, whole, and held while they come or go."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from classroom.blobs import decks
from classroom.blobs.decks import COMING, DeckBlobs, checksum_of, file_checksum, folder_of
from classroom.errors import Refused

HELLO = b"hello"
SUM = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
"""`printf hello | sha256sum`"""


async def hello() -> AsyncIterator[bytes]:
    yield HELLO


@pytest.fixture
def blobs(tmp_path: Path) -> DeckBlobs:
    return DeckBlobs(tmp_path / "decks")


async def test_the_same_bytes_lie_once(blobs: DeckBlobs, tmp_path: Path) -> None:
    assert checksum_of(HELLO) == SUM
    await blobs.keep(HELLO, SUM)
    before = blobs.path(SUM).stat().st_ino
    await blobs.keep(HELLO, SUM)
    copy = tmp_path / "copy"
    copy.write_bytes(HELLO)
    assert file_checksum(copy) == SUM
    await blobs.keep_file(copy, SUM)
    assert blobs.path(SUM).stat().st_ino == before
    assert await blobs.checksums() == [SUM]
    await blobs.drop(SUM)
    await blobs.drop(SUM)
    assert await blobs.checksums() == []
    await blobs.keep_file(copy, SUM)
    assert blobs.path(SUM).read_bytes() == HELLO
    assert [path.name for path in blobs.path(SUM).parent.iterdir()] == [SUM]


async def test_a_draft_goes_to_its_place(blobs: DeckBlobs) -> None:
    assert await blobs.drafts() == []
    await blobs.open_draft(COMING, "u-0")
    await blobs.append(COMING, "u-0", 0, hello())
    assert await blobs.drafts() == ["u-0"]
    await blobs.take_in("u-0", SUM)
    assert (await blobs.drafts(), await blobs.checksums()) == ([], [SUM])
    assert await blobs.size(folder_of(SUM), SUM) == 5


async def test_a_full_disk_leaves_nothing_half(
    blobs: DeckBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    copy = tmp_path / "copy"
    copy.write_bytes(HELLO)
    monkeypatch.setattr(decks.os, "fsync", full)
    with pytest.raises(Refused, match=r"storage\.full"):
        await blobs.keep_file(copy, SUM)
    assert await blobs.checksums() == []
    assert list(blobs.path(SUM).parent.iterdir()) == []


async def test_who_holds_a_file_is_alone_with_it(blobs: DeckBlobs) -> None:
    order: list[str] = []

    async def other() -> None:
        async with blobs.hold(SUM):
            order.append("other")

    async with blobs.hold(SUM):
        task = asyncio.create_task(other())
        await asyncio.sleep(0)
        async with blobs.hold("0" * 64):
            order.append("another file")
        order.append("first")
    await task
    assert order == ["another file", "first", "other"]
