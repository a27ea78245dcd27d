"""The events of the parts of a room, joined."""

from __future__ import annotations

from classroom.room.activity_event import ActivityEvent
from classroom.room.aids_event import AidsEvent
from classroom.room.ask_event import AskEvent
from classroom.room.film_event import FilmEvent
from classroom.room.floor_event import FloorEvent
from classroom.room.groups_event import GroupsEvent
from classroom.room.ink_event import InkEvent
from classroom.room.lobby_event import LobbyEvent
from classroom.room.recording_event import RecordingEvent
from classroom.room.talk_event import TalkEvent
from classroom.room.tracks_event import TracksEvent
from classroom.room.wall_event import WallEvent

PartEvent = (
    TracksEvent
    | LobbyEvent
    | FloorEvent
    | GroupsEvent
    | AskEvent
    | AidsEvent
    | WallEvent
    | TalkEvent
    | FilmEvent
    | ActivityEvent
    | InkEvent
    | RecordingEvent
)
