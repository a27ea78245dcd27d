"""The chat on the wire: its values, requests and events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.files import FileCard
from classroom.wire.requests import Done
from classroom.wire.values import CHAT_MAX, Id, Role

HISTORY_MAX = 100
"""Messages in one page of the history."""
FILES_SENT_MAX = 10
"""Files that come with one message."""

Reaction = Literal["like", "love", "laugh", "wow", "party", "check"]
"""What may be said of a message without words."""


@dataclass(frozen=True, slots=True)
class Reacted:
    reaction: Reaction
    participant_ids: list[str]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    id: str
    participant_id: str
    name: str
    role: Role
    text: str
    at: str
    client_id: str
    """Chosen by the sender, so that its optimistic copy can be matched."""
    to: str
    """"room", "staff", "groups", "group:<group id>" or "to:<participant id>"."""
    reply_to: str
    """The id of the message it answers; empty when none."""
    reactions: list[Reacted]
    is_deleted: bool
    files: list[str]
    """Ids of what came with it; one that is not among the room's files was removed."""


@dataclass(frozen=True, slots=True)
class PostChat:
    NAME: ClassVar[str] = "chat.post"
    text: Annotated[str, Field(max_length=CHAT_MAX)]
    """Empty only with files."""
    client_id: Id
    to: Id = "room"
    """"room", "staff", "group" (one's own), "groups" (all) or a participant id."""
    reply_to: Id | None = None
    files: Annotated[list[Id] | None, Field(max_length=FILES_SENT_MAX)] = None
    """Own files that have arrived and were not sent yet."""


@dataclass(frozen=True, slots=True)
class DeleteChat:
    NAME: ClassVar[str] = "chat.delete"
    message_id: Id


@dataclass(frozen=True, slots=True)
class ReactChat:
    NAME: ClassVar[str] = "chat.react"
    message_id: Id
    reaction: Reaction
    on: bool


@dataclass(frozen=True, slots=True)
class MuteChat:
    """Take the chat away from a student, or give it back. Needs the right."""

    NAME: ClassVar[str] = "chat.mute"
    participant_id: Id
    on: bool


@dataclass(frozen=True, slots=True)
class AskChatHistory:
    """What was written before a message."""

    NAME: ClassVar[str] = "chat.history"
    before: Id
    limit: Annotated[int, Field(ge=1, le=HISTORY_MAX)]


@dataclass(frozen=True, slots=True)
class ChatHistory:
    """Oldest first."""

    messages: list[ChatMessage]
    has_more: bool


@dataclass(frozen=True, slots=True)
class ChatPosted:
    """To the whole room."""

    message: ChatMessage
    type: Literal["chat_posted"] = "chat_posted"


@dataclass(frozen=True, slots=True)
class ChatTold:
    """Aside: to staff, to groups or to one person."""

    message: ChatMessage
    type: Literal["chat_told"] = "chat_told"


@dataclass(frozen=True, slots=True)
class ChatChanged:
    """Reactions are new, or it was deleted and has no text any more."""

    message_id: str
    reactions: list[Reacted]
    is_deleted: bool
    type: Literal["chat_changed"] = "chat_changed"


@dataclass(frozen=True, slots=True)
class EarlierTold:
    """Aside, to who came into a group: what was written and sent there before."""

    messages: list[ChatMessage]
    """Oldest first. They stand between those one has."""
    files: list[FileCard]
    type: Literal["earlier_told"] = "earlier_told"


ChatEvent = ChatPosted | ChatChanged
ChatAside = ChatTold | ChatChanged | EarlierTold

REQUESTS: dict[type[Any], type[Any]] = {
    PostChat: ChatMessage,
    DeleteChat: Done,
    ReactChat: Done,
    MuteChat: Done,
    AskChatHistory: ChatHistory,
}
