"""What is known of files, on both databases: bounds, states, scopes, and what is swept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room.chat import ChatMessage
from classroom.store import files
from classroom.store.chat import DatabaseChat, load_tail
from classroom.store.files import Bounds, NewFile, Taken
from classroom.store.lesson_tables import Lesson
from classroom.store.rooms import create_room, delete_room

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MEGABYTE = 1024**2
STAFF = Bounds(1000 * MEGABYTE, has_share=False)
STUDENT = Bounds(1000 * MEGABYTE, has_share=True)
pytestmark = pytest.mark.usefixtures("store")

LIN, BO = ParticipantId("lin"), ParticipantId("bo")


async def make_room() -> RoomId:
    return (await create_room("Chemistry", owner_id=None, at=AT)).id


def new(file_id: str, size: int = 10, author: str = "lin") -> NewFile:
    return NewFile(file_id, f"{file_id}.pdf", size, LIN, "Lin", author)


async def ready(room_id: RoomId, file_id: str) -> None:
    await files.add_file(room_id, new(file_id), STAFF, at=AT)
    await files.set_ready(file_id, "application/pdf", None)


async def refusal(room_id: RoomId, asked: NewFile, bounds: Bounds) -> Refused:
    with pytest.raises(Refused) as raised:
        await files.add_file(room_id, asked, bounds, at=AT)
    return raised.value


async def test_a_file_comes_and_is_ready() -> None:
    room_id = await make_room()
    await files.add_file(room_id, new("f1"), STUDENT, at=AT)
    row = await files.find_file(room_id, "f1")
    assert row is not None
    assert (row.state, row.bytes, row.owner, row.kind) == ("coming", 10, LIN, "")
    assert [row.id for row in await files.files_of(room_id)] == ["f1"]
    assert await files.set_ready("f1", "image/png", (4, 3))
    assert not await files.set_ready("gone", "image/png", None)
    (row,) = await files.files_of(room_id)
    assert (row.state, row.kind, row.width, row.height) == ("ready", "image/png", 4, 3)
    assert await files.find_file(RoomId("other"), "f1") is None
    await files.set_refused("f1", "file.infected")  # too late: it was ready
    assert (await files.files_of(room_id))[0].refusal == ""
    await files.forget_files(room_id, ["f1"])
    assert await files.find_file(room_id, "f1") is None


async def test_a_room_and_a_student_have_so_much_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "FILES_MAX", 5)
    monkeypatch.setattr(files, "SHARE_FILES_MAX", 2)
    monkeypatch.setattr(files, "SHARE_BYTES_MAX", 3 * MEGABYTE)
    room_id = await make_room()
    await files.add_file(room_id, new("f1", 2 * MEGABYTE), STUDENT, at=AT)
    refused = await refusal(room_id, new("f2", 2 * MEGABYTE), STUDENT)
    assert (refused.code, refused.params) == ("file.share", {"max": 2, "megabytes": 3})
    await files.add_file(room_id, new("f3", 1), STUDENT, at=AT)
    assert (await refusal(room_id, new("f4", 1), STUDENT)).code == "file.share"
    await files.set_refused("f3", "file.type")
    await files.add_file(room_id, new("f4", 1), STUDENT, at=AT)
    assert await files.taken(room_id, "lin", at=AT) == (
        Taken(2, 2 * MEGABYTE + 1),
        Taken(2, 2 * MEGABYTE + 1),
    )
    small = replace(STAFF, room_bytes=3 * MEGABYTE)
    refused = await refusal(room_id, new("f5", MEGABYTE, "mei"), small)
    assert (refused.code, refused.params) == ("file.limit", {"max": 5, "megabytes": 3})
    for number in range(3):
        await files.add_file(room_id, new(f"g{number}", 1, "mei"), STAFF, at=AT)
    assert (await refusal(room_id, new("g9", 1, "mei"), STAFF)).code == "file.limit"
    assert (await refusal(RoomId("none"), new("h1"), STAFF)).code == "room.unknown"


async def test_students_leave_a_part_of_the_room_to_who_leads_the_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "FILES_MAX", 4)
    room_id = await make_room()
    for number in range(3):
        await files.add_file(room_id, new(f"f{number}", 1, f"s{number}"), STUDENT, at=AT)
    refused = await refusal(room_id, new("g", 1, "s9"), STUDENT)
    assert (refused.code, refused.params) == ("file.limit", {"max": 3, "megabytes": 750})
    await files.add_file(room_id, new("g", 1, "mei"), STAFF, at=AT)


async def test_a_share_is_of_the_present_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SHARE_FILES_MAX", 1)
    room_id = await make_room()
    await files.add_file(room_id, new("f1"), STUDENT, at=AT)
    later = AT + files.SHARE_FOR - timedelta(seconds=1)
    with pytest.raises(Refused):
        await files.add_file(room_id, new("f2"), STUDENT, at=later)
    await files.add_file(room_id, new("f2"), STUDENT, at=AT + files.SHARE_FOR)
    assert await files.taken(room_id, "nobody", at=AT) == (Taken(2, 20), Taken())


async def test_two_at_once_are_counted_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "SHARE_FILES_MAX", 2)
    room_id = await make_room()
    asked = (files.add_file(room_id, new(f"f{n}"), STUDENT, at=AT) for n in range(8))
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert [result for result in results if result is None] == [None, None]
    assert (await files.taken(room_id, "", at=AT))[0].files == 2


async def test_a_lesson_goes_on_with_its_files() -> None:
    room_id = await make_room()
    for file_id in ("f1", "f2", "f3", "f4"):
        await ready(room_id, file_id)
    await files.keep_cards("one", [])
    rows = {file_id: await files.find_file(room_id, file_id) for file_id in ("f1", "f2")}
    assert all(row is not None and row.scope == "" for row in rows.values())
    cards = {card.id: card for card in await files.load_cards("")}
    later, earlier = AT + timedelta(minutes=2), AT + timedelta(minutes=1)
    sent = cards["f1"].sent("group:g1", (LIN, BO), "m4", later)
    await files.keep_cards("one", [sent, cards["f2"].sent("room", (), "", earlier), cards["f3"]])
    loaded = await files.load_cards("one")
    assert [card.id for card in loaded] == ["f2", "f1", "f3"]
    assert loaded[1] == sent
    assert not loaded[2].is_sent
    assert [card.id for card in await files.load_cards("")] == ["f4"]


async def test_what_was_never_sent_is_swept_after_a_day() -> None:
    room_id = await make_room()
    for file_id in ("sent", "unsent"):
        await ready(room_id, file_id)
    for file_id in ("coming", "refused"):
        await files.add_file(room_id, new(file_id), STAFF, at=AT)
    await files.set_refused("refused", "file.type")
    (card,) = [one for one in await files.load_cards("") if one.id == "sent"]
    await files.keep_cards("one", [card.sent("room", (), "", AT)])
    removed: list[str] = []

    async def remove(_room: RoomId, file_id: str) -> None:
        removed.append(file_id)

    assert await files.sweep_files(room_id, remove, at=AT + timedelta(hours=23)) == 0
    later = AT + files.KEPT_FOR + timedelta(seconds=1)
    assert await files.sweep_files(room_id, remove, at=later) == 3
    assert sorted(removed) == ["coming", "refused", "unsent"]
    assert [row.id for row in await files.files_of(room_id)] == ["sent"]


async def test_files_go_with_their_room() -> None:
    room_id = await make_room()
    await ready(room_id, "f1")
    await delete_room(room_id)
    assert await files.find_file(room_id, "f1") is None


async def test_a_message_keeps_the_ids_of_its_files() -> None:
    room_id = await make_room()
    await Lesson.create(id="one", room_id=room_id, title="", started_at=AT, saved_at=AT, state="")
    role: Role = "student"
    message = ChatMessage("m1", LIN, "Lin", role, "", AT, "c1", files=("f1", "f2"))
    chat = DatabaseChat()
    await chat.write("one", [message])
    assert (await load_tail("one"))[0].files == ("f1", "f2")
    await chat.write("one", [message.emptied()])
    assert (await load_tail("one"))[0].files == ()
