"""Files of decks, each under the checksum of its bytes: the same bytes lie here once.

Who keeps a file holds its checksum until its row is written, and who takes one away until they have
looked that no row has it; so none goes that somebody begins to need.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from weakref import WeakValueDictionary

from classroom.blobs.drafts import FileDrafts
from classroom.blobs.files import full_disk_refused, must_leave_space, sync_folder

COMING = "coming"
"""Where drafts lie."""
_CHECKSUM = re.compile(r"[0-9a-f]{64}")


class DeckBlobs(FileDrafts):
    """In a folder for each first two digits. Used from one event loop."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._held: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, checksum: str) -> AsyncIterator[None]:
        """Alone with this file: to note it, or to take it away."""
        lock = self._held.get(checksum)
        if lock is None:
            lock = self._held[checksum] = asyncio.Lock()
        async with lock:
            yield

    def path(self, checksum: str) -> Path:
        """Where it can be read, from the root."""
        return self._path(folder_of(checksum), checksum).absolute()

    async def keep(self, content: bytes, checksum: str) -> None:
        """These bytes; nothing when they are there. Refused `storage.full`."""
        if await self.size(folder_of(checksum), checksum) != len(content):
            await self.put(folder_of(checksum), checksum, content)

    async def keep_file(self, path: Path, checksum: str) -> None:
        """What lies there, as a copy; nothing when it is here. Refused `storage.full`."""
        if await self.size(folder_of(checksum), checksum) is None:
            with full_disk_refused():
                await asyncio.to_thread(_copy, path, self.path(checksum))

    async def take_in(self, draft: str, checksum: str) -> None:
        """A draft that is whole goes to its place. Refused `storage.full`."""
        with full_disk_refused():
            await asyncio.to_thread(_move, self.draft_path(COMING, draft), self.path(checksum))

    async def drop(self, checksum: str) -> None:
        """Take it away; silent when it is not there."""
        await self.remove(folder_of(checksum), checksum)

    async def checksums(self) -> list[str]:
        """Of everything that is kept."""
        return await asyncio.to_thread(_listed, self._root)

    async def drafts(self) -> list[str]:
        """The names of all drafts."""
        return await asyncio.to_thread(_names, self._root / COMING)


def folder_of(checksum: str) -> str:
    """The folder a file lies in."""
    return f"deck-{checksum[:2]}"


def checksum_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(content).hexdigest()


def file_checksum(path: Path) -> str:
    """The same of a file; 200 MB take some tenths of a second."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    must_leave_space(target.parent)
    aside = target.with_name(f".{target.name}")
    try:
        shutil.copyfile(path, aside)
        _sync(aside)
        aside.replace(target)
        sync_folder(target.parent)
    finally:
        aside.unlink(missing_ok=True)


def _move(draft: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _sync(draft)
    draft.replace(target)
    sync_folder(target.parent)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _listed(root: Path) -> list[str]:
    return [name for folder in root.glob("deck-??") for name in _names(folder)]


def _names(folder: Path) -> list[str]:
    """Whole files by their checksum, drafts by their name."""
    if not folder.is_dir():
        return []
    if folder.name == COMING:
        return [path.stem for path in folder.glob("*.part")]
    return [path.name for path in folder.iterdir() if _CHECKSUM.fullmatch(path.name)]
