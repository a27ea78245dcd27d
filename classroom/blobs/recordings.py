"""The folders of recordings: one for each, readable by their owner alone, gone as a whole.

What lies in them is sealed (docs/recording.md); nothing here has a key.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from classroom.blobs.files import full_disk_refused, must_leave_space
from classroom.errors import LocalError
from classroom.ids import may_be_id

PRIVATE = 0o700
GOING = ".going-"
"""Begins the name of a folder that is being removed: nobody finds it any more."""


class RecordingBlobs:
    """In a folder of the data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, recording_id: str) -> Path:
        """Where a recording lies, whether it is there or not."""
        if not may_be_id(recording_id):
            raise LocalError("no id of a recording")
        return (self.root / recording_id).absolute()

    async def make(self, recording_id: str) -> Path:
        """A new one's folder. Refused `storage.full` when the disk is nearly full."""
        folder = self.folder(recording_id)
        with full_disk_refused():
            await asyncio.to_thread(_make, folder)
        return folder

    async def remove(self, recording_id: str) -> None:
        """Take it away with everything in it; silent when it is not there. Or OSError."""
        await asyncio.to_thread(_remove, self.folder(recording_id))

    async def drop(self, recording_id: str, patterns: Collection[str]) -> None:
        """Take away the files these patterns name, below its folder. Or OSError."""
        await asyncio.to_thread(_drop, self.folder(recording_id), patterns)

    async def size(self, recording_id: str) -> int:
        """Bytes of all its files; 0 when there is none."""
        return await asyncio.to_thread(_size, self.folder(recording_id))

    async def all(self) -> list[str]:
        """The ids of all there are; what was being removed is removed now."""
        return await asyncio.to_thread(_listed, self.root)

    async def is_old(self, recording_id: str, *, older_s: float) -> bool:
        """Whether nothing was begun or ended in its folder for so long."""
        changed = await asyncio.to_thread(lambda: self.folder(recording_id).stat().st_mtime)
        return time.time() - changed > older_s


def _make(folder: Path) -> None:
    folder.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    must_leave_space(folder.parent)
    folder.mkdir(mode=PRIVATE, exist_ok=True)


def _remove(folder: Path) -> None:
    going = folder.with_name(GOING + folder.name)
    if going.exists():
        shutil.rmtree(going)
    with contextlib.suppress(FileNotFoundError):
        folder.rename(going)
        shutil.rmtree(going)


def _drop(folder: Path, patterns: Collection[str]) -> None:
    for pattern in patterns:
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


def _size(folder: Path) -> int:
    return sum(size for size in _sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # it is written and replaced meanwhile
                yield (Path(place) / name).stat().st_size


def _listed(root: Path) -> list[str]:
    if not root.is_dir():
        return []
    for going in root.glob(f"{GOING}*"):
        shutil.rmtree(going, ignore_errors=True)
    return [path.name for path in root.iterdir() if path.is_dir() and may_be_id(path.name)]
