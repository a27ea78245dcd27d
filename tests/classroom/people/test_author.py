"""The same person is the same author in a room, and nobody can tell who."""

from __future__ import annotations

import re

from classroom.ids import AccountId, ParticipantId, RoomId, new_id
from classroom.people.author import author_of

ROOM, MEI = RoomId("room"), AccountId("account-of-mei")


def test_an_account_is_the_same_author_on_every_device_and_in_every_lesson() -> None:
    first = author_of(ROOM, MEI, ParticipantId("p1"))
    assert first == author_of(ROOM, MEI, ParticipantId("p2")) == "vQQcTM4w1Y6ko75lpKO224"
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", first)


def test_another_account_or_room_is_another_author() -> None:
    mei = author_of(ROOM, MEI, ParticipantId("p"))
    assert mei != author_of(RoomId("other"), MEI, ParticipantId("p"))
    assert mei != author_of(ROOM, AccountId("account-of-li"), ParticipantId("p"))
    assert MEI not in mei


def test_a_guest_is_who_sits_there() -> None:
    guest = ParticipantId(new_id())
    assert author_of(ROOM, None, guest) == guest
