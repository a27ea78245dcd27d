"""Files are written whole or not at all, and go with their folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from classroom.blobs.files import PIECE_BYTES, FileBlobs
from classroom.errors import LocalError, Refused


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path / "boards")


async def read(blobs: FileBlobs, folder: str, name: str) -> bytes | None:
    size = await blobs.size(folder, name)
    if size is None:
        return None
    whole = b"".join([piece async for piece in blobs.pieces(folder, name)])
    assert len(whole) == size
    return whole


async def test_a_large_file_comes_in_pieces(blobs: FileBlobs) -> None:
    await blobs.put("room", "a", bytes(PIECE_BYTES * 2 + 1))
    pieces = [len(piece) async for piece in blobs.pieces("room", "a")]
    assert pieces == [PIECE_BYTES, PIECE_BYTES, 1]
    with pytest.raises(FileNotFoundError):
        await anext(blobs.pieces("room", "b"))


async def test_what_was_put_is_there(blobs: FileBlobs, tmp_path: Path) -> None:
    await blobs.put("room", "a", b"\x00\xff")
    await blobs.put("room", "a", b"newer")
    await FileBlobs(tmp_path / "boards").put("room", "b", b"")
    assert await read(blobs, "room", "a") == b"newer"
    assert await read(blobs, "room", "b") == b""
    assert sorted(path.name for path in (tmp_path / "boards" / "room").iterdir()) == ["a", "b"]


async def test_what_was_not_put_is_none(blobs: FileBlobs) -> None:
    assert await read(blobs, "room", "a") is None
    await blobs.put("room", "a", b"1")
    assert await read(blobs, "other", "a") is None


async def test_what_is_removed_is_gone(blobs: FileBlobs, tmp_path: Path) -> None:
    await blobs.put("room", "a", b"1")
    await blobs.put("room", "b", b"2")
    await blobs.put("other", "a", b"3")
    for _ in range(2):
        await blobs.remove("room", "a")
    assert await read(blobs, "room", "a") is None
    for _ in range(2):
        await blobs.remove_folder("room")
    assert await read(blobs, "room", "b") is None
    assert await read(blobs, "other", "a") == b"3"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a.png", "x" * 65, "a\x00"])
async def test_a_name_leads_nowhere_else(blobs: FileBlobs, name: str) -> None:
    for asking in (blobs.put(name, "a", b""), blobs.put("a", name, b""), blobs.size("a", name)):
        with pytest.raises(LocalError):
            await asking
    with pytest.raises(LocalError):
        await blobs.remove_folder(name)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_is_refused_and_leaves_nothing(
    blobs: FileBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    await blobs.put("room", "a", b"old")

    def fail(_descriptor: Any) -> None:
        raise OSError(number, "no space")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused) as refused:
        await blobs.put("room", "a", b"new")
    assert refused.value.code == "storage.full"
    assert await read(blobs, "room", "a") == b"old"
    assert len(list((tmp_path / "boards" / "room").iterdir())) == 1


async def test_another_fault_of_the_disk_is_told(blobs: FileBlobs, tmp_path: Path) -> None:
    (tmp_path / "boards").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="boards"):
        await blobs.put("room", "a", b"")
