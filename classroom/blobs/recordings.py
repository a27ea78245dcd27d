"""The folders of recordings: one for each, readable by their owner alone, gone as a whole.

What lies in them is sealed (docs/recording.md); nothing here has a key. Where there is a far place
(an S3 bucket), the bodies of whole recordings lie there and come home while somebody works on one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Protocol

import structlog

from classroom.blobs.files import full_disk_refused, must_leave_space
from classroom.errors import LocalError
from classroom.ids import may_be_id

PRIVATE = 0o700
GOING = ".going-"
"""Begins the name of a folder that is being removed: nobody finds it any more."""
BODIES = ("mix.body", "tracks/*.body")
"""Nearly all bytes of a recording that is whole."""

log = structlog.get_logger("classroom.recordings")


class Far(Protocol):
    """`far_recordings.FarRecordings`."""

    async def send(self, recording_id: str, name: str, path: Path) -> None: ...
    async def fetch(self, recording_id: str, name: str, path: Path) -> None: ...
    def read(self, recording_id: str, name: str, at: int, length: int) -> bytes: ...
    async def sizes(self, recording_id: str) -> dict[str, int]: ...
    async def remove(self, recording_id: str, names: Collection[str]) -> None: ...


class ReadFar(Protocol):
    """Reads a piece of a recording's file that is not in its folder; blocking. OSError."""

    def __call__(self, name: str, at: int, length: int) -> bytes: ...


class RecordingBlobs:
    """In a folder of the data folder, and in the far place, if there is one."""

    def __init__(self, root: Path, far: Far | None = None) -> None:
        self.root = root
        self._far = far
        self._at_home: Counter[str] = Counter()
        """How many work on it now."""

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
        if self._far is not None:
            await self._far.remove(recording_id, await self._far.sizes(recording_id))

    async def drop(self, recording_id: str, patterns: Collection[str]) -> None:
        """Take away the files these patterns name, below its folder. Or OSError."""
        if self._far is not None:
            names = await self._far.sizes(recording_id)
            meant = [each for each in names if any(fnmatchcase(each, one) for one in patterns)]
            await self._far.remove(recording_id, meant)
        await asyncio.to_thread(_drop, self.folder(recording_id), patterns)

    async def size(self, recording_id: str) -> int:
        """Bytes of all its files in the folder; 0 when there is none."""
        return await asyncio.to_thread(_size, self.folder(recording_id))

    async def all(self) -> list[str]:
        """The ids of all there are; what was being removed is removed now."""
        return await asyncio.to_thread(_listed, self.root)

    async def is_old(self, recording_id: str, *, older_s: float) -> bool:
        """Whether nothing was begun or ended in its folder for so long."""
        changed = await asyncio.to_thread(lambda: self.folder(recording_id).stat().st_mtime)
        return time.time() - changed > older_s

    # The far place

    def reads_far(self, recording_id: str) -> ReadFar | None:
        """What reads bodies that are not in the folder; None where there is no far place."""
        return None if self._far is None else partial(self._far.read, recording_id)

    async def is_to_be_sent(self, recording_id: str) -> bool:
        """Whether bodies lie in the folder that belong into the far place."""
        if self._far is None:
            return False
        return bool(await asyncio.to_thread(_bodies, self.folder(recording_id)))

    async def send_away(self, recording_id: str) -> None:
        """A whole recording's bodies go to the far place, unless somebody works on it: then they go
        when that is done. Each leaves the folder when it is known to be there. Or OSError."""
        folder = self.folder(recording_id)
        if self._far is None or self._at_home[recording_id]:
            return
        for path in await asyncio.to_thread(_bodies, folder):
            await self._far.send(recording_id, path.relative_to(folder).as_posix(), path)
            if self._at_home[recording_id]:
                return
            await asyncio.to_thread(path.unlink)

    @contextlib.asynccontextmanager
    async def at_home(self, recording_id: str, *, is_changed: bool = False) -> AsyncIterator[None]:
        """Its bodies are in the folder meanwhile. With `is_changed` the far place has none of them
        meanwhile, and afterwards what is left. Or OSError."""
        self._at_home[recording_id] += 1
        try:
            await self._bring_back(recording_id, is_changed=is_changed)
            yield
        finally:
            self._at_home[recording_id] -= 1
            try:
                await self.send_away(recording_id)
            except OSError as failure:  # the next start sends it
                reason = str(failure)
                log.warning("recording.not_sent", recording=recording_id, reason=reason)

    async def _bring_back(self, recording_id: str, *, is_changed: bool) -> None:
        if self._far is None:
            return
        folder, names = self.folder(recording_id), await self._far.sizes(recording_id)
        for name in names:
            if not (folder / name).exists():
                await self._far.fetch(recording_id, name, folder / name)
        if is_changed:
            await self._far.remove(recording_id, names)


def _bodies(folder: Path) -> list[Path]:
    return sorted(path for pattern in BODIES for path in folder.glob(pattern))


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
