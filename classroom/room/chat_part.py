"""The chat as a part of the room: who writes to whom, answers, reacts, deletes and is muted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.chat import ChatMessage, clean
from classroom.room.chat_command import DeleteChat, MuteChat, PostChat, ReactChat
from classroom.room.chat_news import changed, posted
from classroom.room.chat_scope import PERSON, may_read, readers_of, scope_of
from classroom.room.chat_state import ChatState
from classroom.room.chat_tail import ChatTail
from classroom.room.event import ParticipantJoined
from classroom.room.files import FilesPart
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part

OWN_WITHIN = timedelta(minutes=10)
"""How long somebody may take back what they wrote."""
MUTED_MAX = 500
"""People remembered who were muted."""


class ChatPart(Part):
    """Invariant: nobody is told of, or given, a message that `may_read` denies them."""

    def __init__(
        self,
        ground: Ground,
        files: FilesPart,
        state: ChatState | None = None,
        tail: Sequence[ChatMessage] = (),
    ) -> None:
        """`tail` are the messages stored last, when the lesson goes on after a restart."""
        self._ground = ground
        self._files = files
        self.state = state or ChatState()
        self.go_on(tail)
        self.checks = {
            PostChat: self._check_post,
            DeleteChat: self._check_delete,
            ReactChat: self._check_react,
            MuteChat: self._check_mute,
        }
        self.effects = {
            PostChat: self._post,
            DeleteChat: self._delete,
            ReactChat: self._react,
            MuteChat: self._mute,
        }

    def go_on(self, tail: Sequence[ChatMessage]) -> None:
        """Begin after the messages that were stored last; nobody has written anything yet."""
        self.tail = ChatTail(tail)
        newest = tail[-1].number if tail else 0
        self.state = replace(self.state, count=max(self.state.count, newest))

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Who was muted, left and came back is muted still, under another seat as well."""
        match event:
            case ParticipantJoined(who) if self._is_silent(who.id):
                present = self._ground.person(who.id)
                return self._ground.change(replace(present, is_chat_muted=True))
            case _:
                return []

    # Writing

    def _check_post(self, command: PostChat, moment: Moment) -> None:
        if self.tail.find(command.by, command.client_id) is not None:
            return  # asked again because the answer was lost: nothing new is written
        self._files.check_sending(command.by, command.to, command.files)
        if not clean(command.text) and not command.files:
            raise Refused("chat.empty")
        if command.reply_to:
            self._readable(command.by, command.reply_to, command.older)

    def _post(self, command: PostChat, moment: Moment) -> list[Event]:
        if self.tail.find(command.by, command.client_id) is not None:
            return []
        sender = self._ground.person(command.by)
        self.state = replace(self.state, count=self.state.count + 1)
        to = scope_of(command.to, sender.place)
        message = ChatMessage(
            id=f"m{self.state.count}",
            participant_id=sender.id,
            name=sender.name,
            role=sender.role,
            text=clean(command.text),
            at=moment.at,
            client_id=command.client_id,
            to=to,
            reply_to=command.reply_to,
            readers=readers_of(to, self._ground.participants.values()),
            files=command.files,
        )
        self.tail.add(message)
        sent = self._files.send(command.files, to, message.id, moment)
        return [*sent, posted(message, self._ground.participants.values())]

    # What is done with a message

    def _check_delete(self, command: DeleteChat, moment: Moment) -> None:
        message = self._readable(command.by, command.message_id, command.older)
        if message.participant_id != command.by:
            if message.to.startswith(PERSON):
                raise Refused("chat.unknown")
            self._ground.must(command.by, "may_order")
        elif moment.at - message.at > OWN_WITHIN:
            self._ground.must(command.by, "may_order")

    def _delete(self, command: DeleteChat, moment: Moment) -> list[Event]:
        message = self._readable(command.by, command.message_id, command.older)
        gone = self._files.remove_with(message.id)
        return [*gone, *self._change(message, message.emptied())]

    def _check_react(self, command: ReactChat, moment: Moment) -> None:
        self._ground.must(command.by, "may_react")
        if self._readable(command.by, command.message_id, command.older).is_deleted:
            raise Refused("chat.unknown")

    def _react(self, command: ReactChat, moment: Moment) -> list[Event]:
        message = self._readable(command.by, command.message_id, command.older)
        return self._change(message, message.reacted(command.by, command.reaction, on=command.on))

    def _change(self, before: ChatMessage, after: ChatMessage) -> list[Event]:
        if before == after:
            return []
        self.tail.change(after)
        return [changed(after, self._ground.participants.values())]

    def _readable(
        self, by: ParticipantId, message_id: str, older: ChatMessage | None
    ) -> ChatMessage:
        """The message, when it is there for this reader; Refused `chat.unknown`."""
        message = self.tail.get(message_id) or older
        if message is None or message.id != message_id:
            raise Refused("chat.unknown")
        if not may_read(message, self._ground.person(by)):
            raise Refused("chat.unknown")
        return message

    # Muting

    def _check_mute(self, command: MuteChat, moment: Moment) -> None:
        self._ground.must(command.by, "may_order")
        who = self._ground.person(command.participant_id)
        if self._ground.is_staff(who.id):
            raise Refused("chat.staff", {"name": who.name})

    def _mute(self, command: MuteChat, moment: Moment) -> list[Event]:
        who = self._ground.person(command.participant_id)
        known = self._ground.known_by(who.id)
        others = tuple(one for one in self.state.silent if not one.covers(known))
        silent = (*others, known)[-MUTED_MAX:] if command.on else others
        self.state = replace(self.state, silent=silent)
        # All seats of theirs: somebody may sit in two tabs.
        events: list[Event] = []
        for one in list(self._ground.participants.values()):
            is_same = known.covers(self._ground.known_by(one.id))
            if is_same and not self._ground.is_staff(one.id):
                events += self._ground.change(replace(one, is_chat_muted=command.on))
        return events

    def _is_silent(self, who: ParticipantId) -> bool:
        known = self._ground.known_by(who)
        was_muted = any(one.covers(known) for one in self.state.silent)
        return was_muted and not self._ground.is_staff(who)
