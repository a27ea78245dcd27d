"""Files on their way in: pieces put behind each other, then looked at, then given to their sender.

A check goes on when nobody waits for it any more; what it found is asked for later.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from classroom.blobs.drafts import DraftStore
from classroom.blobs.kinds import FileKind, check_kind
from classroom.blobs.previews import Preview, preview_name, read_preview
from classroom.blobs.scanning import Scanner
from classroom.blobs.traces import blank_file
from classroom.errors import Refused
from classroom.http.pieces import bounded
from classroom.store.files import FileRow, find_file, set_ready, set_refused

ANSWER_WITHIN_S = 10.0
"""How long a request waits for a check; the next one asks again."""
READ_AT_ONCE = 2
"""Files looked at; a large picture takes 160 MB for a second."""
PASSING = ("file.not_scanned", "file.unknown", "storage.full")
"""Refusals that are no fault of the file: the next request checks it again."""

log = structlog.get_logger("classroom.http")


@dataclass(frozen=True, slots=True)
class UploadTold:
    """How far a file has come."""

    offset: int
    """Where the next piece begins."""
    is_ready: bool
    """Whether it was checked and can be sent. All bytes there and not ready: ask again."""


class Uploads:
    """Invariant: of one file there is one writer, or one check, at a time."""

    def __init__(self, drafts: DraftStore, scan_command: str) -> None:
        self._drafts = drafts
        self._scanner = Scanner(scan_command)
        self._reading = asyncio.Semaphore(READ_AT_ONCE)
        self._writing: set[str] = set()
        self._checking: dict[str, asyncio.Task[None]] = {}

    def is_at_work(self, file_id: str) -> bool:
        """Whether a piece of it is coming, or it is being checked."""
        return file_id in self._writing or file_id in self._checking

    async def append(self, row: FileRow, offset: int, body: AsyncIterator[bytes]) -> int:
        """Write a piece; how far the file has come, also when the piece broke off.

        Refused `upload.busy`, `upload.offset`, `file.size` for more than was announced,
        `file.unknown` when its draft is gone, `storage.full`.
        """
        if self.is_at_work(row.id):
            raise Refused("upload.busy")
        self._writing.add(row.id)
        try:
            pieces = bounded(body, row.bytes - offset, Refused("file.size"))
            return await self._drafts.append(row.room_id, row.id, offset, pieces)
        except FileNotFoundError as error:
            raise Refused("file.unknown") from error
        finally:
            self._writing.discard(row.id)

    async def progress(self, row: FileRow) -> UploadTold:
        """How far it has come; a file that is whole is checked. Refused with what the check found,
        or `file.unknown`."""
        if row.state == "refused":
            raise Refused(row.refusal)
        if row.state == "ready":
            return UploadTold(row.bytes, is_ready=True)
        size = await self._drafts.draft_size(row.room_id, row.id)
        if row.id in self._checking or size == row.bytes:
            return UploadTold(row.bytes, is_ready=await self._is_checked(row))
        if size is None:
            return await self._without_draft(row)
        return UploadTold(size, is_ready=False)

    async def _without_draft(self, row: FileRow) -> UploadTold:
        """A check may have ended since the row was read; else there is no such file."""
        present = await find_file(row.room_id, row.id)
        if present is None or present.state == "coming":
            raise Refused("file.unknown")
        return await self.progress(present)

    async def _is_checked(self, row: FileRow) -> bool:
        """Whether the check is over by now, and went well."""
        task = self._checking.get(row.id)
        if task is None:
            task = self._checking[row.id] = asyncio.create_task(
                self._check(row), name=f"check {row.id}"
            )
            task.add_done_callback(lambda done: self._forget(row.id, done))
        await asyncio.wait({task}, timeout=ANSWER_WITHIN_S)
        if not task.done():
            return False
        task.result()
        return True

    def _forget(self, file_id: str, task: asyncio.Task[None]) -> None:
        del self._checking[file_id]
        failure = None if task.cancelled() else task.exception()
        if failure is not None and not isinstance(failure, Refused):
            log.error("file.check_failed", exc_info=failure)

    async def _check(self, row: FileRow) -> None:
        try:
            kind, preview = await self._look(row)
        except Refused as refused:
            if refused.code not in PASSING:
                await set_refused(row.id, refused.code)
                await self._drafts.discard(row.room_id, row.id)
            raise
        try:
            await self._drafts.finish(row.room_id, row.id)
        except FileNotFoundError as error:  # the owner of the room removed it meanwhile
            raise Refused("file.unknown") from error
        if preview is not None:
            await self._drafts.put(row.room_id, preview_name(row.id), preview.content)
        size = None if preview is None else (preview.width, preview.height)
        if not await set_ready(row.id, kind.media, size):
            for name in (row.id, preview_name(row.id)):
                await self._drafts.remove(row.room_id, name)
            raise Refused("file.unknown")

    async def _look(self, row: FileRow) -> tuple[FileKind, Preview | None]:
        """What it is; Refused when it may not pass. The scanner sees it before our own decoders."""
        path = self._drafts.draft_path(row.room_id, row.id)
        async with self._reading:
            kind = await asyncio.to_thread(check_kind, path, row.name)
        await self._scanner.check(path)
        async with self._reading:
            await asyncio.to_thread(blank_file, path, kind.media)
            if kind.family != "picture":
                return kind, None
            return kind, await asyncio.to_thread(read_preview, path)
