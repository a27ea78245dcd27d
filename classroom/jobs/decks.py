"""Everything that makes decks, as one thing: the workshop, where files lie, the conversions, the
pictures. Made by the composition root.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from pathlib import Path
from typing import Literal

import structlog

from classroom.blobs.decks import DeckBlobs
from classroom.clock import utc_now
from classroom.jobs.burning import Burning
from classroom.jobs.conversion import Conversion, Tell
from classroom.jobs.deck_disposal import DeckDisposal
from classroom.jobs.loop import JobLoop
from classroom.jobs.slide_pictures import SlidePictures
from classroom.store.deck_prints import find_print
from classroom.store.deck_uploads import PRINT_JOB
from classroom.store.jobs import free_jobs
from courseware.workshop import Workshop
from whiteboard.store import StoreFailed

CHILDREN = 2
OFF = "off"

Office = Literal["ready", "missing", "unsafe"]
"""Ready; no LibreOffice; or nothing here keeps it from the network."""

log = structlog.get_logger("classroom.jobs")


def find_soffice(chosen: str) -> str | None:
    """The LibreOffice that is used: the operator's, or the one on the path; None when there is
    none, or when it is "off"."""
    if chosen == OFF:
        return None
    return shutil.which(chosen or "soffice") or (None if chosen else shutil.which("libreoffice"))


class Decks:
    """Invariant: after `close` no child and no task of it runs; what was broken off goes on at the
    next start."""

    def __init__(
        self,
        folder: Path,
        work: Path,
        tell: Tell,
        *,
        library_bytes: int,
        soffice: str | None = None,
    ) -> None:
        children = min(CHILDREN, os.cpu_count() or 1)
        self.blobs = DeckBlobs(folder)
        self._workshop = Workshop(work, soffice=soffice, at_once=children)
        self.pictures = SlidePictures(self._workshop, self.blobs)
        self.burning = Burning(self._workshop, self.blobs)
        self.disposal = DeckDisposal(self.blobs, self.pictures.forget)
        conversion = Conversion(self._workshop, self.blobs, tell, library_bytes)
        self._loop = JobLoop({PRINT_JOB: conversion.do}, workers=CHILDREN, kinds=(PRINT_JOB,))
        self._sweeper: asyncio.Task[None] | None = None

    @property
    def office(self) -> Office:
        """Whether Office files can be read here."""
        return self._workshop.office

    def wake(self) -> None:
        """There is something to make: now, not when somebody looks."""
        self._loop.wake()

    async def is_coming(self, print_id: str) -> bool:
        """Whether a print is still being made."""
        row = await find_print(print_id)
        return row is not None and row.state in ("waiting", "opening", "showing")

    async def start(self) -> None:
        """Begin to work, with what an earlier server left first."""
        await self._workshop.start()
        with contextlib.suppress(StoreFailed):  # then leases end by themselves
            await free_jobs(PRINT_JOB)
        await self._loop.start()
        self._sweeper = asyncio.create_task(self._sweep(), name="sweep decks")

    async def close(self) -> None:
        """End every child and every task."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        await self._loop.close()
        await self._workshop.close()

    async def _sweep(self) -> None:
        try:
            await self.disposal.sweep(at=utc_now())
        except (StoreFailed, OSError) as failure:  # it only takes place until the next start
            log.warning("decks.not_swept", reason=type(failure).__name__)
