"""What was written in a lesson, in both databases: kept, changed, emptied, read page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.chat import ChatMessage
from classroom.room.participant import Participant, SeatState
from classroom.store import chat_tables, lesson_tables
from classroom.store.chat import DatabaseChat, chat_before, find_message, load_tail
from classroom.store.rooms import create_room, delete_room

AT = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)
LESSON = "lesson"

pytestmark = pytest.mark.usefixtures("store")


def message(number: int, author: str = "li", to: str = "room", **more: object) -> ChatMessage:
    plain = ChatMessage(
        f"m{number}", ParticipantId(author), author, "student", f"text {number}", AT, "c", to
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def viewer(name: str, role: Role = "student", place: str = "") -> Participant:
    return Participant(ParticipantId(name), name, role, SeatState.HERE, AT, place=place)


@pytest.fixture
async def chat() -> DatabaseChat:
    """The chat of a lesson that has begun."""
    room = await create_room("Chemistry", owner_id=None, at=AT)
    await lesson_tables.Lesson.create(
        id=LESSON, room_id=room.id, title="Chemistry", started_at=AT, saved_at=AT, state="{}"
    )
    return DatabaseChat()


async def read(who: Participant, before: str = "m999", limit: int = 100) -> list[str]:
    page = await chat_before(LESSON, who, before, limit)
    return [one.id for one in page.messages]


async def test_messages_come_back_as_they_were_written(chat: DatabaseChat) -> None:
    written = [
        message(1, reactions=(("like", (ParticipantId("yue"),)),), readers=(ParticipantId("li"),)),
        message(2, to="to:yue", reply_to="m1", text="根 √2\n\t$x^2$"),
    ]
    await chat.write(LESSON, written)
    assert await load_tail(LESSON) == tuple(written)
    assert await find_message(LESSON, "m2") == written[1]
    assert await find_message(LESSON, "m3") is None


async def test_the_same_message_again_is_the_later_form(chat: DatabaseChat) -> None:
    first, second = message(1), message(2)
    await chat.write(LESSON, [first, second])
    await chat.write(LESSON, [first.emptied(), message(3)])
    assert [one.text for one in await load_tail(LESSON)] == ["", "text 2", "text 3"]
    assert await chat_tables.ChatMessage.filter(text__contains="text 1").count() == 0


async def test_a_lesson_that_is_gone_takes_nothing(chat: DatabaseChat) -> None:
    row = await lesson_tables.Lesson.get(id=LESSON)
    await chat.write(LESSON, [message(1)])
    await delete_room(row.room_id)  # type: ignore[arg-type]
    await chat.write(LESSON, [message(2)])
    assert await chat_tables.ChatMessage.all().count() == 0


async def test_the_history_is_read_page_by_page(chat: DatabaseChat) -> None:
    await chat.write(LESSON, [message(number) for number in range(1, 8)])
    last = await chat_before(LESSON, viewer("yue"), "m6", 3)
    assert [one.id for one in last.messages] == ["m3", "m4", "m5"]
    assert last.has_more
    first = await chat_before(LESSON, viewer("yue"), "m3", 3)
    assert [one.id for one in first.messages] == ["m1", "m2"]
    assert not first.has_more


async def test_everybody_reads_what_they_may(chat: DatabaseChat) -> None:
    li = ParticipantId("li")
    await chat.write(
        LESSON,
        [
            message(1),
            message(2, to="to:yue"),
            message(3, to="staff"),
            message(4, to="group:g1", readers=(li, ParticipantId("zoe"))),
            message(5, author="wu", to="groups", readers=(li,)),
            message(6, author="wu", to="to:l_"),
        ],
    )
    assert await read(viewer("wu", "host")) == ["m1", "m3", "m4", "m5", "m6"]
    assert await read(viewer("li")) == ["m1", "m2", "m3", "m4", "m5"]
    assert await read(viewer("yue")) == ["m1", "m2"]
    assert await read(viewer("zoe")) == ["m1", "m4"]
    assert await read(viewer("ida", place="g1")) == ["m1", "m4", "m5"]
    assert await read(viewer("guest", "observer")) == ["m1"]
    assert await read(viewer("ada", "assistant")) == ["m1", "m3", "m4", "m5"]


async def test_a_page_goes_on_over_what_its_reader_may_not_see(chat: DatabaseChat) -> None:
    others = [message(number, author="wu", to="groups") for number in range(2, 12)]
    await chat.write(LESSON, [message(1), *others, message(12)])
    page = await chat_before(LESSON, viewer("yue"), "m99", 4)
    assert [one.id for one in page.messages] == ["m1", "m12"]
    assert not page.has_more
