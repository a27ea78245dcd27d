"""Whom files were sent to is written at once, again after a failure, and as the class ends."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from classroom.ids import ParticipantId, RoomId
from classroom.live import backlog
from classroom.live.files_shelf import FilesShelf
from classroom.room.event import LogEntry
from classroom.room.file_card import FileCard
from classroom.room.files_event import FileAdded, FileRemoved
from tests.support.files_drawer import FilesTwin

AT = datetime(2026, 3, 1, tzinfo=UTC)
CARD = FileCard("f1", "a.pdf", "application/pdf", 9, ParticipantId("li"), "Li", AT)
SENT = CARD.sent("room", (), "m1", AT)


class Shelf:
    """A shelf whose sleeps end when a test says so."""

    def __init__(self) -> None:
        self.twin = FilesTwin()
        self.sleeps: list[float] = []
        self._wakes = asyncio.Semaphore(0)
        self.shelf = FilesShelf(RoomId("room"), "lesson", self.twin.drawer, self._sleep)

    async def settles(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    async def tick(self) -> None:
        """Let the next sleep end, and all that follows from it."""
        self._wakes.release()
        await self.settles()

    async def _sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        await self._wakes.acquire()


async def test_a_file_is_kept_at_once_in_its_latest_form() -> None:
    made = Shelf()
    made.shelf.keep(CARD)
    await made.settles()
    assert made.twin.rows == {"lesson": {"f1": CARD}}
    made.shelf.follow([LogEntry(1, FileAdded(SENT))])
    await made.settles()
    assert made.twin.rows["lesson"]["f1"] == SENT
    made.shelf.follow([LogEntry(2, FileRemoved(SENT))])
    await made.settles()
    assert (made.twin.rows["lesson"], made.twin.removed) == ({}, ["f1"])
    await made.shelf.close()


async def test_what_failed_is_written_later() -> None:
    made = Shelf()
    made.twin.is_broken = True
    made.shelf.keep(CARD)
    await made.settles()
    await made.tick()
    assert made.sleeps == [backlog.AGAIN_S] * 2
    made.shelf.keep(SENT)
    made.twin.is_broken = False
    await made.tick()
    assert made.twin.rows == {"lesson": {"f1": SENT}}


async def test_the_end_of_the_class_writes_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "CLOSE_WITHIN_S", 0.05)
    made = Shelf()
    made.twin.is_broken = True
    made.shelf.keep(CARD)
    await made.settles()
    made.twin.is_broken = False
    await made.shelf.close()
    assert made.twin.rows == {"lesson": {"f1": CARD}}
    broken = Shelf()
    broken.twin.is_broken = True
    broken.shelf.keep(CARD)
    await broken.shelf.close()
    assert broken.twin.rows == {}
