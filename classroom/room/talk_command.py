"""What can be asked about what people say and send to each other."""

from __future__ import annotations

from classroom.room.chat_command import ChatCommand
from classroom.room.files_command import FilesCommand, FilesDoorCommand

__all__ = ["FilesDoorCommand", "TalkCommand"]

TalkCommand = ChatCommand | FilesCommand
