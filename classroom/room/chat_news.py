"""What is told of a message, and to whom: to the room, or aside to those who may read it now."""

from __future__ import annotations

from collections.abc import Iterable

from classroom.room.audience import Audience
from classroom.room.chat import ChatMessage
from classroom.room.chat_event import ChatChanged, ChatChangedAside, ChatPosted, ChatTold
from classroom.room.chat_scope import may_read
from classroom.room.participant import Participant


def posted(message: ChatMessage, people: Iterable[Participant]) -> ChatPosted | ChatTold:
    """It was written."""
    if message.to == "room":
        return ChatPosted(message)
    return ChatTold(message, audience=_audience(message, people))


def changed(message: ChatMessage, people: Iterable[Participant]) -> ChatChanged | ChatChangedAside:
    """Somebody reacted to it, or it was deleted."""
    if message.to == "room":
        return ChatChanged(message)
    return ChatChangedAside(message, audience=_audience(message, people))


def _audience(message: ChatMessage, people: Iterable[Participant]) -> Audience:
    return Audience(frozenset(who.id for who in people if may_read(message, who)))
