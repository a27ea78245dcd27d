"""The chat in a room: who may write, and each message once however often it is sent."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.room.chat import Chat, ChatMessage, clean
from classroom.room.command import PostChat
from classroom.room.event import ChatPosted
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part


class ChatPart(Part):
    """Invariant: a message in `chat` was written by somebody who might write then."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.chat = Chat()
        self.checks = {PostChat: lambda command, moment: self._check_post(command)}
        self.effects = {PostChat: self._post}

    def _check_post(self, command: PostChat) -> None:
        self._ground.must(command.by, "may_chat")
        if not clean(command.text):
            raise Refused("chat.empty")

    def _post(self, command: PostChat, moment: Moment) -> list[Event]:
        if self.chat.find(command.by, command.client_id):
            return []
        sender = self._ground.participants[command.by]
        message = ChatMessage(
            id=self.chat.next_id(),
            participant_id=sender.id,
            name=sender.name,
            role=sender.role,
            text=clean(command.text),
            at=moment.at,
            client_id=command.client_id,
        )
        self.chat.add(message)
        return [ChatPosted(message)]
