"""The commands of all parts of a room, joined."""

from __future__ import annotations

from classroom.room.activity_command import ActivityCommand
from classroom.room.aids_command import AidsCommand
from classroom.room.ask_command import AskCommand
from classroom.room.decks_command import DecksCommand
from classroom.room.film_command import FilmCommand
from classroom.room.floor_command import FloorCommand
from classroom.room.groups_command import GroupsCommand
from classroom.room.ink_command import InkCommand
from classroom.room.lobby_command import DoorCommand, LobbyCommand
from classroom.room.recording_command import RecordingCommand, RecordingDoorCommand
from classroom.room.talk_command import FilesDoorCommand, TalkCommand
from classroom.room.wall_command import WallCommand

PartCommand = (
    TalkCommand
    | FloorCommand
    | GroupsCommand
    | AskCommand
    | AidsCommand
    | WallCommand
    | LobbyCommand
    | DecksCommand
    | InkCommand
    | FilmCommand
    | ActivityCommand
    | RecordingCommand
)
"""Sent by somebody who is here, in a room that is live."""
OutsideCommand = DoorCommand | FilesDoorCommand | RecordingDoorCommand
"""Sent by somebody who is not in the room, also while nobody is."""
