"""The chat over real sockets: what is private reaches nobody else, whatever a client asks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.lesson_drawer import LessonsTwin
from tests.support.signalling import Person, Place, Refusal, classroom, until


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def a_class(place: Place) -> tuple[Person, Person, Person, Person]:
    """A host, an assistant and two students."""
    wu = await place.join("Wu", "host")
    ada = await place.join("Ada", "assistant")
    return wu, ada, await place.join("Li"), await place.join("Yue")


def everything(person: Person) -> str:
    return json.dumps([person.welcome, person.heard])


async def test_a_whisper_reaches_its_two_and_nobody_else() -> None:
    async with classroom() as place:
        wu, ada, li, yue = await a_class(place)
        told = await li.ask("chat.post", text="only for Wu", client_id="c1", to=wu.id)
        assert told["to"] == f"to:{wu.id}"
        assert (await wu.hear_event("chat_told"))["message"] == told
        assert (await li.hear_event("chat_told"))["message"] == told
        await wu.ask("chat.react", message_id=told["id"], reaction="check", on=True)
        assert (await li.hear_event("chat_changed"))["reactions"] == [
            {"reaction": "check", "participant_ids": [wu.id]}
        ]
        # A public line after it: whatever was under way before has come.
        await yue.ask("chat.post", text="hello", client_id="c2")
        for other in (ada, yue):
            await other.hear_event("chat_posted")
            synced = await other.ask("room.sync")
            assert "only for Wu" not in everything(other) + json.dumps(synced)
            assert told["id"] not in [message["id"] for message in synced["chat"]]
            for asked in (
                other.ask("chat.react", message_id=told["id"], reaction="like", on=True),
                other.ask("chat.delete", message_id=told["id"]),
                other.ask("chat.post", text="x", client_id="c3", reply_to=told["id"]),
            ):
                assert await refused(asked) == "chat.unknown"


async def test_the_private_lines_are_there_again_after_coming_back() -> None:
    async with classroom() as place:
        seat = place.seat("Li")
        wu = await place.join("Wu", "host")
        li = await place.join("Li", seat=seat)
        await wu.ask("chat.post", text="for Li", client_id="c1", to=li.id)
        await wu.ask("chat.post", text="for the teachers", client_id="c2", to="staff")
        await li.leave_line()
        again = await place.join("Li", seat=seat)
        assert [one["text"] for one in again.welcome["room"]["chat"]] == ["for Li"]
        late = await place.join("Ada", "assistant")
        assert [one["text"] for one in late.welcome["room"]["chat"]] == ["for the teachers"]


async def test_students_whisper_to_the_teachers_only_until_it_is_allowed() -> None:
    async with classroom() as place:
        _wu, _ada, li, yue = await a_class(place)
        asked = li.ask("chat.post", text="psst", client_id="c1", to=yue.id)
        assert await refused(asked) == "lock.whisper"
        assert (await li.ask("chat.post", text="help", client_id="c2", to="staff"))["to"] == "staff"
        assert await refused(li.ask("chat.post", text="x", client_id="c", to="groups")) == (
            "right.missing"
        )


async def test_who_is_muted_is_told_and_writes_no_more() -> None:
    async with classroom() as place:
        wu, _ada, li, _yue = await a_class(place)
        await wu.ask("chat.mute", participant_id=li.id, on=True)
        assert (await li.hear("room.rights"))["rights"]["may_chat"] is False
        asked = li.ask("chat.post", text="x", client_id="c1", to="staff")
        assert await refused(asked) == "chat.muted"
        assert await refused(li.ask("chat.mute", participant_id=li.id, on=False)) == "right.missing"
        await wu.ask("chat.mute", participant_id=li.id, on=False)
        assert (await li.ask("chat.post", text="x", client_id="c2"))["to"] == "room"


async def test_a_deleted_line_has_no_text_any_more() -> None:
    async with classroom() as place:
        wu, _ada, li, yue = await a_class(place)
        rude = await li.ask("chat.post", text="rude", client_id="c1")
        await wu.ask("chat.delete", message_id=rude["id"])
        changed = await yue.hear_event("chat_changed")
        assert (changed["message_id"], changed["is_deleted"]) == (rude["id"], True)
        (left,) = (await yue.ask("room.sync"))["chat"]
        assert (left["text"], left["is_deleted"]) == ("", True)
        assert await refused(yue.ask("chat.delete", message_id="m9")) == "chat.unknown"


async def test_the_history_gives_everybody_what_they_may_read() -> None:
    lessons = LessonsTwin()
    async with classroom(lessons=lessons) as place:
        wu, _ada, li, yue = await a_class(place)
        for number in range(1, 4):
            await wu.ask("chat.post", text=f"line {number}", client_id=f"c{number}")
        await wu.ask("chat.post", text="for Li", client_id="c4", to=li.id)
        await until(lambda: len(lessons.chat.rows.get("lesson1", {})) == 4)
        page = await yue.ask("chat.history", before="m3", limit=1)
        assert [one["id"] for one in page["messages"]] == ["m2"]
        assert page["has_more"]
        last = await yue.ask("chat.history", before="m9", limit=100)
        assert [one["id"] for one in last["messages"]] == ["m1", "m2", "m3"]
        own = await li.ask("chat.history", before="m9", limit=100)
        assert [one["id"] for one in own["messages"]] == ["m1", "m2", "m3", "m4"]
        lessons.chat.is_broken = True
        assert await refused(li.ask("chat.history", before="m9", limit=1)) == "server.busy"
        lessons.chat.is_broken = False


async def test_a_guest_who_was_muted_gets_no_voice_with_another_seat() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li", seat=place.seat("Li", browser="b1"))
        await wu.ask("chat.mute", participant_id=li.id, on=True)
        await li.ask("room.leave")
        again = await place.join("Lily", seat=place.seat("Lily", browser="b1"))
        assert again.id != li.id
        assert await refused(again.ask("chat.post", text="x", client_id="c1")) == "chat.muted"
        bo = await place.join("Bo", seat=place.seat("Bo", browser="b2"))
        await bo.ask("chat.post", text="x", client_id="c1")


async def test_after_a_restart_the_chat_goes_on() -> None:
    lessons = LessonsTwin()
    async with classroom(lessons=lessons) as place:
        wu = await place.join("Wu", seat=place.seat("Wu", "host", participant_id="wu"))
        li = await place.join("Li", seat=place.seat("Li", participant_id="li"))
        await li.ask("chat.post", text="hello", client_id="c1")
        await li.ask("chat.post", text="for Wu", client_id="c2", to=wu.id)
        await wu.ask("chat.mute", participant_id=li.id, on=True)
    async with classroom(lessons=lessons) as place:
        li = await place.join("Li", seat=place.seat("Li", participant_id="li"))
        assert [one["text"] for one in li.welcome["room"]["chat"]] == ["hello", "for Wu"]
        assert await refused(li.ask("chat.post", text="x", client_id="c3")) == "chat.muted"
        again = await li.ask("chat.post", text="hello", client_id="c1")
        assert again["id"] == "m1", "sent again because the answer was lost"
        yue = await place.join("Yue")
        assert [one["text"] for one in yue.welcome["room"]["chat"]] == ["hello"]
        assert (await yue.ask("chat.post", text="hi", client_id="c1"))["id"] == "m3"
