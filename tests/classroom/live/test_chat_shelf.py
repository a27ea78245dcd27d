"""The chat is written in batches, again after a failure, and at the end of the class."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live import chat_shelf
from classroom.live.chat_shelf import ChatDrawer, ChatShelf
from classroom.room.chat import ChatMessage
from classroom.room.participant import Participant, SeatState
from classroom.store.chat import ChatPage
from whiteboard.store import StoreFailed

AT = datetime(2026, 3, 1, tzinfo=UTC)
LI = ParticipantId("li")
VIEWER = Participant(LI, "Li", "student", SeatState.HERE, AT)


class DrawerTwin:
    """Rows in memory; it fails while it is told to."""

    def __init__(self) -> None:
        self.rows: dict[str, ChatMessage] = {}
        self.batches: list[list[str]] = []
        self.is_failing = False
        self.sleeps: list[float] = []
        self._wakes = asyncio.Semaphore(0)

    def shelf(self) -> ChatShelf:
        drawer = ChatDrawer(self._load, self._write, self._find, self._before)
        return ChatShelf("lesson", drawer, self._sleep)

    async def tick(self) -> None:
        """Let the shelf's next sleep end, and all that follows from it."""
        self._wakes.release()
        for _ in range(5):
            await asyncio.sleep(0)

    async def _sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        await self._wakes.acquire()

    async def _load(self, lesson_id: str) -> tuple[ChatMessage, ...]:
        return tuple(self.rows.values())

    async def _write(self, lesson_id: str, messages: Sequence[ChatMessage]) -> None:
        if self.is_failing:
            raise StoreFailed("no")
        self.batches.append([message.id for message in messages])
        self.rows |= {message.id: message for message in messages}

    async def _find(self, lesson_id: str, message_id: str) -> ChatMessage | None:
        if self.is_failing:
            raise StoreFailed("no")
        return self.rows.get(message_id)

    async def _before(
        self, lesson_id: str, viewer: Participant, before: str, limit: int
    ) -> ChatPage:
        if self.is_failing:
            raise StoreFailed("no")
        return ChatPage(tuple(self.rows.values())[-limit:], False)


def message(number: int) -> ChatMessage:
    return ChatMessage(f"m{number}", LI, "Li", "student", f"text {number}", AT, f"c{number}")


async def test_messages_are_written_together_in_their_latest_form() -> None:
    twin = DrawerTwin()
    shelf = twin.shelf()
    for number in (1, 2):
        shelf.keep(message(number))
    shelf.keep(message(1).emptied())
    await twin.tick()
    await twin.tick()
    assert twin.batches == [["m1", "m2"]]
    assert twin.rows["m1"].is_deleted
    shelf.keep(message(3))
    await twin.tick()
    await twin.tick()
    assert twin.batches[1:] == [["m3"]]
    await shelf.close()


async def test_what_failed_is_written_later() -> None:
    twin = DrawerTwin()
    twin.is_failing = True
    shelf = twin.shelf()
    shelf.keep(message(1))
    await twin.tick()
    await twin.tick()
    shelf.keep(message(2))
    twin.is_failing = False
    await twin.tick()
    assert twin.batches == [["m1", "m2"]]
    assert twin.sleeps[:2] == [chat_shelf.BATCH_S, chat_shelf.AGAIN_S]
    await shelf.close()


async def test_the_end_of_the_class_writes_what_waits() -> None:
    twin = DrawerTwin()
    shelf = twin.shelf()
    shelf.keep(message(1))
    await shelf.close()
    assert twin.batches == [["m1"]]
    twin.is_failing = True
    shelf.keep(message(2))
    await shelf.close()
    assert twin.batches == [["m1"]]


async def test_what_waits_is_found_and_read_in_its_latest_form() -> None:
    twin = DrawerTwin()
    twin.rows["m1"] = message(1)
    shelf = twin.shelf()
    gone = message(1).emptied()
    shelf.keep(gone)
    shelf.keep(message(2))
    assert await shelf.find("m1") is gone
    assert await shelf.find("m2") == message(2)
    assert await shelf.find("m9") is None
    assert (await shelf.before(VIEWER, "m5", 10)).messages == (gone,)
    await shelf.close()


async def test_a_database_that_does_not_answer_is_a_refusal() -> None:
    twin = DrawerTwin()
    twin.is_failing = True
    shelf = twin.shelf()
    with pytest.raises(Refused) as found:
        await shelf.find("m1")
    with pytest.raises(Refused) as read:
        await shelf.before(VIEWER, "m1", 10)
    assert (found.value.code, read.value.code) == ("server.busy", "server.busy")
    await shelf.close()


async def test_only_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_shelf, "WAITING_MAX", 2)
    twin = DrawerTwin()
    shelf = twin.shelf()
    for number in range(4):
        shelf.keep(replace(message(number), id=f"m{number + 1}"))
    await shelf.close()
    assert twin.batches == [["m3", "m4"]]
