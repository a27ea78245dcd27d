"""The newest messages of a lesson, in memory: those of the room, and those for some people only.

Each kind has its own bounds, so that whispers never push out what was said to all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import replace

from classroom.ids import ParticipantId
from classroom.room.chat import TAIL_CHARACTERS_MAX, TAIL_MAX, ChatMessage
from classroom.room.chat_scope import may_read
from classroom.room.participant import Participant

FORGOTTEN_MAX = 1000
"""Writers and scopes remembered; beyond them everybody's view begins later."""
CHANGED_MAX = 500
"""More than are changed in the time that the history takes to answer."""


class ChatTail:
    """Invariants: (participant, client id) is unique in it; what a viewer gets of it has no gap."""

    def __init__(self, messages: Sequence[ChatMessage] = ()) -> None:
        """`messages` are those stored last, oldest first, without a gap."""
        self._public: deque[ChatMessage] = deque()
        self._others: deque[ChatMessage] = deque()
        self._floor = messages[0].number - 1 if messages else 0
        """Everybody's view begins after this number."""
        self._forgotten: dict[Hashable, ChatMessage] = {}
        """Oldest first and without their text: only who may read them counts."""
        self._changed: dict[str, ChatMessage] = {}
        """Forgotten ones in their latest form, the one changed last at the end."""
        for message in messages:
            self.add(message)

    @property
    def tail(self) -> tuple[ChatMessage, ...]:
        """The newest messages to the whole room, oldest first."""
        return tuple(self._public)

    def add(self, message: ChatMessage) -> None:
        """Keep it; the oldest of its kind beyond the bounds are forgotten."""
        kept = self._kept(message)
        kept.append(message)
        characters = sum(len(one.text) for one in kept)
        while len(kept) > TAIL_MAX or characters > TAIL_CHARACTERS_MAX:
            characters -= len(kept[0].text)
            self._forget(kept.popleft())

    def change(self, message: ChatMessage) -> None:
        """Put it in the place of its earlier form; of one that is forgotten, remember the new one
        for a while, so that whoever fetched it before from the history changes nothing back."""
        kept = self._kept(message)
        for at, one in enumerate(kept):
            if one.id == message.id:
                kept[at] = message
                return
        self._changed.pop(message.id, None)
        self._changed[message.id] = message
        if len(self._changed) > CHANGED_MAX:
            del self._changed[next(iter(self._changed))]

    def get(self, message_id: str) -> ChatMessage | None:
        """The message of this id, or None."""
        kept = (*self._public, *self._others)
        found = next((one for one in kept if one.id == message_id), None)
        return found or self._changed.get(message_id)

    def find(self, participant_id: ParticipantId, client_id: str) -> ChatMessage | None:
        """A message that was already posted under this client id."""
        for message in (*reversed(self._public), *reversed(self._others)):
            if message.participant_id == participant_id and message.client_id == client_id:
                return message
        return None

    def seen_by(self, viewer: Participant) -> tuple[ChatMessage, ...]:
        """The newest messages somebody may read, oldest first, at most TAIL_MAX.

        It begins after the newest forgotten one they could read: what is before is in the history.
        """
        since = self._begins_after(viewer)
        mine = [
            one
            for one in (*self._public, *self._others)
            if one.number > since and may_read(one, viewer)
        ]
        return tuple(sorted(mine, key=lambda one: one.number)[-TAIL_MAX:])

    def new_to(self, viewer: Participant, before: Participant) -> tuple[ChatMessage, ...]:
        """What somebody may read who could not as they were before. What is older than the first
        that they have for certain is left to the history."""
        had = self.seen_by(before)
        since = self._begins_after(before)
        if had and (since or len(had) == TAIL_MAX):
            since = had[0].number
        return tuple(
            one for one in self.seen_by(viewer) if one.number > since and not may_read(one, before)
        )

    def _begins_after(self, viewer: Participant) -> int:
        forgotten = (one.number for one in self._forgotten.values() if may_read(one, viewer))
        return max(self._floor, max(forgotten, default=0))

    def _kept(self, message: ChatMessage) -> deque[ChatMessage]:
        return self._public if message.to == "room" else self._others

    def _forget(self, message: ChatMessage) -> None:
        """Remember whose view begins after it: the newest for each writer and scope."""
        if message.to == "room":
            self._floor = max(self._floor, message.number)
            return
        key = (message.to, message.participant_id, message.readers)
        self._forgotten.pop(key, None)
        self._forgotten[key] = replace(message, text="", reactions=())
        if len(self._forgotten) > FORGOTTEN_MAX:
            oldest = self._forgotten.pop(next(iter(self._forgotten)))
            self._floor = max(self._floor, oldest.number)
