"""Files on their way to become decks: what may be announced, and what becomes of those that have
come whole.

An upload that is whole becomes a deck once, however many ask for it at the same time.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from classroom.blobs.decks import COMING, checksum_of, file_checksum
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.deck_kinds import (
    MEGABYTE,
    blank_traces,
    check_sources,
    kind_by_bytes,
    source_file,
    too_large,
)
from classroom.http.pieces import bounded
from classroom.jobs.deck_disposal import draft_name
from classroom.jobs.decks import Decks
from classroom.store.deck_prints import PrintFile
from classroom.store.deck_uploads import Source, UploadRow, Whole, make_deck, note_moved
from courseware.deck import Kind
from courseware.sniff import HEAD_BYTES

MADE_MAX = 500
"""Uploads that became decks and are remembered, for whoever did not hear it."""


@dataclass(frozen=True, slots=True)
class SentTold:
    """How far a file of an upload is."""

    offset: int
    """Where the next piece begins."""
    is_ready: bool
    """Whether all files came and are a deck now."""
    deck_id: str
    """The deck they became; empty before."""


class DeckSending:
    """Invariant: of one file there is one writer at a time, and none while a deck is made of it."""

    def __init__(self, decks: Decks, *, file_mb: int, library_mb: int) -> None:
        self._decks = decks
        self._blobs = decks.blobs
        self._file_mb = file_mb
        self._library_bytes = library_mb * MEGABYTE
        self._writing: set[str] = set()
        self._making: dict[str, asyncio.Task[str]] = {}
        self._made: OrderedDict[tuple[str, str], tuple[UploadRow, str]] = OrderedDict()

    def check(self, sources: Sequence[Source]) -> None:
        """Refused as `check_sources`."""
        check_sources(sources, file_mb=self._file_mb, office=self._decks.office)

    async def open(self, upload: UploadRow) -> None:
        """Begin to take in its files. Refused `storage.full`, and it is given up."""
        try:
            for index in range(len(upload.sources)):
                await self._blobs.open_draft(COMING, draft_name(upload.id, index))
        except Refused:
            await self.discard(upload)
            raise

    async def append(
        self, upload: UploadRow, index: int, offset: int, body: AsyncIterator[bytes]
    ) -> None:
        """Write a piece at the end of a file. Refused `upload.busy`, `upload.offset`,
        `deck.large` for more than was announced, `upload.unknown`, `storage.full`."""
        name = draft_name(upload.id, index)
        if name in self._writing or upload.id in self._making:
            raise Refused("upload.busy")
        self._writing.add(name)
        try:
            pieces = bounded(body, upload.sources[index].bytes - offset, too_large(self._file_mb))
            await self._blobs.append(COMING, name, offset, pieces)
            await note_moved(upload.id, at=utc_now())
        except FileNotFoundError as error:
            raise Refused("upload.unknown") from error
        finally:
            self._writing.discard(name)

    async def progress(self, upload: UploadRow, index: int) -> SentTold:
        """How far a file is; when all have come they are made a deck. Refused with what is wrong
        with them, and the upload is given up."""
        if upload.id not in self._making:
            sizes = [await self._size(upload, number) for number in range(len(upload.sources))]
            if sizes != [source.bytes for source in upload.sources]:
                return SentTold(sizes[index], is_ready=False, deck_id="")
        deck_id = await asyncio.shield(self._maker(upload))
        return SentTold(upload.sources[index].bytes, is_ready=True, deck_id=deck_id)

    def made(self, upload_id: str, sender: str) -> tuple[UploadRow, str] | None:
        """An upload of this sender that became a deck lately, and the deck."""
        return self._made.get((upload_id, sender))

    async def discard(self, upload: UploadRow) -> None:
        """Give it up. Refused `upload.busy` while a piece comes."""
        names = {draft_name(upload.id, index) for index in range(len(upload.sources))}
        if names & self._writing or upload.id in self._making:
            raise Refused("upload.busy")
        await self._decks.disposal.upload(upload.id, len(upload.sources))

    async def _size(self, upload: UploadRow, index: int) -> int:
        size = await self._blobs.draft_size(COMING, draft_name(upload.id, index))
        if size is None:
            raise Refused("upload.unknown")
        return size

    def _maker(self, upload: UploadRow) -> asyncio.Task[str]:
        task = self._making.get(upload.id)
        if task is None:
            task = asyncio.create_task(self._make(upload), name="make a deck")
            self._making[upload.id] = task
            task.add_done_callback(lambda done: self._over(upload, done))
        return task

    def _over(self, upload: UploadRow, task: asyncio.Task[str]) -> None:
        del self._making[upload.id]
        if not task.cancelled() and task.exception() is None:
            self._made[upload.id, upload.sender] = upload, task.result()
            if len(self._made) > MADE_MAX:
                self._made.popitem(last=False)

    async def _make(self, upload: UploadRow) -> str:
        try:
            kind, files = await self._looked_at(upload)
            made = await self._kept(upload, kind, files)
        except Refused:
            await self._decks.disposal.upload(upload.id, len(upload.sources))
            raise
        await self._decks.disposal.prints(made[1])
        self._decks.wake()
        return made[0]

    async def _looked_at(self, upload: UploadRow) -> tuple[Kind, list[PrintFile]]:
        """What the files are, by their first bytes too."""
        kinds, files = set[Kind](), []
        for index, source in enumerate(upload.sources):
            path = self._blobs.draft_path(COMING, draft_name(upload.id, index))
            head = await asyncio.to_thread(_head, path)
            kinds.add(kind_by_bytes(source.name, head))
            await asyncio.to_thread(blank_traces, path, source)
            checksum = await asyncio.to_thread(file_checksum, path)
            files.append(source_file(index, source, checksum))
        return kinds.pop(), files

    async def _kept(
        self, upload: UploadRow, kind: Kind, files: Sequence[PrintFile]
    ) -> tuple[str, Sequence[str]]:
        """Files and rows together: the deck, and prints of versions that had to go."""
        checksums = {file.checksum for file in files}
        try:
            async with AsyncExitStack() as held:
                for checksum in sorted(checksums):
                    await held.enter_async_context(self._blobs.hold(checksum))
                for index, file in enumerate(files):
                    await self._blobs.take_in(draft_name(upload.id, index), file.checksum)
                whole = Whole(_together(files), kind, tuple(files))
                made = await make_deck(upload, whole, self._library_bytes, at=utc_now())
        except Refused:
            await self._decks.disposal.files(checksums)
            raise
        return made.deck_id, made.dropped


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _together(files: Sequence[PrintFile]) -> str:
    """The checksum of a print: of what was sent, in its order, and of what it says it is."""
    told = [[file.name, file.checksum] for file in files]
    return checksum_of(json.dumps(told).encode())
