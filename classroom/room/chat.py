"""The chat of a live room: its last messages, each posted once however often it is sent."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from classroom.ids import ParticipantId
from classroom.people.role import Role

TAIL_MAX = 200
"""Messages kept for whoever comes later; equal to `CHAT_TAIL` of the wire."""
TAIL_CHARACTERS_MAX = 100_000
"""Of text in all of them, because it goes to everybody who comes in; 200 messages of a usual length
are a tenth of it."""

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


def clean(text: str) -> str:
    """The text without control characters and without blank ends; may be empty."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class Chat:
    """The tail of the messages. Invariant: (participant, client id) is unique in it."""

    def __init__(self) -> None:
        self._tail: deque[ChatMessage] = deque()
        self._count = 0
        self._characters = 0

    @property
    def tail(self) -> tuple[ChatMessage, ...]:
        """The newest messages, oldest first."""
        return tuple(self._tail)

    def next_id(self) -> str:
        """The id the next message will have."""
        return f"m{self._count + 1}"

    def find(self, participant_id: ParticipantId, client_id: str) -> ChatMessage | None:
        """A message that was already posted under this client id."""
        for message in reversed(self._tail):
            if message.participant_id == participant_id and message.client_id == client_id:
                return message
        return None

    def add(self, message: ChatMessage) -> None:
        """Keep it; the oldest beyond the bounds are forgotten."""
        self._count += 1
        self._tail.append(message)
        self._characters += len(message.text)
        while len(self._tail) > TAIL_MAX or self._characters > TAIL_CHARACTERS_MAX:
            self._characters -= len(self._tail.popleft().text)
