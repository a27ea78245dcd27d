"""One sample of each command of a part of a room, sent by "wu"; one line a command."""

from __future__ import annotations

from typing import Any

from classroom.ids import ParticipantId
from classroom.room.command import PostChat

WU = ParticipantId("wu")
SAMPLES: dict[type[Any], Any] = {
    PostChat: PostChat(WU, "hello", "c1"),
}
