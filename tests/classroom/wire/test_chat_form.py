"""The chat on the wire and in the lesson's record: the record never has a word of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from classroom.ids import ParticipantId
from classroom.room.audience import Audience
from classroom.room.chat import ChatMessage
from classroom.room.chat_event import ChatChanged, ChatChangedAside, ChatPosted, ChatTold
from classroom.room.event import Event, LogEntry
from classroom.wire import codec, messages
from classroom.wire.entries import entry_form, record_of

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LI = ParticipantId("li")
MESSAGE = ChatMessage(
    "m3",
    LI,
    "Li",
    "student",
    "the secret",
    AT,
    "c1",
    to="to:wu",
    reply_to="m1",
    reactions=(("like", (ParticipantId("wu"),)),),
    files=("f1",),
)
PAIR = Audience(frozenset({LI, ParticipantId("wu")}))


def entry(happened: Event) -> LogEntry:
    return LogEntry(7, happened, line=9, clock_ms=1500, at=AT)


def test_a_message_is_told_with_all_of_it() -> None:
    told = entry_form(entry(ChatTold(MESSAGE, audience=PAIR)))
    assert isinstance(told, messages.RoomAside)
    assert codec.encode(told)["event"] == {
        "type": "chat_told",
        "message": {
            "id": "m3",
            "participant_id": "li",
            "name": "Li",
            "role": "student",
            "text": "the secret",
            "at": "2026-03-01T09:30:00.000Z",
            "client_id": "c1",
            "to": "to:wu",
            "reply_to": "m1",
            "reactions": [{"reaction": "like", "participant_ids": ["wu"]}],
            "is_deleted": False,
            "files": ["f1"],
        },
    }


def test_a_change_tells_what_is_new() -> None:
    told = codec.encode(entry_form(entry(ChatChanged(MESSAGE.emptied()))))
    assert told["entries"][0]["event"] == {
        "type": "chat_changed",
        "message_id": "m3",
        "reactions": [],
        "is_deleted": True,
    }


def test_the_record_says_that_somebody_wrote_and_nothing_more() -> None:
    for happened, is_private in (
        (ChatPosted(MESSAGE), False),
        (ChatTold(MESSAGE, audience=PAIR), True),
    ):
        line = record_of(entry(happened))
        assert line is not None
        assert line.is_private is is_private
        assert line.body == {"type": line.kind, "message_id": "m3", "participant_id": "li"}
        assert "secret" not in json.dumps(line.body)
    for changed in (ChatChanged(MESSAGE), ChatChangedAside(MESSAGE, audience=PAIR)):
        assert record_of(entry(changed)) is None
