"""Pictures of leaves for whoever is shown them: kept in memory for a class that turns together,
read once for all who ask at the same time, and drawn large when that is asked for the first time.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from classroom.blobs.decks import DeckBlobs, checksum_of, folder_of
from classroom.errors import Refused
from classroom.jobs.conversion import PRINT
from classroom.store.deck_prints import (
    PrintFile,
    add_print_file,
    find_print,
    find_print_file,
    is_checksum_used,
    leaf_name,
    picture_name,
)
from courseware.deck import Leaf
from courseware.errors import Broken, Unfit
from courseware.workshop import Workshop

WIDTHS = (320, 1280, 2560)
LARGE = 2560
KEPT_BYTES = 24 * 1024**2
DRAWN_AT_ONCE = 2
WAITING_MAX = 20
DRAWN_WITHIN_S = 6.0
COME_BACK_S = 2


class SlidePictures:
    """Invariant: of one picture there is one reader at a time, and at most KEPT_BYTES are kept."""

    def __init__(self, workshop: Workshop, blobs: DeckBlobs) -> None:
        self._workshop = workshop
        self._blobs = blobs
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._bytes = 0
        self._coming: dict[tuple[str, str], asyncio.Task[bytes | None]] = {}
        self._drawing = asyncio.Semaphore(DRAWN_AT_ONCE)
        self._waiting = 0

    async def find(self, print_id: str, slide: int, step: int, px: int) -> bytes | None:
        """The picture of a leaf; None while there is none. Refused `server.busy` when too many
        large ones are asked for."""
        key = (print_id, picture_name(slide, step, px))
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        task = self._coming.get(key)
        if task is None:
            task = asyncio.create_task(self._read(key, slide, step, px), name="read a picture")
            self._coming[key] = task
            task.add_done_callback(lambda done: self._forget_task(key, done))
        return await asyncio.shield(task)

    async def text(self, print_id: str, slide: int, step: int) -> str | None:
        """What stands on a leaf; None while it is not drawn."""
        file = await find_print_file(print_id, picture_name(slide, step, 1280))
        return None if file is None else file.text

    def forget(self, print_id: str) -> None:
        """Nobody may have its pictures any more."""
        for key in [key for key in self._kept if key[0] == print_id]:
            self._bytes -= len(self._kept.pop(key))

    def _forget_task(self, key: tuple[str, str], task: asyncio.Task[bytes | None]) -> None:
        del self._coming[key]
        if not task.cancelled():
            task.exception()  # whoever asked has heard it

    async def _read(self, key: tuple[str, str], slide: int, step: int, px: int) -> bytes | None:
        print_id, name = key
        file = await find_print_file(print_id, name)
        if file is not None:
            content = await self._content(file)
        elif px == LARGE:
            content = await self._in_turn(lambda: self._draw(print_id, slide, step))
        else:
            content = None
        if content is not None:
            self._keep(key, content)
        return content

    async def _content(self, file: PrintFile) -> bytes | None:
        try:
            pieces = self._blobs.pieces(folder_of(file.checksum), file.checksum)
            return b"".join([piece async for piece in pieces])
        except FileNotFoundError:
            return None

    def _keep(self, key: tuple[str, str], content: bytes) -> None:
        self._bytes += len(content)
        self._kept[key] = content
        while self._bytes > KEPT_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone)

    async def _in_turn(self, draw: Callable[[], Awaitable[bytes | None]]) -> bytes | None:
        if self._waiting >= WAITING_MAX:
            raise Refused("server.busy", {"retry_after_s": COME_BACK_S})
        self._waiting += 1
        try:
            async with self._drawing:
                return await draw()
        finally:
            self._waiting -= 1

    async def _draw(self, print_id: str, slide: int, step: int) -> bytes | None:
        row = await find_print(print_id)
        source = await find_print_file(print_id, PRINT)
        if row is None or source is None or not row.is_shown:
            return None
        number = _number(row.leaves, slide, step)
        if number is None:
            return None
        try:
            async with asyncio.timeout(DRAWN_WITHIN_S), self._workshop.folder() as folder:
                path = self._blobs.path(source.checksum)
                async for drawn in self._workshop.draw(path, [number], px=(LARGE,), folder=folder):
                    content = await asyncio.to_thread(drawn.file.read_bytes)
                    await self._store(print_id, picture_name(slide, step, LARGE), content)
                    return content
        except (TimeoutError, Broken, Unfit) as failure:
            raise Refused("server.busy", {"retry_after_s": COME_BACK_S}) from failure
        return None

    async def _store(self, print_id: str, name: str, content: bytes) -> None:
        checksum = checksum_of(content)
        file = PrintFile(name, "image/webp", checksum, len(content))
        async with self._blobs.hold(checksum):
            await self._blobs.keep(content, checksum)
            if not await add_print_file(print_id, file) and not await is_checksum_used(checksum):
                await self._blobs.drop(checksum)


def _number(leaves: tuple[Leaf, ...], slide: int, step: int) -> int | None:
    """Which page of the print it is."""
    asked = leaf_name(slide, step)
    named = (leaf_name(leaf.slide, leaf.step) for leaf in leaves)
    return next((number for number, name in enumerate(named) if name == asked), None)
