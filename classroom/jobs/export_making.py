"""Makes files of recordings, one at a time, each by a child of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Protocol

import structlog

from classroom.clock import monotonic, utc_now
from classroom.errors import Refused
from classroom.jobs.erasing import is_ordered
from classroom.jobs.export_files import ExportFiles, fits
from classroom.jobs.export_order import order_for
from classroom.store.jobs import JobRow, finish_job, put_off_job
from classroom.store.recording_exports import ExportRow, change_export, find_export
from classroom.store.recordings import RecordingRow, find_recording
from recording.errors import Broken, Damaged
from whiteboard.store import StoreFailed

TRIES = 3
AGAIN = timedelta(seconds=20)
LOOK_S = 1.0
"""So often it is asked whether it is still wanted, and from whom it is made still the same."""
FAILED = "recording.export_failed"

log = structlog.get_logger("classroom.jobs")


class Maker(Protocol):
    """Children that make exports, as far as they are asked here."""

    async def run(
        self,
        task: Literal["export"],
        rec: str,
        folder: Path,
        keys: Mapping[str, bytes],
        order: dict[str, Any],
        on_percent: Callable[[int], None] | None = None,
    ) -> dict[str, Any]:
        """One task in a child of its own. Broken, Damaged; cancelled, the child is gone."""
        ...

    async def close(self) -> None:
        """End every child."""
        ...


@dataclass(slots=True)
class _Making:
    """An export on its way."""

    task: asyncio.Task[dict[str, Any]]
    begun: float
    percent: int = 0


class ExportMaking:
    """Does jobs of exports. StoreFailed goes through to the caller."""

    def __init__(self, files: ExportFiles, maker: Maker, is_class_on: Callable[[], bool]) -> None:
        """`is_class_on`: one core is left to classes that go on."""
        self._files = files
        self.maker = maker
        self._is_class_on = is_class_on
        self._now: dict[str, _Making] = {}

    def percent(self, export_id: str) -> int | None:
        """How far it is; None when it is not made now."""
        making = self._now.get(export_id)
        return None if making is None else making.percent

    def left_s(self, export_id: str) -> int | None:
        """Seconds until it is made, about; None while nobody knows."""
        making = self._now.get(export_id)
        if making is None or making.percent < 2:
            return None
        gone_s = monotonic() - making.begun
        return round(gone_s * (100 - making.percent) / making.percent)

    async def stop(self, export_id: str) -> None:
        """It is not wanted any more: its child is gone when this returns."""
        making = self._now.get(export_id)
        if making is not None:
            making.task.cancel()
            await asyncio.wait((making.task,))

    async def close(self) -> None:
        """End every child."""
        await self.maker.close()

    async def do(self, job: JobRow) -> None:
        """Make one, and say so to the store: done, given up, or to be tried again."""
        row = await find_recording(job.key)
        export = await find_export(job.key, str(job.body.get("export", "")))
        if row is None or export is None or export.state in ("ready", "failed"):
            await finish_job(job.id, at=utc_now())
            return
        try:
            async with self._files.at_home(row.id):
                done = await self._made(row, export)
        except (Broken, Damaged, Refused, OSError) as failure:
            await self._break(job, export, failure)
            return
        is_kept = done is not None and await change_export(
            export.id, state="ready", progress=100, bytes=int(done["bytes"])
        )
        if not is_kept:
            await self._files.remove(export)
        await finish_job(job.id, at=utc_now())

    async def _made(self, row: RecordingRow, export: ExportRow) -> dict[str, Any] | None:
        """What the child says; None when it is not wanted any more. Refused `recording.changing`
        when somebody is taken out of the recording meanwhile."""
        if not await _is_whole(row):
            raise Refused("recording.changing")
        opened = await self._files.recording(row)
        threads = max((os.cpu_count() or 1) - self._is_class_on(), 1)
        order, keys = order_for(opened, export, threads=threads)
        await change_export(export.id, state="making", progress=0)

        def on_percent(percent: int) -> None:
            making.percent = percent

        work = self.maker.run("export", row.id, opened.folder, keys, order, on_percent)
        task = asyncio.ensure_future(work)
        making = self._now[export.id] = _Making(task, monotonic())
        try:
            while not (await asyncio.wait((task,), timeout=LOOK_S))[0]:
                await self._look(row.id, export)
        finally:
            task.cancel()
            await asyncio.wait((task,))
            self._now.pop(export.id, None)
        return None if task.cancelled() else task.result()

    async def _look(self, recording_id: str, export: ExportRow) -> None:
        """Refused when the recording is not what it was."""
        try:
            row = await find_recording(recording_id)
            is_whole = row is not None and await _is_whole(row)
            there = await find_export(recording_id, export.id)
        except StoreFailed:  # it is asked again
            return
        if row is None or not is_whole:
            raise Refused("recording.changing")
        if there is None or not fits(export, row):
            making = self._now.get(export.id)
            if making is not None:
                making.task.cancel()

    async def _break(self, job: JobRow, export: ExportRow, failure: Exception) -> None:
        """Try again what may go better then, and give up the rest."""
        await self._files.remove(export)
        fault = _fault(failure)
        log.warning("export.not_made", job=job.id, fault=fault, reason=str(failure))
        if fault == FAILED and job.attempts < TRIES:
            await change_export(export.id, state="waiting", progress=0)
            await put_off_job(job.id, until=utc_now() + AGAIN, failure=fault)
            return
        await change_export(export.id, state="failed", fault=fault)
        await finish_job(job.id, at=utc_now(), failure=fault)


async def _is_whole(row: RecordingRow) -> bool:
    """Whether nobody is being taken out of it, nor is to be."""
    return row.state == "ready" and not await is_ordered(row.id)


def _fault(failure: Exception) -> str:
    if isinstance(failure, Refused):
        return failure.code
    if isinstance(failure, Damaged):
        return "recording.broken"
    is_full = isinstance(failure, Broken) and failure.reason == "storage"
    return "recording.storage" if is_full else FAILED
