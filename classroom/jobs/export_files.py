"""Where files made of recordings lie, and how they are opened."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from classroom.blobs.files import must_leave_space
from classroom.blobs.recordings import RecordingBlobs
from classroom.errors import Refused
from classroom.jobs.export_copy import ExportCopy
from classroom.jobs.recording_opening import Opened, Opening
from classroom.store.recording_exports import ExportRow
from classroom.store.recordings import RecordingRow
from recording.errors import Damaged
from recording.manifest import DERIVED_KEY
from recording.parcel import ParcelReader

GONE = "recording.export_unknown"


def fits(export: ExportRow, row: RecordingRow) -> bool:
    """Whether it was ordered with the cuts there are now."""
    return bool(export.order.get("cuts") == [list(cut) for cut in row.cuts])


class ExportFiles:
    """Below the folders of their recordings. OSError goes through to the caller."""

    def __init__(self, opening: Opening, blobs: RecordingBlobs) -> None:
        self._opening = opening
        self._blobs = blobs
        self._copy = ExportCopy(opening)

    async def recording(self, row: RecordingRow) -> Opened:
        """What one is made of. Damaged, StoreFailed."""
        return await self._opening.open(row)

    async def can_copy(self, row: RecordingRow, from_ms: int = 0, to_ms: int = 0) -> bool:
        """Whether this part can be a copy of the screen; not of what cannot be read.
        StoreFailed."""
        try:
            return await self._copy.is_there(await self.recording(row), from_ms, to_ms)
        except (Damaged, OSError):
            return False

    def at_home(self, recording_id: str) -> AbstractAsyncContextManager[None]:
        """All of the recording is in its folder meanwhile. Or OSError."""
        return self._blobs.at_home(recording_id)

    async def must_have_space(self, recording_id: str) -> None:
        """Refused `recording.storage` when the disk is nearly full."""
        try:
            await asyncio.to_thread(must_leave_space, self._blobs.folder(recording_id))
        except (Refused, FileNotFoundError) as full:
            raise Refused("recording.storage") from full

    async def open(self, row: RecordingRow, export: ExportRow) -> ParcelReader:
        """One that is ready. Refused `recording.export_unknown`, `recording.broken`."""
        key = (await self._opening.open(row)).keys.get(DERIVED_KEY)
        if key is None or export.state != "ready" or not fits(export, row):
            raise Refused(GONE)
        name = f"{row.id}/exports/{export.id}"
        try:
            return await asyncio.to_thread(ParcelReader, self._path(export), key, name)
        except FileNotFoundError as gone:
            raise Refused(GONE) from gone
        except Damaged as damaged:
            raise Refused("recording.broken") from damaged

    async def remove(self, export: ExportRow) -> None:
        """Silent when it is not there."""
        await asyncio.to_thread(self._path(export).unlink, missing_ok=True)

    def _path(self, export: ExportRow) -> Path:
        return self._blobs.folder(export.recording_id) / "exports" / export.id
