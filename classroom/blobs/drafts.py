"""Files that come in pieces: drafts that grow at their end, and become files when they are whole.

A draft lies in the data folder of this machine, whatever keeps the files: checks read it there.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any, Protocol

from classroom.blobs.files import (
    BlobStore,
    FileBlobs,
    full_disk_refused,
    must_leave_space,
    sync_folder,
)
from classroom.errors import Refused


class DraftStore(BlobStore, Protocol):
    """A `BlobStore` whose files may also be made piece by piece."""

    async def open_draft(self, folder: str, name: str) -> None:
        """Begin an empty one, also in the place of an older one. Refused `storage.full`."""
        ...

    async def append(
        self, folder: str, name: str, offset: int, pieces: AsyncIterator[bytes]
    ) -> int:
        """Write at its end, which must be at `offset`; its size then. What had come before the
        pieces broke off stays. Refused `upload.offset` with its size, `storage.full`;
        FileNotFoundError."""
        ...

    async def draft_size(self, folder: str, name: str) -> int | None:
        """How many bytes have come; None when there is no draft."""
        ...

    def draft_path(self, folder: str, name: str) -> Path:
        """Where it can be read, from the root."""
        ...

    async def finish(self, folder: str, name: str) -> None:
        """It is whole: on disk, and a file, when this returns. Refused `storage.full`."""
        ...

    async def discard(self, folder: str, name: str) -> None:
        """Nobody waits for it any more; silent when there is none."""
        ...

    async def moved_at(self, folder: str, name: str) -> float | None:
        """When bytes came last, or it was begun: seconds since 1970; None when there is none."""
        ...


class FileDrafts(FileBlobs):
    """In a folder of this machine, beside the files, with `.part` behind their names."""

    async def open_draft(self, folder: str, name: str) -> None:
        """Begin an empty one. Refused `storage.full`."""
        with full_disk_refused():
            await asyncio.to_thread(_make, self.draft_path(folder, name))

    async def append(
        self, folder: str, name: str, offset: int, pieces: AsyncIterator[bytes]
    ) -> int:
        """Write the pieces as they come. Refused `upload.offset`, `storage.full`."""
        path = self.draft_path(folder, name)
        size = await asyncio.to_thread(_size_to_grow, path)
        if size != offset:
            raise Refused("upload.offset", {"offset": size})
        with full_disk_refused():
            async for piece in pieces:
                await _to_its_end(asyncio.to_thread(_write_at, path, size, piece))
                size += len(piece)
        return size

    async def draft_size(self, folder: str, name: str) -> int | None:
        """How many bytes have come; None when there is no draft."""
        try:
            return (await asyncio.to_thread(self.draft_path(folder, name).stat)).st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    def draft_path(self, folder: str, name: str) -> Path:
        """Where it can be read, from the root."""
        path = self._path(folder, name).absolute()
        return path.with_name(f"{path.name}.part")

    async def finish(self, folder: str, name: str) -> None:
        """It is whole: on disk, and a file, when this returns. Refused `storage.full`."""
        with full_disk_refused():
            await asyncio.to_thread(
                _finish, self.draft_path(folder, name), self._path(folder, name)
            )

    async def discard(self, folder: str, name: str) -> None:
        """Nobody waits for it any more; silent when there is none."""
        await asyncio.to_thread(self.draft_path(folder, name).unlink, missing_ok=True)

    async def moved_at(self, folder: str, name: str) -> float | None:
        """When bytes came last, or it was begun: seconds since 1970; None when there is none."""
        try:
            return (await asyncio.to_thread(self.draft_path(folder, name).stat)).st_mtime
        except (FileNotFoundError, NotADirectoryError):
            return None


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    must_leave_space(path.parent)
    path.write_bytes(b"")


def _size_to_grow(path: Path) -> int:
    """How large it is; Refused `storage.full` when it may not grow."""
    size = path.stat().st_size
    must_leave_space(path.parent)
    return size


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for it also when cancelled: a thread goes on, and nobody else may write meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({task})
        raise


def _write_at(path: Path, offset: int, piece: bytes) -> None:
    """All of it; a disk that fills up takes a part first, and then fails."""
    with path.open("r+b", 0) as file:
        file.seek(offset)
        left = memoryview(piece)
        while left:
            left = left[file.write(left) :]


def _finish(draft: Path, path: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)
