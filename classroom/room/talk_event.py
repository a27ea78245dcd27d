"""What happened in what people say and send to each other."""

from __future__ import annotations

from classroom.room.chat_event import ChatEvent
from classroom.room.files_event import FilesEvent

TalkEvent = ChatEvent | FilesEvent
