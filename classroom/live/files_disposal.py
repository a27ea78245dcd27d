"""Takes files of rooms away for good: what they hold and what is known of them, in this order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog

from classroom.blobs.drafts import DraftStore
from classroom.blobs.previews import preview_name
from classroom.ids import RoomId
from classroom.store.files import forget_files, sweep_files
from whiteboard.store import StoreFailed

SWEEP_WITHIN_S = 3.0
"""Whoever opens the class waits for it; what is left goes the next time."""

log = structlog.get_logger("classroom.live")


class FilesDisposal:
    """A file that is known may lack what it held, for a moment; nothing lies about unknown."""

    def __init__(self, drafts: DraftStore) -> None:
        self._drafts = drafts

    async def remove(self, room_id: RoomId, file_ids: Sequence[str]) -> None:
        """They are gone when this returns. Raises StoreFailed, OSError."""
        for file_id in file_ids:
            await self._remove_content(room_id, file_id)
        await forget_files(room_id, file_ids)

    async def sweep(self, room_id: RoomId, *, at: datetime) -> None:
        """Take away what nobody sent in time, as a class opens; what fails is tried the next
        time."""
        try:
            async with asyncio.timeout(SWEEP_WITHIN_S):
                await sweep_files(room_id, self._remove_content, at=at)
        except (StoreFailed, OSError) as failure:  # TimeoutError is an OSError
            log.warning("files.not_swept", room=room_id, reason=str(failure))

    async def _remove_content(self, room_id: RoomId, file_id: str) -> None:
        await self._drafts.discard(room_id, file_id)
        await self._drafts.remove(room_id, preview_name(file_id))
        await self._drafts.remove(room_id, file_id)
