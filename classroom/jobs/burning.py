"""Decks as a PDF with what was drawn on them. What was drawn comes from a browser as a PDF of its
own, a page for each leaf with ink; it is laid over the print in a child, and nothing of it is kept.
"""

from __future__ import annotations

import asyncio
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

import structlog

from classroom.blobs.decks import DeckBlobs
from classroom.blobs.files import full_disk_refused, must_leave_space
from classroom.errors import Refused
from classroom.jobs.conversion import PRINT
from classroom.store.deck_prints import PrintRow, find_print_file, leaf_name
from courseware.deck import Leaf
from courseware.errors import Broken, Unfit
from courseware.workshop import Workshop

COMING_MAX = 64
"""Exports whose drawings come or wait, one a room: each is some megabytes on the disk at most."""
MADE_MAX = 64
MADE_EACH = 3
"""PDFs that are made and not fetched to their end, of all and of one person: they may be large, and
have no name any more."""
WITHIN_S = 60.0
"""Until the PDF is there, with the time that others are waited for."""
COME_BACK_S = 5

log = structlog.get_logger("classroom.jobs")


def order_of(
    leaves: Sequence[Leaf], drawn: Sequence[str], shown: Collection[str] | None
) -> list[tuple[int, int | None]]:
    """The pages of what comes out: leaf of the print and page of the overlay, by number from 0.

    Each slide is there once, as its last leaf shows it; earlier steps only with what was drawn on
    them. `drawn` are the names of the leaves the overlay's pages belong to, `shown` those that the
    class was on when the others are to be left out.
    """
    sheets: Mapping[str, int] = {name: sheet for sheet, name in enumerate(drawn)}
    order: list[tuple[int, int | None]] = []
    last: dict[int, int] = {}
    for page, leaf in enumerate(leaves):
        if shown is None or leaf_name(leaf.slide, leaf.step) in shown:
            last[leaf.slide] = page
    for page, leaf in enumerate(leaves):
        name = leaf_name(leaf.slide, leaf.step)
        if shown is not None and name not in shown:
            continue
        if name in sheets or last[leaf.slide] == page:
            order.append((page, sheets.get(name)))
    return order


class Burning:
    """Invariant: of one room there is at most one export, and at most COMING_MAX in all; PDFs that
    wait to be fetched are at most MADE_EACH and MADE_MAX. Two are written at a time."""

    def __init__(self, workshop: Workshop, blobs: DeckBlobs) -> None:
        self._workshop = workshop
        self._blobs = blobs
        self._rooms: set[str] = set()
        self._made: Counter[str] = Counter()

    @asynccontextmanager
    async def begin(self, room_id: str, who: str) -> AsyncIterator[Export]:
        """A place for an export of this room, by somebody; nothing of it is left when the context
        is. Refused `server.busy`, `storage.full`."""
        with self._held(room_id, who):
            try:
                async with self._workshop.folder() as folder:
                    must_leave_space(folder)
                    yield Export(self._workshop, self._blobs, folder, partial(self._keep, who))
            except Broken as broken:
                raise _told(broken) from broken

    @contextmanager
    def _held(self, room_id: str, who: str) -> Iterator[None]:
        is_full = len(self._rooms) >= COMING_MAX or self._made.total() >= MADE_MAX
        if room_id in self._rooms or is_full or self._made[who] >= MADE_EACH:
            raise Refused("server.busy", {"retry_after_s": COME_BACK_S})
        self._rooms.add(room_id)
        try:
            yield
        finally:
            self._rooms.discard(room_id)

    def _keep(self, who: str, made: BinaryIO) -> None:
        """It counts until nobody has it any more, read or not."""
        self._made[who] += 1
        weakref.finalize(made, self._forget, who)

    def _forget(self, who: str) -> None:
        self._made[who] -= 1
        if not self._made[who]:
            del self._made[who]


class Export:
    """One PDF that is being made."""

    def __init__(
        self,
        workshop: Workshop,
        blobs: DeckBlobs,
        folder: Path,
        keep: Callable[[BinaryIO], None],
    ) -> None:
        self._workshop = workshop
        self._blobs = blobs
        self._folder = folder
        self._keep = keep
        self._overlay = folder / "overlay.pdf"

    async def receive(self, pieces: AsyncIterator[bytes]) -> int:
        """Take in what was drawn; how many bytes came. Refused `storage.full`, and whatever the
        pieces raise."""
        size = 0
        with full_disk_refused():
            file = await asyncio.to_thread(self._overlay.open, "xb")
            try:
                async for piece in pieces:
                    await asyncio.to_thread(file.write, piece)
                    size += len(piece)
            finally:
                await asyncio.to_thread(file.close)
        return size

    async def burn(self, row: PrintRow, order: Sequence[tuple[int, int | None]]) -> BinaryIO:
        """The PDF, open. Its name goes with the export's folder; what is in it stays while it is
        open. Refused `deck.unknown` when the print is gone, `deck.export` when it
        and what was drawn cannot be put together, `server.busy`, `storage.full`."""
        source = await find_print_file(row.id, PRINT)
        if source is None:
            raise Refused("deck.unknown")
        overlay = self._overlay if any(sheet is not None for _, sheet in order) else None
        try:
            async with asyncio.timeout(WITHIN_S):
                path = self._blobs.path(source.checksum)
                made = await self._workshop.burn(path, overlay, order, self._folder)
        except TimeoutError as error:
            raise Refused("server.busy", {"retry_after_s": COME_BACK_S}) from error
        except Unfit as unfit:
            log.warning("deck.not_exported", fault=unfit.fault)
            raise Refused("deck.export") from unfit
        file = await asyncio.to_thread(made.open, "rb")
        self._keep(file)
        return file


def _told(broken: Broken) -> Refused:
    if broken.reason == "storage":
        return Refused("storage.full")
    log.warning("deck.not_exported", reason=str(broken))
    if broken.reason == "closed":
        return Refused("server.busy", {"retry_after_s": COME_BACK_S})
    return Refused("deck.export")
