"""The chat's own values in the form they cross the wire, and what the lesson's record keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.clock import iso
from classroom.room import chat as core
from classroom.room import chat_event as event
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import chat
from classroom.wire.files_form import card_form

Body = dict[str, Any]


def chat_form(message: core.ChatMessage) -> chat.ChatMessage:
    """One message."""
    return chat.ChatMessage(
        id=message.id,
        participant_id=message.participant_id,
        name=message.name,
        role=message.role,
        text=message.text,
        at=iso(message.at),
        client_id=message.client_id,
        to=message.to,
        reply_to=message.reply_to,
        reactions=_reactions(message),
        is_deleted=message.is_deleted,
        files=list(message.files),
    )


def _reactions(message: core.ChatMessage) -> list[chat.Reacted]:
    return [chat.Reacted(reaction, list(people)) for reaction, people in message.reactions]


def _changed(happened: event.ChatChanged | event.ChatChangedAside) -> chat.ChatChanged:
    message = happened.message
    return chat.ChatChanged(message.id, _reactions(message), message.is_deleted)


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    event.ChatPosted: lambda happened: chat.ChatPosted(chat_form(happened.message)),
    event.ChatTold: lambda happened: chat.ChatTold(chat_form(happened.message)),
    event.ChatChanged: _changed,
    event.ChatChangedAside: _changed,
    event.EarlierTold: lambda happened: chat.EarlierTold(
        [chat_form(message) for message in happened.messages],
        [card_form(card) for card in happened.files],
    ),
}


def _bare(body: Body) -> Body:
    """That somebody wrote; what and to whom stays in the chat."""
    message = body["message"]
    return {
        "type": body["type"],
        "message_id": message["id"],
        "participant_id": message["participant_id"],
    }


RECORDS: dict[type[Any], Callable[[Body], Body | None]] = {
    event.ChatPosted: _bare,
    event.ChatTold: _bare,
    event.ChatChanged: lambda body: None,
    event.ChatChangedAside: lambda body: None,
    event.EarlierTold: lambda body: None,
}


def snapshot(room: Room, viewer: Participant) -> Body:
    """The newest messages this viewer may read, oldest first."""
    return {"chat": [chat_form(message) for message in room.chat.seen_by(viewer)]}
