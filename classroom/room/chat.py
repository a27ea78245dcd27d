"""A message of the chat, as a value; who may read it is `chat_scope`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from classroom.ids import ParticipantId
from classroom.people.role import Role

TAIL_MAX = 200
"""Messages kept for whoever comes later; equal to `CHAT_TAIL` of the wire."""
TAIL_CHARACTERS_MAX = 100_000
"""Of text in all of them, because it goes to everybody who comes in; 200 messages of a usual length
are a tenth of it."""

Reaction = Literal["like", "love", "laugh", "wow", "party", "check"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Control characters; tab and line feed are text."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    id: str
    """Unique within one live room."""
    participant_id: ParticipantId
    name: str
    role: Role
    text: str
    at: datetime
    client_id: str
    to: str = "room"
    """Its scope, see `chat_scope`."""
    reply_to: str = ""
    """The id of the message it answers; empty when none."""
    reactions: tuple[tuple[Reaction, tuple[ParticipantId, ...]], ...] = ()
    """In the order they were first given; nobody twice under one, none without anybody."""
    is_deleted: bool = False
    """Text, files and reactions are gone; the line stays, so that answers to it make sense."""
    readers: tuple[ParticipantId, ...] = ()
    """Who was in the group it was written to."""
    files: tuple[str, ...] = ()
    """Ids of the files that came with it, also of those that are gone since."""

    @property
    def number(self) -> int:
        """Grows by one with each message of a lesson."""
        return int(self.id[1:])

    def emptied(self) -> ChatMessage:
        """What stays of it when it is deleted."""
        return replace(self, text="", reactions=(), files=(), is_deleted=True)

    def reacted(self, who: ParticipantId, reaction: Reaction, *, on: bool) -> ChatMessage:
        """With somebody's reaction, or without it; the same when that is so already."""
        given = dict(self.reactions)
        people = tuple(one for one in given.get(reaction, ()) if one != who)
        was_on = len(people) != len(given.get(reaction, ()))
        if was_on == on:
            return self
        given[reaction] = (*people, who) if on else people
        return replace(self, reactions=tuple((key, ids) for key, ids in given.items() if ids))


def clean(text: str) -> str:
    """The text without control characters and without blank ends; may be empty."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
