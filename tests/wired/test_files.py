"""Files in a class over real sockets: who hears of one, who may fetch it, and who no more."""

from __future__ import annotations

import json

import pytest

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.room.file_card import FileCard
from tests.support.signalling import Person, Place, Refusal, classroom

ROOM = RoomId("room-1")


def arrives(place: Place, owner: Person, file_id: str) -> None:
    """What happens when all of it is there and was checked."""
    who = ParticipantId(owner.id)
    card = FileCard(file_id, f"{file_id} secret.pdf", "application/pdf", 9, who, "X", utc_now())
    place.live.add_file(ROOM, card)


def held(place: Place, who: Person, file_id: str) -> str:
    """The name of a file for somebody, or why they do not get it."""
    try:
        return place.live.file_for(ROOM, ParticipantId(who.id), file_id).name
    except Refused as refused:
        return refused.code


async def refused(person: Person, event: str, **payload: object) -> str:
    with pytest.raises(Refusal) as refusal:
        await person.ask(event, **payload)
    return refusal.value.code


async def test_what_was_made_for_somebody_is_sent_as_if_they_did() -> None:
    async with classroom() as place:
        place.room()
        wu, li = await place.join("Wu", "host"), await place.join("Li")
        arrives(place, wu, "f1")
        with pytest.raises(Refused, match=r"file\.unknown"):
            place.live.share_file(ROOM, ParticipantId(li.id), "f1")
        place.live.share_file(ROOM, ParticipantId(wu.id), "f1")
        card = (await li.hear_event("file_added"))["file"]
        assert (card["id"], card["participant_id"], card["to"]) == ("f1", wu.id, "room")
        with pytest.raises(Refused, match=r"room\.not_joined"):
            place.live.share_file(ROOM, ParticipantId("gone"), "f1")


async def test_a_private_file_is_nobody_elses() -> None:
    async with classroom() as place:
        place.room()
        wu, ada = await place.join("Wu", "host"), await place.join("Ada", "assistant")
        li, yue = await place.join("Li"), await place.join("Yue")
        arrives(place, li, "f1")
        arrives(place, li, "f1")  # asked about twice
        assert [held(place, who, "f1") for who in (wu, yue)] == ["file.unknown"] * 2
        message = await li.ask("chat.post", text="", client_id="c1", to=wu.id, files=["f1"])
        assert message["files"] == ["f1"]
        for who in (li, wu):
            card = (await who.hear_event("file_added"))["file"]
            assert (card["id"], card["to"]) == ("f1", f"to:{wu.id}")
            assert (await who.hear_event("chat_told"))["message"] == message
            assert held(place, who, "f1") == "f1 secret.pdf"
        assert await refused(yue, "file.remove", file_id="f1") == "file.unknown"
        arrives(place, wu, "f2")
        await wu.ask("file.share", file_id="f2")
        for other in (ada, yue):
            assert (await other.hear_event("file_added"))["file"]["id"] == "f2"
            synced = await other.ask("room.sync")
            assert [card["id"] for card in synced["files"]] == ["f2"]
            assert "f1" not in json.dumps([other.heard, synced])
            assert held(place, other, "f1") == "file.unknown"
            assert await refused(other, "file.share", file_id="f1") == "file.unknown"


async def test_who_was_removed_gets_nothing_any_more() -> None:
    async with classroom() as place:
        place.room()
        wu, li = await place.join("Wu", "host"), await place.join("Li")
        for file_id in ("f1", "f2", "f3"):
            arrives(place, wu, file_id)
            await wu.ask("file.share", file_id=file_id)
        assert len(place.live.files_for(ROOM, ParticipantId(li.id))) == 3
        await wu.ask("file.remove", file_id="f1")
        assert (await li.hear_event("file_removed"))["file_id"] == "f1"
        assert place.live.is_sent(ROOM, "f2")
        place.live.drop_file(ROOM, "f2")
        assert not place.live.is_sent(ROOM, "f2")
        assert (await li.hear_event("file_removed", file_id="f2"))["file_id"] == "f2"
        assert [held(place, li, one) for one in ("f1", "f2")] == ["file.unknown"] * 2
        assert held(place, li, "f3") == "f3 secret.pdf"
        await wu.ask("room.remove", participant_id=li.id)
        assert held(place, li, "f3") == "room.not_joined"
        with pytest.raises(Refused, match=r"room\.not_joined"):
            place.live.files_for(ROOM, ParticipantId(li.id))


async def test_a_lock_keeps_files_of_students_out() -> None:
    async with classroom() as place:
        place.room()
        wu, li = await place.join("Wu", "host"), await place.join("Li")
        arrives(place, li, "f1")
        await wu.ask("floor.set_locks", files=True)
        with pytest.raises(Refused, match=r"lock\.files"):
            place.live.check_sending(ROOM, ParticipantId(li.id))
        place.live.check_sending(ROOM, ParticipantId(wu.id))
        asked = {"text": "", "client_id": "c1", "files": ["f1"]}
        assert await refused(li, "chat.post", **asked) == "lock.files"
        assert await refused(li, "file.share", file_id="f1", to="staff") == "lock.files"
        await wu.ask("floor.set_locks", files=False)
        assert (await li.ask("chat.post", **asked))["files"] == ["f1"]
        await wu.ask("chat.delete", message_id="m1")
        assert (await li.hear_event("file_removed"))["file_id"] == "f1"
        assert held(place, li, "f1") == "file.unknown"
