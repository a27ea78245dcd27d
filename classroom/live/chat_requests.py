"""What each request about the chat does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room.chat import ChatMessage
from classroom.room.chat_command import DeleteChat, MuteChat, PostChat, ReactChat
from classroom.wire import chat
from classroom.wire.chat_form import chat_form
from classroom.wire.requests import Done

ORDERS = Limit(5, 60)
"""Deleting and muting: somebody who keeps order presses through a list."""
REACTIONS = Limit(2, 10)
"""Each is told to everybody who may read the message."""
PAGES = Limit(1, 10)
"""Of the history: as fast as somebody scrolls."""

DONE = Done()


async def _post(live: LiveRoom, claim: Claim, request: chat.PostChat) -> chat.ChatMessage:
    live.do(
        PostChat(
            claim.who,
            request.text,
            request.client_id,
            request.to,
            request.reply_to or "",
            await _older(live, request.reply_to),
            tuple(request.files or ()),
        )
    )
    posted = live.room.chat.find(claim.who, request.client_id)
    if posted is None:
        raise LookupError("a message that was posted is in the tail")
    return chat_form(posted)


async def _delete(live: LiveRoom, claim: Claim, request: chat.DeleteChat) -> Done:
    older = await _older(live, request.message_id)
    live.do(DeleteChat(claim.who, request.message_id, older))
    return DONE


async def _react(live: LiveRoom, claim: Claim, request: chat.ReactChat) -> Done:
    older = await _older(live, request.message_id)
    live.do(ReactChat(claim.who, request.message_id, request.reaction, request.on, older))
    return DONE


async def _mute(live: LiveRoom, claim: Claim, request: chat.MuteChat) -> Done:
    live.do(MuteChat(claim.who, ParticipantId(request.participant_id), request.on))
    return DONE


async def _history(live: LiveRoom, claim: Claim, request: chat.AskChatHistory) -> chat.ChatHistory:
    viewer = live.room.participants[claim.who]
    page = await live.shelf.before(viewer, request.before, request.limit)
    return chat.ChatHistory([chat_form(one) for one in page.messages], page.has_more)


async def _older(live: LiveRoom, message_id: str | None) -> ChatMessage | None:
    """The message when it is not in the room's memory any more, from the history."""
    if message_id is None or live.room.chat.get(message_id) is not None:
        return None
    return await live.shelf.find(message_id)


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    chat.PostChat: _post,
    chat.DeleteChat: _delete,
    chat.ReactChat: _react,
    chat.MuteChat: _mute,
    chat.AskChatHistory: _history,
}
LIMITS: dict[type[Any], Limit] = {
    chat.DeleteChat: ORDERS,
    chat.ReactChat: REACTIONS,
    chat.MuteChat: ORDERS,
    chat.AskChatHistory: PAGES,
}
