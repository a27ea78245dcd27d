"""Makes a print: looks into the files that were sent, has its pages drawn, keeps the pictures.

What a server that died had kept stays; the next one goes on with what is missing. What fails by
our fault is tried once more, what is wrong with the file is said at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from classroom.blobs.decks import DeckBlobs, checksum_of, file_checksum
from classroom.clock import monotonic, utc_now
from classroom.errors import Refused
from classroom.store.deck_place import take_place
from classroom.store.deck_prints import (
    PrintFile,
    PrintRow,
    add_print_file,
    advance,
    decks_of_print,
    find_print,
    is_checksum_used,
    note_opened,
    picture_name,
    print_files,
)
from classroom.store.jobs import JobRow, finish_job, give_back_job, put_off_job
from classroom.wire.decks import DeckProgress
from courseware.deck import Drawn, Entry, Leaf
from courseware.errors import Broken, Unfit
from courseware.workshop import Workshop
from whiteboard.store import StoreFailed

TRIES = 2
AGAIN_SOON = timedelta(seconds=1)
DISK_AGAIN = timedelta(minutes=5)
TOLD_EVERY_S = 0.2
SOURCE = "source-"
"""How the names of files begin that were sent; their number follows, and their ending."""
ENTRY = "in/"
"""How the names of files begin that an activity consists of."""
PRINT = "print.pdf"
"""The PDF whose page i is leaf i."""
BLOCK = 4096
"""Bytes that a file takes at the least."""
WIDTHS = (1280, 320)
"""Pixels of a page's pictures in the order they are drawn: with the last it has them all."""

log = structlog.get_logger("classroom.jobs")

Tell = Callable[[DeckProgress, Sequence[str]], None]
"""Tells staff of these rooms."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What there is to draw."""

    path: Path
    leaves: Sequence[Leaf]


class _Gone(Exception):
    """The print was deleted meanwhile: nobody wants it."""


