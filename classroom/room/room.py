"""The live room: one command in, the log entries it causes out, or Refused with a stable code.

A core: no socket, clock or media. Times are `now` (monotonic seconds, for waiting) and `at` (aware
UTC, for people). Every refusal comes from the guard before anything was changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.board import BoardState, check_pages, pages_after
from classroom.room.chat import Chat, ChatMessage, clean
from classroom.room.command import (
    BOARD_COMMANDS,
    PAGE_COMMANDS,
    BoardCommand,
    Command,
    EndRoom,
    ExpireSeat,
    GivePen,
    LeaveSeat,
    LoseConnection,
    LoseMedia,
    PageCommand,
    PauseTrack,
    PostChat,
    PublishTrack,
    ResumeTrack,
    SetShareMode,
    ShowBoard,
    TakeSeat,
    TrackCommand,
    UnpublishTrack,
)
from classroom.room.event import (
    BoardChanged,
    ChatPosted,
    Event,
    LogEntry,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
    RoomEnded,
    StageChanged,
)
from classroom.room.kinds import SOURCES
from classroom.room.lifecycle import TRANSITIONS, Emptied, RoomState, RoomTerms, WaitOver
from classroom.room.participant import (
    SEAT_TRANSITIONS,
    TRACK_TRANSITIONS,
    LeaveReason,
    Participant,
    SeatState,
)
from classroom.room.pens import GivenPens
from classroom.room.policy import (
    FIXED_PENS,
    RIGHT_TO_PUBLISH,
    Right,
    is_staff,
    may,
    may_enter,
)
from classroom.room.stage import Share, Stage


class Room:
    """The truth of one live room.

    Invariants: `seq` grows by one with each log entry; the stage names somebody who is in the room
    and shares, or nobody; a track of somebody is only what their role may send; the pen of staff is
    "all", of an observer "none"; who presents the board is staff in the room, or nobody.
    """

    def __init__(self, terms: RoomTerms, board: BoardState, *, now: float, at: datetime) -> None:
        self.terms = terms
        self.board = board
        self.started_at = at
        self.seq = 0
        self.state = RoomState.OPEN
        self.participants: dict[ParticipantId, Participant] = {}
        self.chat = Chat()
        self.stage = Stage()
        self._given = GivenPens()
        self._expires: dict[ParticipantId, float] = {}
        self._waits_until = now + terms.seat_grace_s
        self._effects: dict[type[Any], Callable[[Any, float, datetime], list[Event]]] = {
            TakeSeat: self._take_seat,
            LeaveSeat: lambda command, now, at: self._leave(command.by, "left"),
            ExpireSeat: lambda command, now, at: self._leave(command.by, "lost"),
            LoseConnection: self._lose_connection,
            PostChat: self._post_chat,
            PublishTrack: self._publish,
            PauseTrack: self._change_track,
            ResumeTrack: self._change_track,
            UnpublishTrack: self._unpublish,
            SetShareMode: self._set_share_mode,
            LoseMedia: self._lose_media,
            EndRoom: lambda command, now, at: [RoomEnded(command.by)],
            ShowBoard: lambda command, now, at: self._show_board(command),
            GivePen: lambda command, now, at: self._give_pen(command),
            **dict.fromkeys(PAGE_COMMANDS, lambda command, now, at: self._change_pages(command)),
        }

    @property
    def is_over(self) -> bool:
        """Whether it has ended, for good."""
        return self.state is RoomState.ENDED

    # The two verbs that change something

    def apply(self, command: Command, *, now: float, at: datetime) -> list[LogEntry]:
        """Do it and say what happened; or Refused, and nothing happened."""
        self.check(command)
        self.state = TRANSITIONS[self.state][type(command)]
        events = self._effects[type(command)](command, now, at)
        if self.state is RoomState.LIVE and not self.participants:
            self.state = TRANSITIONS[self.state][Emptied]
            self._waits_until = now + self.terms.seat_grace_s
        return [self._enter(event) for event in events]

    def handle_timer(self, *, now: float, at: datetime) -> list[LogEntry]:
        """Give up seats nobody came back to; end an empty room nobody came to."""
        late = [who for who, until in self._expires.items() if until <= now]
        entries = [entry for who in late for entry in self.apply(ExpireSeat(who), now=now, at=at)]
        if self.state is RoomState.OPEN and self._waits_until <= now:
            self.state = TRANSITIONS[self.state][WaitOver]
        return entries

    def next_timer(self) -> float | None:
        """When `handle_timer` has something to do; None while it has not."""
        times = list(self._expires.values())
        if self.state is RoomState.OPEN:
            times.append(self._waits_until)
        return min(times, default=None) if self.state is not RoomState.ENDED else None

    # Guards: every refusal is here

    def check(self, command: Command) -> None:
        """Raise Refused when `apply` would. Changes nothing."""
        if self.is_over:
            raise Refused("room.ended")
        if isinstance(command, EndRoom) and command.by is None:
            return
        self._check_seat(command)
        match command:
            case TakeSeat():
                self._check_capacity(command)
            case PostChat():
                self.check_right(command.by, "may_chat")
                if not clean(command.text):
                    raise Refused("chat.empty")
            case EndRoom(by=str(who)):
                self.check_right(who, "may_end")
            case PublishTrack() | PauseTrack() | ResumeTrack() | UnpublishTrack():
                self._check_track(command)
            case SetShareMode():
                self._check_move(command, "screen", "producer.unknown")
            case _ if isinstance(command, BOARD_COMMANDS):
                self._check_board(command)
            case _:
                pass

    def _check_seat(self, command: Command) -> None:
        participant = self.participants.get(command.by) if command.by is not None else None
        seat = participant.seat if participant else SeatState.ABSENT
        if type(command) not in SEAT_TRANSITIONS[seat]:
            raise Refused("seat.not_taken" if seat is SeatState.ABSENT else "seat.away")

    def _check_capacity(self, command: TakeSeat) -> None:
        if command.by in self.participants:
            return
        capacity = self.terms.capacity
        if not may_enter(command.role, taken=len(self.participants), capacity=capacity):
            raise Refused("room.full", {"capacity": capacity})

    def check_right(self, by: ParticipantId, right: Right) -> None:
        """Refused `right.missing` when the role of a participant does not have it."""
        if not may(self.participants[by].role, right):
            raise Refused("right.missing", {"right": right})

    def _check_track(self, command: TrackCommand) -> None:
        if isinstance(command, PublishTrack | ResumeTrack):
            self.check_right(command.by, RIGHT_TO_PUBLISH[command.source])
        opens = isinstance(command, PublishTrack)
        self._check_move(
            command, command.source, "producer.exists" if opens else "producer.unknown"
        )
        if opens and command.source == "screen":
            presenter = self._presenter_before(self._share_of(command.by))
            if presenter is not None:
                raise Refused("stage.taken", {"name": self.participants[presenter].name})

    def _presenter_before(self, share: Share) -> ParticipantId | None:
        """Who keeps a student from sharing: staff that shares, or that shows the board."""
        presenter = self.stage.presenter_before(share)
        if presenter is None and self.stage.board and not share.is_staff:
            return self.board.presenter
        return presenter

    def _check_board(self, command: BoardCommand) -> None:
        self.check_right(command.by, "may_lead_board")
        match command:
            case GivePen(participant_id=None) | ShowBoard():
                pass
            case GivePen(participant_id=who):
                if who not in self.participants:
                    raise Refused("participant.unknown")
                if self.participants[who].role in FIXED_PENS:
                    raise Refused("pen.fixed", {"name": self.participants[who].name})
            case _:
                check_pages(self.board, command)

    def _check_move(self, command: TrackCommand | SetShareMode, source: Any, code: str) -> None:
        track = self.participants[command.by].tracks.of(source)
        if type(command) not in TRACK_TRANSITIONS[track]:
            raise Refused(code)

    # Effects: they cannot fail

    def _take_seat(self, command: TakeSeat, now: float, at: datetime) -> list[Event]:
        self._expires.pop(command.by, None)
        known = self.participants.get(command.by)
        if known is None:
            seat = SEAT_TRANSITIONS[SeatState.ABSENT][TakeSeat]
            pen = self._given.of(command.by, command.role, self.board.everyone)
            new = Participant(command.by, command.name, command.role, seat, at, pen=pen)
            self.participants[command.by] = new
            return [ParticipantJoined(new)]
        events: list[Event] = []
        if known.role != command.role:
            # What was published under the old role is not covered by the new one's rights.
            events = self._lose_media(LoseMedia(command.by), now, at)
            pen = self._given.of(command.by, command.role, self.board.everyone)
            known = replace(self.participants[command.by], pen=pen)
            if not is_staff(command.role):
                events += self._stop_presenting(command.by)
        seat = SEAT_TRANSITIONS[known.seat][TakeSeat]
        back = replace(known, name=command.name, role=command.role, seat=seat)
        return events + self._change(back)

    def _leave(self, who: ParticipantId, reason: LeaveReason) -> list[Event]:
        self._expires.pop(who, None)
        del self.participants[who]
        left: list[Event] = [ParticipantLeft(who, reason)]
        return left + self._stop_presenting(who) + self._after_close(who)

    def _lose_connection(self, command: LoseConnection, now: float, at: datetime) -> list[Event]:
        self._expires[command.by] = now + self.terms.seat_grace_s
        lost = self.participants[command.by]
        return self._change(replace(lost, seat=SEAT_TRANSITIONS[lost.seat][LoseConnection]))

    def _post_chat(self, command: PostChat, now: float, at: datetime) -> list[Event]:
        if self.chat.find(command.by, command.client_id):
            return []
        sender = self.participants[command.by]
        message = ChatMessage(
            id=self.chat.next_id(),
            participant_id=sender.id,
            name=sender.name,
            role=sender.role,
            text=clean(command.text),
            at=at,
            client_id=command.client_id,
        )
        self.chat.add(message)
        return [ChatPosted(message)]

    def _publish(self, command: PublishTrack, now: float, at: datetime) -> list[Event]:
        sender = self.participants[command.by]
        tracks = sender.tracks.after(PublishTrack, command.source)
        if command.is_paused:
            tracks = tracks.after(PauseTrack, command.source)
        if command.source != "screen":
            return self._change(replace(sender, tracks=tracks))
        events = self._change(
            replace(sender, tracks=replace(tracks, screen_mode=command.share_mode))
        )
        self.stage.open(self._share_of(command.by))
        return [*events, self._staged()]

    def _change_track(
        self, command: PauseTrack | ResumeTrack | UnpublishTrack, now: float, at: datetime
    ) -> list[Event]:
        sender = self.participants[command.by]
        tracks = sender.tracks.after(type(command), command.source)
        return self._change(replace(sender, tracks=tracks))

    def _unpublish(self, command: UnpublishTrack, now: float, at: datetime) -> list[Event]:
        events = self._change_track(command, now, at)
        return events + (self._after_close(command.by) if command.source == "screen" else [])

    def _set_share_mode(self, command: SetShareMode, now: float, at: datetime) -> list[Event]:
        sender = self.participants[command.by]
        tracks = sender.tracks.after(SetShareMode, "screen")
        return self._change(replace(sender, tracks=replace(tracks, screen_mode=command.share_mode)))

    def _lose_media(self, command: LoseMedia, now: float, at: datetime) -> list[Event]:
        sender = self.participants[command.by]
        tracks = sender.tracks
        for source in SOURCES:
            tracks = tracks.after(LoseMedia, source)
        return self._change(replace(sender, tracks=tracks)) + self._after_close(command.by)

    # Effects on the board

    def _change_pages(self, command: PageCommand) -> list[Event]:
        return self._set_board(pages_after(self.board, command))

    def _show_board(self, command: ShowBoard) -> list[Event]:
        events: list[Event] = []
        if command.shown:
            events = self._set_board(replace(self.board, presenter=command.by))
        if self.stage.board == command.shown:
            return events
        self.stage.board = command.shown
        return [*events, self._staged()]

    def _give_pen(self, command: GivePen) -> list[Event]:
        if command.participant_id is not None:
            self._given.give(command.participant_id, command.pen)
            given = replace(self.participants[command.participant_id], pen=command.pen)
            return self._change(given)
        self._given.forget()
        events = self._set_board(replace(self.board, everyone=command.pen))
        for who in list(self.participants.values()):
            pen = self._given.of(who.id, who.role, command.pen)
            events += self._change(replace(who, pen=pen))
        return events

    def _stop_presenting(self, who: ParticipantId) -> list[Event]:
        if self.board.presenter != who:
            return []
        return self._set_board(replace(self.board, presenter=None))

    # Small steps

    def _set_board(self, board: BoardState) -> list[Event]:
        """The board's new truth; an event only when it is new."""
        if self.board == board:
            return []
        self.board = board
        return [BoardChanged(board)]

    def _staged(self) -> StageChanged:
        return StageChanged(self.stage.screen_of, self.stage.board)

    def _change(self, participant: Participant) -> list[Event]:
        """The participant's new truth; an event only when it is new."""
        if self.participants[participant.id] == participant:
            return []
        self.participants[participant.id] = participant
        return [ParticipantChanged(participant)]

    def _after_close(self, who: ParticipantId) -> list[Event]:
        """Close the share of somebody, and say so when the stage changed by it."""
        before = self.stage.screen_of
        self.stage.close(who)
        return [] if self.stage.screen_of == before else [self._staged()]

    def _share_of(self, who: ParticipantId) -> Share:
        return Share(who, is_staff(self.participants[who].role))

    def _enter(self, event: Event) -> LogEntry:
        self.seq += 1
        return LogEntry(self.seq, event)
