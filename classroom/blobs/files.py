"""Files of rooms in a folder of the data folder: written whole or not at all, gone with their room.

`BlobStore` is the port; another place to keep them (an object store) only has to have its verbs.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import math
import os
import re
import secrets
import shutil
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from classroom.errors import LocalError, Refused

PIECE_BYTES = 256 * 1024
SPARED_BYTES = 1024**3
SPARED_PART = 20
"""Of the disk, files leave this much alone: a gigabyte, or a twentieth of a small one."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FULL = (errno.ENOSPC, errno.EDQUOT)


class BlobStore(Protocol):
    """Keeps bytes under a folder and a name, both `[A-Za-z0-9_-]`, 1 to 64 characters."""

    async def put(self, folder: str, name: str, content: bytes) -> None:
        """On disk when it returns. Refused `storage.full`."""
        ...

    async def size(self, folder: str, name: str) -> int | None:
        """How many bytes it has; None when there is none."""
        ...

    def pieces(
        self, folder: str, name: str, start: int = 0, stop: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """Its bytes from `start` to before `stop` (None: the end), in pieces; FileNotFoundError
        when there is none."""
        ...

    async def remove(self, folder: str, name: str) -> None:
        """Silent when there is none."""
        ...

    async def remove_folder(self, folder: str) -> None:
        """With all that is in it; silent when there is none."""
        ...


class FileBlobs:
    """In a folder of this machine, which is made when the first file comes."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, folder: str, name: str, content: bytes) -> None:
        """Write it aside, bring it to the disk, then give it its name. Refused `storage.full`."""
        path = self._path(folder, name)
        with full_disk_refused():
            await asyncio.to_thread(_write, path, content)

    async def size(self, folder: str, name: str) -> int | None:
        """How many bytes it has; None when there is none."""
        try:
            return (await asyncio.to_thread(self._path(folder, name).stat)).st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    async def pieces(
        self, folder: str, name: str, start: int = 0, stop: int | None = None
    ) -> AsyncGenerator[bytes, None]:
        """A part of it, or all, in pieces of at most PIECE_BYTES; FileNotFoundError when there is
        none."""
        file = await asyncio.to_thread(self._path(folder, name).open, "rb")
        file.seek(start)
        pieces = pieces_of(file, math.inf if stop is None else stop - start)
        async with contextlib.aclosing(pieces):
            async for piece in pieces:
                yield piece

    async def remove(self, folder: str, name: str) -> None:
        """Silent when there is none."""
        await asyncio.to_thread(self._path(folder, name).unlink, missing_ok=True)

    async def remove_folder(self, folder: str) -> None:
        """With all that is in it; silent when there is none."""
        path = self._root / _checked(folder)
        with contextlib.suppress(FileNotFoundError):
            await asyncio.to_thread(shutil.rmtree, path)

    def _path(self, folder: str, name: str) -> Path:
        return self._root / _checked(folder) / _checked(name)


async def pieces_of(file: BinaryIO, most: float = math.inf) -> AsyncGenerator[bytes, None]:
    """An open file from where it stands, at most so many bytes of it; it is closed then, also when
    the rest is not taken."""
    try:
        while piece := await asyncio.to_thread(file.read, int(min(PIECE_BYTES, most))):
            yield piece
            most -= len(piece)
    finally:
        file.close()


@contextlib.contextmanager
def full_disk_refused() -> Iterator[None]:
    """A disk that has no room becomes Refused `storage.full`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Refused("storage.full") from error
        raise


def must_leave_space(folder: Path) -> None:
    """Refused `storage.full` when the disk has little left: the database lies there, too, and must
    be able to store the classes that go on. Blocks for some microseconds."""
    disk = shutil.disk_usage(folder)
    if disk.free < min(SPARED_BYTES, disk.total // SPARED_PART):
        raise Refused("storage.full")


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise LocalError(f"{name!r} is no name of a file of ours")
    return name


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    must_leave_space(path.parent)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
