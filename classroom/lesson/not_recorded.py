"""What of a lesson's log does not go into its recording, and why."""

from __future__ import annotations

from typing import Any

from classroom.room import event
from classroom.room.activity_event import ActivityChanged, ActivitySaid, ActivityTold
from classroom.room.aids_event import StarsChanged, StudentPicked, TimerChanged
from classroom.room.ask_event import AnswerTaken, PollDiscarded, PollTally
from classroom.room.chat_event import (
    ChatChanged,
    ChatChangedAside,
    ChatPosted,
    ChatTold,
    EarlierTold,
)
from classroom.room.files_event import FileAddedAside, FileRemoved, FileRemovedAside
from classroom.room.floor_event import SpeakingAsked, SpeakingDeclined
from classroom.room.lobby_event import DoorChanged, LobbyChanged
from classroom.room.recording_event import ConsentGiven
from classroom.room.tracks_event import Silenced
from classroom.room.wall_event import TileMarked, WallChanged, WallTiles

NOT_RECORDED: dict[type[Any], str] = {
    event.ReservedChanged: "reserved pages are of groups and of one person",
    event.RoomEnded: "the recording has ended then",
    Silenced: "told to one person",
    SpeakingAsked: "told to one person and staff",
    SpeakingDeclined: "told to one person and staff",
    ChatPosted: "written under its author's own key",
    ChatChanged: "written under its author's own key",
    ChatTold: "for some people only",
    ChatChangedAside: "for some people only",
    EarlierTold: "for some people only",
    WallChanged: "the page that is shown to all is recorded as a page",
    WallTiles: "for staff only",
    TileMarked: "told to one person",
    PollDiscarded: "what it asked was recorded, and says nothing of anybody",
    PollTally: "who answered what, for staff",
    AnswerTaken: "told to one person",
    TimerChanged: "passes",
    StudentPicked: "names somebody whatever they agreed to",
    StarsChanged: "names somebody whatever they agreed to",
    DoorChanged: "passes",
    LobbyChanged: "names people who are not in class",
    FileAddedAside: "for some people only",
    FileRemoved: "its name alone was recorded",
    FileRemovedAside: "for some people only",
    ActivityChanged: "an activity's state is its maker's",
    ActivitySaid: "an activity's state is its maker's",
    ActivityTold: "an activity's state is its maker's",
    ConsentGiven: "answers stand in the record of consents",
}
"""By the kind of event, why it is not. A new kind of event stands in one of the two."""
