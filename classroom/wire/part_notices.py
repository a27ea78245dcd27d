"""What the parts of a room tell: to everybody, and to some people only."""

from __future__ import annotations

from classroom.wire.activity import ActivityEvent, ActivityTold
from classroom.wire.aids import AidsEvent
from classroom.wire.ask import AskAside, AskEvent
from classroom.wire.chat import ChatAside, ChatEvent
from classroom.wire.files import FilesAside, FilesEvent
from classroom.wire.film import FilmChanged
from classroom.wire.floor import FloorAside, FloorEvent
from classroom.wire.groups import GroupsEvent
from classroom.wire.ink import InkEvent
from classroom.wire.lobby import DoorChanged, LobbyChanged
from classroom.wire.recording import RecordingAside, RecordingEvent
from classroom.wire.wall import WallAside, WallEvent

PartEvent = (
    FloorEvent
    | AskEvent
    | AidsEvent
    | ChatEvent
    | WallEvent
    | GroupsEvent
    | DoorChanged
    | FilesEvent
    | FilmChanged
    | ActivityEvent
    | InkEvent
    | RecordingEvent
)
PartAside = (
    FloorAside
    | ChatAside
    | AskAside
    | WallAside
    | LobbyChanged
    | FilesAside
    | ActivityTold
    | RecordingAside
)
