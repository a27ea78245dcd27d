"""The chat is written in batches, again after a failure, and at the end of the class."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live import backlog, chat_shelf
from classroom.live.chat_shelf import ChatShelf
from classroom.room.chat import ChatMessage
from classroom.room.participant import Participant, SeatState
from tests.support.chat_drawer import ChatTwin

AT = datetime(2026, 3, 1, tzinfo=UTC)
LI = ParticipantId("li")
VIEWER = Participant(LI, "Li", "student", SeatState.HERE, AT)


class Shelf:
    """A shelf whose sleeps end when a test says so."""

    def __init__(self) -> None:
        self.twin = ChatTwin()
        self.sleeps: list[float] = []
        self._wakes = asyncio.Semaphore(0)
        self.shelf = ChatShelf("lesson", self.twin.drawer, self._sleep)

    async def tick(self) -> None:
        """Let the shelf's next sleep end, and all that follows from it."""
        self._wakes.release()
        for _ in range(5):
            await asyncio.sleep(0)

    async def _sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        await self._wakes.acquire()


def message(number: int) -> ChatMessage:
    return ChatMessage(f"m{number}", LI, "Li", "student", f"text {number}", AT, f"c{number}")


async def test_messages_are_written_together_in_their_latest_form() -> None:
    made = Shelf()
    twin, shelf = made.twin, made.shelf
    for number in (1, 2):
        shelf.keep(message(number))
    shelf.keep(message(1).emptied())
    await made.tick()
    await made.tick()
    assert twin.batches == [["m1", "m2"]]
    assert twin.rows["lesson"]["m1"].is_deleted
    shelf.keep(message(3))
    await made.tick()
    await made.tick()
    assert twin.batches[1:] == [["m3"]]
    await shelf.close()


async def test_what_failed_is_written_later() -> None:
    made = Shelf()
    twin, shelf = made.twin, made.shelf
    twin.is_broken = True
    shelf.keep(message(1))
    await made.tick()
    await made.tick()
    shelf.keep(message(2))
    twin.is_broken = False
    await made.tick()
    assert twin.batches == [["m1", "m2"]]
    assert made.sleeps[:2] == [chat_shelf.BATCH_S, backlog.AGAIN_S]
    await shelf.close()


async def test_the_end_of_the_class_writes_what_waits() -> None:
    made = Shelf()
    twin, shelf = made.twin, made.shelf
    shelf.keep(message(1))
    await shelf.close()
    assert twin.batches == [["m1"]]
    twin.is_broken = True
    shelf.keep(message(2))
    await shelf.close()
    assert twin.batches == [["m1"]]


async def test_what_waits_is_found_and_read_in_its_latest_form() -> None:
    made = Shelf()
    twin, shelf = made.twin, made.shelf
    twin.rows["lesson"] = {"m1": message(1)}
    gone = message(1).emptied()
    shelf.keep(gone)
    shelf.keep(message(2))
    assert await shelf.find("m1") is gone
    assert await shelf.find("m2") == message(2)
    assert await shelf.find("m9") is None
    assert (await shelf.before(VIEWER, "m5", 10)).messages == (gone,)
    await shelf.close()


async def test_a_database_that_does_not_answer_is_a_refusal() -> None:
    made = Shelf()
    twin, shelf = made.twin, made.shelf
    twin.is_broken = True
    with pytest.raises(Refused) as found:
        await shelf.find("m1")
    with pytest.raises(Refused) as read:
        await shelf.before(VIEWER, "m1", 10)
    assert (found.value.code, read.value.code) == ("server.busy", "server.busy")
    await shelf.close()


async def test_only_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_shelf, "WAITING_MAX", 2)
    made = Shelf()
    twin, shelf = made.twin, made.shelf
    for number in range(4):
        shelf.keep(replace(message(number), id=f"m{number + 1}"))
    await shelf.close()
    assert twin.batches == [["m3", "m4"]]
