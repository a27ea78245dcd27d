"""What happened in the chat: to everybody, or aside to those who may read the message."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.audience import Private
from classroom.room.chat import ChatMessage
from classroom.room.file_card import FileCard


@dataclass(frozen=True, slots=True)
class ChatPosted:
    """To the whole room."""

    message: ChatMessage


@dataclass(frozen=True, slots=True)
class ChatTold(Private):
    """To staff, to groups or to one person."""

    message: ChatMessage


@dataclass(frozen=True, slots=True)
class ChatChanged:
    """Reactions are new, or it was deleted."""

    message: ChatMessage


@dataclass(frozen=True, slots=True)
class ChatChangedAside(Private):
    """The same of a message that is not for everybody."""

    message: ChatMessage


@dataclass(frozen=True, slots=True)
class EarlierTold(Private):
    """To somebody who came into a group: what was written and sent there before."""

    messages: tuple[ChatMessage, ...]
    """Oldest first, with no gap to what they have."""
    files: tuple[FileCard, ...]


ChatEvent = ChatPosted | ChatTold | ChatChanged | ChatChangedAside | EarlierTold
