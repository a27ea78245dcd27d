"""One sample of each command of a part of a room, sent by "wu"; one line a command."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from classroom.ids import ParticipantId
from classroom.room import (
    activity_command,
    aids_command,
    ask_command,
    film_command,
    floor_command,
    groups_command,
    recording_command,
    wall_command,
)
from classroom.room.ask_state import Question
from classroom.room.chat_command import DeleteChat, MuteChat, PostChat, ReactChat
from classroom.room.decks_command import LeaveDeck, PlaceDeck, UpdateDeck
from classroom.room.file_card import FileCard
from classroom.room.files_command import AddFile, RemoveFile, ShareFile
from classroom.room.ink_command import BeginInk, ClearInk, FreezeInk, SetInk, UnclearInk
from classroom.room.lobby_command import (
    Admit,
    LockClass,
    RemovePerson,
    SetLobby,
    SetRole,
    TurnAway,
)
from classroom.room.locks import Grant
from classroom.room.page import BoardPage, Placement

WU = ParticipantId("wu")
CARD = FileCard(
    "f1", "a.png", "image/png", 9, WU, "Wu", datetime(2026, 3, 1, tzinfo=UTC), width=2, height=1
)
DECK = Placement("d", "deck", "print", "Roots", "slides", "2026-03-01T09:30:00.000Z")
LEAF = BoardPage("d-1-0", paper="plain", kind="slide", placement="d", slide=1, is_seen=False)
SAMPLES: dict[type[Any], Any] = {
    recording_command.AskRecording: recording_command.AskRecording(
        WU, "r1", "For those who are ill", ("voice", "ink"), (("voice", "yes"),), "2026-11/en"
    ),
    recording_command.BeginRecording: recording_command.BeginRecording(WU),
    recording_command.PauseRecording: recording_command.PauseRecording(WU),
    recording_command.ResumeRecording: recording_command.ResumeRecording(WU),
    recording_command.StopRecording: recording_command.StopRecording(WU),
    recording_command.AnswerRecording: recording_command.AnswerRecording(
        WU, (("voice", "yes"),), "2026-11/en"
    ),
    recording_command.SeeRecording: recording_command.SeeRecording(WU),
    recording_command.MarkRecording: recording_command.MarkRecording(WU, "Roots"),
    Admit: Admit(WU, None),
    TurnAway: TurnAway(WU, ParticipantId("li")),
    SetLobby: SetLobby(WU, True),
    LockClass: LockClass(WU, True),
    RemovePerson: RemovePerson(WU, ParticipantId("li")),
    SetRole: SetRole(WU, ParticipantId("li"), "assistant"),
    PostChat: PostChat(WU, "hello", "c1"),
    DeleteChat: DeleteChat(WU, "m1"),
    AddFile: AddFile(WU, CARD),
    ShareFile: ShareFile(WU, CARD.id),
    RemoveFile: RemoveFile(WU, CARD.id),
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
    floor_command.SetLayout: floor_command.SetLayout(WU, "gallery"),
    floor_command.React: floor_command.React(WU, "clap"),
    ask_command.OpenPoll: ask_command.OpenPoll(WU, "q1", Question("yes_no")),
    ask_command.AnswerPoll: ask_command.AnswerPoll(WU, "q1", (0,)),
    ask_command.ClosePoll: ask_command.ClosePoll(WU, "q1"),
    ask_command.PublishPoll: ask_command.PublishPoll(WU, "q1", True),
    ask_command.DiscardPoll: ask_command.DiscardPoll(WU, "q1"),
    aids_command.StartTimer: aids_command.StartTimer(WU, 60),
    aids_command.ExtendCountdown: aids_command.ExtendCountdown(WU, 60),
    aids_command.PauseTimer: aids_command.PauseTimer(WU, True),
    aids_command.StopTimer: aids_command.StopTimer(WU),
    aids_command.PickStudent: aids_command.PickStudent(WU, 0.5),
    aids_command.GiveStar: aids_command.GiveStar(WU, WU, 1),
    groups_command.PlanGroups: groups_command.PlanGroups(WU, ("A", "B"), "random"),
    groups_command.MoveToGroup: groups_command.MoveToGroup(WU, WU, None),
    groups_command.ChooseGroup: groups_command.ChooseGroup(WU, "g1"),
    groups_command.OpenGroups: groups_command.OpenGroups(WU, (("g1", "p"), ("g2", "q"))),
    groups_command.CloseGroups: groups_command.CloseGroups(WU, 60),
    groups_command.ExtendGroups: groups_command.ExtendGroups(WU, 5),
    groups_command.RenameGroup: groups_command.RenameGroup(WU, "g1", "Owls"),
    groups_command.DiscardGroups: groups_command.DiscardGroups(WU),
    groups_command.CallTeacher: groups_command.CallTeacher(WU),
    groups_command.AnswerCall: groups_command.AnswerCall(WU, "g1"),
    groups_command.VisitGroup: groups_command.VisitGroup(WU, "g1"),
    groups_command.SpeakToAll: groups_command.SpeakToAll(WU, True),
    PlaceDeck: PlaceDeck(WU, DECK, (LEAF,), LEAF.id),
    LeaveDeck: LeaveDeck(WU, DECK.id),
    UpdateDeck: UpdateDeck(WU, DECK, (LEAF,)),
    activity_command.SetActivityValue: activity_command.SetActivityValue(WU, "a", "k", "1"),
    activity_command.SendActivityEvent: activity_command.SendActivityEvent(WU, "a", "n", "1"),
    activity_command.ResetActivity: activity_command.ResetActivity(WU, "a"),
    film_command.PlayFilm: film_command.PlayFilm(WU, "f", 0),
    film_command.PauseFilm: film_command.PauseFilm(WU, "f", 0),
    film_command.SeekFilm: film_command.SeekFilm(WU, "f", 0),
    film_command.SetFilmRate: film_command.SetFilmRate(WU, "f", 200),
    BeginInk: BeginInk(WU, "i1"),
    SetInk: SetInk(WU, "fade"),
    ClearInk: ClearInk(WU),
    UnclearInk: UnclearInk(WU),
    FreezeInk: FreezeInk(WU, "p9", "", "asset:a", 720),
    wall_command.OpenWall: wall_command.OpenWall(WU, None, ()),
    wall_command.GiveWallPage: wall_command.GiveWallPage(WU, "w1"),
    wall_command.MarkTile: wall_command.MarkTile(WU, "done"),
    wall_command.ShowTile: wall_command.ShowTile(WU, None),
    wall_command.LockWall: wall_command.LockWall(WU, True),
    wall_command.CloseWall: wall_command.CloseWall(WU, True),
}
