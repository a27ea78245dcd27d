"""Files made of recordings to be taken away: ordered, made one at a time by a child, kept for a
month, and gone with whoever is taken out of the recording.

A file is sealed under the recording's derived key: when that key is replaced, no copy of it opens.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

import structlog
from tortoise.transactions import in_transaction

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.jobs.export_files import ExportFiles, fits
from classroom.jobs.export_making import ExportMaking, Maker
from classroom.jobs.export_order import Wish
from classroom.jobs.loop import JobLoop
from classroom.store.jobs import NewJob, add_jobs, free_jobs
from classroom.store.recording_exports import (
    ExportRow,
    add_export,
    export_bytes,
    exports_of,
    forget_export,
    old_exports,
)
from classroom.store.recordings import RecordingRow
from recording.parcel import ParcelReader
from whiteboard.store import StoreFailed

JOB = "export"
NO_COPY = "recording.export_copy"
KEPT_FOR = timedelta(days=30)
MOST_BYTES = 8 * 1024**3
"""Of all exports; beyond it the oldest go."""
MOST_EACH = 12
"""Of one recording; one more takes the place of the oldest."""
COME_BACK_S = 60
SWEEP_S = 3600.0

log = structlog.get_logger("classroom.jobs")


class Exports:
    """Invariant: after `close` no child and no task of it runs; what was broken off is begun anew
    at the next start. Where nothing else is said, StoreFailed goes through to the caller."""

    def __init__(
        self, files: ExportFiles, maker: Maker, *, is_class_on: Callable[[], bool] = lambda: False
    ) -> None:
        self._files = files
        self.making = ExportMaking(files, maker, is_class_on)
        self._loop = JobLoop({JOB: self.making.do}, workers=1, kinds=(JOB,))
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to work, with what an earlier server left first."""
        with contextlib.suppress(StoreFailed):  # then leases end by themselves
            await free_jobs(JOB)
        await self._loop.start()
        self._sweeper = asyncio.create_task(self._sweep(), name="sweep exports")

    async def close(self) -> None:
        """End the child and every task."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        await self._loop.close()
        await self.making.close()

    async def order(
        self, row: RecordingRow, wish: Wish, *, by_link: bool = False
    ) -> tuple[ExportRow, bool]:
        """Have it made, and whether it is new: the same is made once. The recording is ready.
        Refused `recording.storage` when the disk is nearly full, `rate.limited` when enough wait,
        `recording.export_copy` for a copy where no screen can be copied. Who has a link has one
        made at a time, and displaces nothing."""
        order = asdict(wish) | {"cuts": [list(cut) for cut in row.cuts]}
        there = await self.all_of(row)
        for one in there:
            if (one.form, one.order) != (wish.form, order):
                continue
            if one.state != "failed":
                return one, False
            await self.remove(one)
        if wish.form == "copy" and not await self._files.can_copy(row, wish.from_ms, wish.to_ms):
            raise Refused(NO_COPY)
        await self._files.must_have_space(row.id)
        await self._make_room(there, by_link=by_link)
        export = ExportRow(new_id(), row.id, wish.form, order, "waiting", 0, 0, "", utc_now())
        async with in_transaction():
            await add_export(export.id, row.id, form=wish.form, order=order, at=export.created_at)
            job = NewJob(JOB, row.id, export.id, {"export": export.id})
            await add_jobs([job], at=export.created_at)
        self._loop.wake()
        return export, True

    async def all_of(self, row: RecordingRow) -> list[ExportRow]:
        """Those of a recording, newest first, as far as they are now. Those made before it was
        cut otherwise are taken away."""
        kept = []
        for one in await exports_of(row.id):
            if not fits(one, row):
                await self.remove(one)
                continue
            percent = self.making.percent(one.id)
            kept.append(one if percent is None else replace(one, progress=percent))
        return kept

    async def can_copy(self, row: RecordingRow) -> bool:
        """Whether all of it can be a copy of the screen."""
        return await self._files.can_copy(row)

    def left_s(self, export_id: str) -> int | None:
        """Seconds until it is made, about; None while nobody knows."""
        return self.making.left_s(export_id)

    async def open(self, row: RecordingRow, export: ExportRow) -> ParcelReader:
        """A file that is ready. Refused `recording.export_unknown`, `recording.broken`."""
        return await self._files.open(row, export)

    async def remove(self, export: ExportRow) -> None:
        """Stop making it, and take it away."""
        await forget_export(export.id)
        await self.making.stop(export.id)
        await self._files.remove(export)

    async def _make_room(self, there: list[ExportRow], *, by_link: bool) -> None:
        """The oldest go, of this recording and of all."""
        ready = [one for one in there if one.state in ("ready", "failed")]
        waiting = len(there) - len(ready)
        if waiting >= (1 if by_link else MOST_EACH):
            raise Refused("rate.limited", {"retry_after_s": COME_BACK_S})
        if by_link:
            if len(there) >= MOST_EACH or await export_bytes() >= MOST_BYTES:
                raise Refused("recording.storage")
            return
        for one in ready[MOST_EACH - 1 - waiting :]:
            await self.remove(one)
        over = await export_bytes() - MOST_BYTES
        for one in await old_exports(before=utc_now()) if over >= 0 else ():
            if one.state == "ready" and over >= 0:
                over -= one.bytes
                await self.remove(one)

    async def _sweep(self) -> None:
        while True:
            try:
                for one in await old_exports(before=utc_now() - KEPT_FOR):
                    await self.remove(one)
            except (StoreFailed, OSError) as failure:  # they only take place until the next time
                log.warning("exports.not_swept", reason=type(failure).__name__)
            await asyncio.sleep(SWEEP_S)
