"""Where a class in a test keeps its chats: in memory, and broken when a test says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from classroom.live.ports import ChatDrawer
from classroom.room.chat import ChatMessage
from classroom.room.chat_scope import may_read
from classroom.room.participant import Participant
from classroom.store.chat import ChatPage
from whiteboard.store import StoreFailed


@dataclass
class ChatTwin:
    """Messages by lesson and id; `batches` names what was written together."""

    rows: dict[str, dict[str, ChatMessage]] = field(default_factory=dict)
    batches: list[list[str]] = field(default_factory=list)
    is_broken: bool = False

    @property
    def drawer(self) -> ChatDrawer:
        """What the live rooms are given."""
        return ChatDrawer(self.load, self.write, self.find, self.before)

    async def load(self, lesson_id: str) -> tuple[ChatMessage, ...]:
        self._check()
        return tuple(self.rows.get(lesson_id, {}).values())

    async def write(self, lesson_id: str, messages: Sequence[ChatMessage]) -> None:
        self._check()
        self.batches.append([message.id for message in messages])
        rows = self.rows.setdefault(lesson_id, {})
        rows |= {message.id: message for message in messages}

    async def find(self, lesson_id: str, message_id: str) -> ChatMessage | None:
        self._check()
        return self.rows.get(lesson_id, {}).get(message_id)

    async def before(
        self, lesson_id: str, viewer: Participant, before: str, limit: int
    ) -> ChatPage:
        self._check()
        number = int(before[1:])
        rows = self.rows.get(lesson_id, {}).values()
        found = [one for one in rows if one.number < number and may_read(one, viewer)]
        return ChatPage(tuple(found[-limit:]), len(found) > limit)

    def _check(self) -> None:
        if self.is_broken:
            raise StoreFailed("told to fail")