class Conversion:
    """Does jobs of prints; the key of a job is the print's id."""

    def __init__(
        self,
        workshop: Workshop,
        blobs: DeckBlobs,
        tell: Tell,
        library_bytes: int,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._workshop = workshop
        self._blobs = blobs
        self._tell = tell
        self._library_bytes = library_bytes
        self._now = now

    async def do(self, job: JobRow) -> None:
        """Make the print, and say so to the store: done, given up, or to be tried again."""
        begun = await advance(job.key, "begin", at=self._now())
        if begun is None:  # it is gone, or ready
            await finish_job(job.id, at=self._now())
            return
        if job.attempts > TRIES:
            await self._fail(job, "broken")
            return
        try:
            await self._make(begun)
        except Unfit as unfit:
            await self._fail(job, unfit.fault, unfit.params)
        except Broken as broken:
            await self._break(job, broken.reason)
        except Refused as refused:
            await self._refuse(job, refused)
        except _Gone:
            await finish_job(job.id, at=self._now())
        except (StoreFailed, asyncio.CancelledError):
            raise
        except Exception:
            log.exception("deck.not_made", job=job.id)
            await self._break(job, "fault")
        else:
            await finish_job(job.id, at=self._now())

    async def _make(self, row: PrintRow) -> None:
        told = _Told(self, row.id)
        await told.tell(is_new=True)
        async with self._workshop.folder() as folder:
            files = await print_files(row.id)
            opened = await self._opened(row, files, folder)
            if opened is not None:
                await told.tell(is_new=True)
                await self._draw(row.id, opened, files, told, folder)
        if await advance(row.id, "finish", at=self._now()) is None:
            raise _Gone
        await told.tell(is_new=True)

    async def _opened(
        self, row: PrintRow, files: Mapping[str, PrintFile], folder: Path
    ) -> _Print | None:
        """What there is to draw; None when it has no pages. Looked into only once."""
        leaves = row.leaves
        if leaves and PRINT in files:
            return _Print(self._blobs.path(files[PRINT].checksum), leaves)
        sources = sorted(name for name in files if name.startswith(SOURCE))
        paths = [(name, self._blobs.path(files[name].checksum)) for name in sources]
        opened = await self._workshop.open(row.kind, paths, folder)
        if opened.print is not None:
            checksum = await self._keep_print(row.id, opened.print)
        if opened.entries:
            await take_place(row.id, _taken(opened.entries), self._library_bytes)
        await self._keep_entries(row.id, opened.entries, files)
        await note_opened(row.id, opened.leaves, opened.slides, at=self._now())
        if opened.print is None:
            return None
        return _Print(self._blobs.path(checksum), opened.leaves)

    async def _keep_print(self, print_id: str, path: Path) -> str:
        """The file that is drawn from, which may be the one that was sent."""
        return await self._keep_made(print_id, PRINT, "application/pdf", path)

    async def _keep_entries(
        self, print_id: str, entries: Sequence[Entry], files: Mapping[str, PrintFile]
    ) -> None:
        """Those of an activity that an earlier try had not kept."""
        for entry in entries:
            if ENTRY + entry.path not in files:
                await self._keep_made(print_id, ENTRY + entry.path, entry.kind, entry.file)

    async def _keep_made(self, print_id: str, name: str, kind: str, path: Path) -> str:
        checksum = await asyncio.to_thread(file_checksum, path)
        size = (await asyncio.to_thread(path.stat)).st_size
        async with self._blobs.hold(checksum):
            await self._blobs.keep_file(path, checksum)
            await self._note(print_id, PrintFile(name, kind, checksum, size))
        return checksum

    async def _draw(
        self,
        print_id: str,
        what: _Print,
        files: Mapping[str, PrintFile],
        told: _Told,
        folder: Path,
    ) -> None:
        def is_drawn(leaf: Leaf) -> bool:
            return all(picture_name(leaf.slide, leaf.step, px) in files for px in WIDTHS)

        missing = [number for number, leaf in enumerate(what.leaves) if not is_drawn(leaf)]
        done = len(what.leaves) - len(missing)
        if 0 not in missing:
            await self._show(print_id, told)
        drawing = self._workshop.draw(what.path, missing, px=WIDTHS, folder=folder)
        async for drawn in drawing:
            has_all = drawn.px == WIDTHS[-1]
            done += has_all
            await self._keep(print_id, what.leaves[drawn.leaf], drawn, done)
            if drawn.leaf == 0 and has_all:
                await self._show(print_id, told)
            await told.tell()

    async def _show(self, print_id: str, told: _Told) -> None:
        if await advance(print_id, "show", at=self._now()) is None:
            raise _Gone
        await told.tell(is_new=True)

    async def _keep(self, print_id: str, leaf: Leaf, drawn: Drawn, done: int) -> None:
        content = await asyncio.to_thread(drawn.file.read_bytes)
        await asyncio.to_thread(drawn.file.unlink)
        checksum = checksum_of(content)
        name = picture_name(leaf.slide, leaf.step, drawn.px)
        file = PrintFile(name, "image/webp", checksum, len(content), drawn.text or "")
        async with self._blobs.hold(checksum):
            await self._blobs.keep(content, checksum)
            await self._note(print_id, file, done)

    async def _note(self, print_id: str, file: PrintFile, done: int | None = None) -> None:
        """The caller holds its checksum."""
        if not await add_print_file(print_id, file, done=done):
            if not await is_checksum_used(file.checksum):
                await self._blobs.drop(file.checksum)
            raise _Gone

    async def _refuse(self, job: JobRow, refused: Refused) -> None:
        """The library has no place for it, or the disk; nothing else is refused here."""
        if refused.code == "deck.quota":
            await self._fail(job, "quota", refused.params)
        else:
            await self._break(job, "storage" if refused.code == "storage.full" else "fault")

    async def _break(self, job: JobRow, reason: str) -> None:
        """Our side failed: once more, or given up with the reason."""
        if reason == "closed":  # the server goes down, and the next one goes on
            await give_back_job(job.id)
        elif job.attempts < TRIES:
            wait = DISK_AGAIN if reason == "storage" else AGAIN_SOON
            await put_off_job(job.id, until=self._now() + wait, failure=reason)
        else:
            await self._fail(job, "storage" if reason == "storage" else "broken")

    async def _fail(
        self, job: JobRow, fault: str, params: Mapping[str, int | str] | None = None
    ) -> None:
        await advance(job.key, "fail", at=self._now(), fault=fault, params=params)
        await finish_job(job.id, at=self._now(), failure=fault)
        log.info("deck.failed", job=job.id, fault=fault)
        await self.tell_decks(job.key)

    async def tell_decks(self, print_id: str) -> None:
        """Whoever has it in a deck hears how far it is."""
        row = await find_print(print_id)
        if row is None:
            return
        for deck in await decks_of_print(print_id):
            progress = DeckProgress(
                deck_id=deck.deck_id,
                print_id=row.id,
                state=row.state,
                done=row.done,
                leaves=row.outline.leaves,
                fault=row.fault,
                params=row.params,
            )
            self._tell(progress, deck.room_ids)


def _taken(entries: Sequence[Entry]) -> int:
    """Bytes on the disk: each file takes whole blocks."""
    return sum(-(-entry.bytes // BLOCK) * BLOCK for entry in entries)


class _Told:
    """When it was told last how far a print is."""

    def __init__(self, conversion: Conversion, print_id: str) -> None:
        self._conversion = conversion
        self._print_id = print_id
        self._at = 0.0

    async def tell(self, *, is_new: bool = False) -> None:
        """Tell, unless that was a moment ago; what is new is told at once."""
        if is_new or monotonic() - self._at >= TOLD_EVERY_S:
            self._at = monotonic()
            await self._conversion.tell_decks(self._print_id)
