"""Takes away what no deck has any more: prints, their files, uploads that were given up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

import structlog

from classroom.blobs.decks import COMING, DeckBlobs
from classroom.store.deck_prints import (
    drop_prints,
    is_checksum_used,
    unused_prints,
    used_checksums,
)
from classroom.store.deck_uploads import drop_upload, old_uploads, uploads_known

log = structlog.get_logger("classroom.jobs")


def draft_name(upload_id: str, index: int) -> str:
    """Under which name a file of an upload grows."""
    return f"{upload_id}-{index}"


class DeckDisposal:
    """`on_gone` hears of each print whose pictures nobody may have any more."""

    def __init__(self, blobs: DeckBlobs, on_gone: Callable[[str], None]) -> None:
        self._blobs = blobs
        self._on_gone = on_gone

    async def prints(self, print_ids: Collection[str]) -> None:
        """Those that no version has go, with the files nothing else needs."""
        checksums = await drop_prints(print_ids)
        for print_id in print_ids:
            self._on_gone(print_id)
        await self.files(checksums)

    async def files(self, checksums: Iterable[str]) -> None:
        """Those that no print has go."""
        for checksum in checksums:
            async with self._blobs.hold(checksum):
                if not await is_checksum_used(checksum):
                    await self._blobs.drop(checksum)

    async def upload(self, upload_id: str, count: int) -> None:
        """An upload that is over, with what came of its files."""
        await drop_upload(upload_id)
        for index in range(count):
            await self._blobs.discard(COMING, draft_name(upload_id, index))

    async def sweep(self, *, at: datetime) -> None:
        """What a server that died left: old uploads, drafts, prints and files of nobody."""
        for upload_id, count in await old_uploads(at=at):
            await self.upload(upload_id, count)
        drafts = await self._blobs.drafts()
        known = await uploads_known({name.rpartition("-")[0] for name in drafts})
        for name in drafts:
            if name.rpartition("-")[0] not in known:
                await self._blobs.discard(COMING, name)
        await self.prints(await unused_prints())
        kept = await self._blobs.checksums()
        left = set(kept) - await used_checksums(kept)
        await self.files(left)
        if left:
            log.info("decks.swept", files=len(left))
