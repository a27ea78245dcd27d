"""The commands of all parts of a room, joined."""

from __future__ import annotations

from classroom.room.activity_command import ActivityCommand
from classroom.room.aids_command import AidsCommand
from classroom.room.ask_command import AskCommand
from classroom.room.chat_command import ChatCommand
from classroom.room.decks_command import DecksCommand
from classroom.room.files_command import FilesCommand, FilesDoorCommand
from classroom.room.film_command import FilmCommand
from classroom.room.floor_command import FloorCommand
from classroom.room.groups_command import GroupsCommand
from classroom.room.ink_command import InkCommand
from classroom.room.lobby_command import DoorCommand, LobbyCommand
from classroom.room.wall_command import WallCommand

PartCommand = (
    ChatCommand
    | FloorCommand
    | GroupsCommand
    | AskCommand
    | AidsCommand
    | WallCommand
    | FilesCommand
    | LobbyCommand
    | DecksCommand
    | InkCommand
    | FilmCommand
    | ActivityCommand
)
"""Sent by somebody who is here, in a room that is live."""
OutsideCommand = DoorCommand | FilesDoorCommand
"""Sent by somebody who is not in the room, also while nobody is."""
