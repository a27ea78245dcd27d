"""What can be asked of the chat."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.chat import ChatMessage, Reaction


@dataclass(frozen=True, slots=True)
class PostChat:
    by: ParticipantId
    text: str
    client_id: str
    """The sender's own name for the message: sent twice, it is posted once."""
    to: str = "room"
    """"room", "staff", "group" (one's own), "groups" (all), or a participant's id."""
    reply_to: str = ""
    older: ChatMessage | None = None
    """The message of `reply_to`, when the caller had to fetch it from the history."""
    files: tuple[str, ...] = ()
    """Ids of the sender's files that were not sent yet; with some, the text may be empty."""


@dataclass(frozen=True, slots=True)
class DeleteChat:
    by: ParticipantId
    message_id: str
    older: ChatMessage | None = None
    """The message, when the caller had to fetch it from the history."""


@dataclass(frozen=True, slots=True)
class ReactChat:
    by: ParticipantId
    message_id: str
    reaction: Reaction
    on: bool
    older: ChatMessage | None = None
    """The message, when the caller had to fetch it from the history."""


@dataclass(frozen=True, slots=True)
class MuteChat:
    """Take the chat away from one participant, or give it back."""

    by: ParticipantId
    participant_id: ParticipantId
    on: bool


ChatCommand = PostChat | DeleteChat | ReactChat | MuteChat
