"""One sample of each command of a part of a room, sent by "wu"; one line a command."""

from __future__ import annotations

from typing import Any

from classroom.ids import ParticipantId
from classroom.room import floor_command
from classroom.room.chat_command import DeleteChat, MuteChat, PostChat, ReactChat
from classroom.room.locks import Grant

WU = ParticipantId("wu")
SAMPLES: dict[type[Any], Any] = {
    PostChat: PostChat(WU, "hello", "c1"),
    DeleteChat: DeleteChat(WU, "m1"),
    ReactChat: ReactChat(WU, "m1", "like", True),
    MuteChat: MuteChat(WU, ParticipantId("li"), True),
    floor_command.RaiseHand: floor_command.RaiseHand(WU),
    floor_command.LowerHand: floor_command.LowerHand(WU),
    floor_command.BringOnStage: floor_command.BringOnStage(WU, WU, Grant()),
    floor_command.LeaveStage: floor_command.LeaveStage(WU),
    floor_command.Mute: floor_command.Mute(WU, None, "microphone"),
    floor_command.AskToSpeak: floor_command.AskToSpeak(WU, WU, "microphone"),
    floor_command.DeclineToSpeak: floor_command.DeclineToSpeak(WU, "microphone"),
    floor_command.SetLocks: floor_command.SetLocks(WU, hands=True),
    floor_command.SetSpotlight: floor_command.SetSpotlight(WU, WU),
    floor_command.SetFocus: floor_command.SetFocus(WU, True),
}
