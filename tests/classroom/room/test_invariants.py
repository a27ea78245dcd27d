"""No sequence of commands breaks a promise of the room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import ROLES
from classroom.room import command
from classroom.room.board import PAGES_MAX, BoardState, new_board, see_page
from classroom.room.chat_command import PostChat
from classroom.room.command import PageSize
from classroom.room.event import (
    BoardChanged,
    LogEntry,
    PageTurned,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
    RoomEnded,
    StageChanged,
)
from classroom.room.kinds import SOURCES
from classroom.room.lifecycle import RoomState, RoomTerms
from classroom.room.participant import Participant, TrackState
from classroom.room.policy import FIXED_PENS, RIGHT_TO_PUBLISH, is_staff, may
from classroom.room.room import Room

AT = datetime(2026, 3, 1, tzinfo=UTC)
CAPACITY = 3
CODES = {
    "room.ended",
    "room.full",
    "seat.not_taken",
    "seat.away",
    "right.missing",
    "chat.empty",
    "stage.taken",
    "producer.exists",
    "producer.unknown",
    "page.unknown",
    "page.last",
    "page.exists",
    "page.size",
    "page.name_long",
    "page.not_cleared",
    "participant.unknown",
    "pen.fixed",
}
BOARD = new_board("b", "p1")

people = st.sampled_from([ParticipantId(name) for name in "abcde"])
sources = st.sampled_from(SOURCES)
modes = st.sampled_from(["text", "motion"])
commands = st.one_of(
    st.builds(command.TakeSeat, people, st.sampled_from(["A", "B"]), st.sampled_from(ROLES)),
    st.builds(command.LeaveSeat, people),
    st.builds(command.LoseConnection, people),
    st.builds(command.ExpireSeat, people),
    st.builds(PostChat, people, st.sampled_from(["", "hi"]), st.sampled_from(["1", "2"])),
    st.builds(command.PublishTrack, people, sources, st.booleans(), modes),
    st.builds(command.PauseTrack, people, sources),
    st.builds(command.ResumeTrack, people, sources),
    st.builds(command.UnpublishTrack, people, sources),
    st.builds(command.SetShareMode, people, modes),
    st.builds(command.LoseMedia, people),
)
pages = st.sampled_from(["p1", "p2", "p3", "p4"])
maybe_page = st.one_of(st.none(), pages)
names = st.sampled_from(["", " Angles \x07", "x" * 61])
sizes = st.sampled_from([PageSize(1280, 720), PageSize(None, None), PageSize(640, None)])
papers = st.sampled_from(["grid", "plain"])
pens = st.sampled_from(["none", "own", "all"])
on_the_board = st.one_of(
    st.builds(command.ShowBoard, people, st.booleans()),
    st.builds(command.TurnPage, people, pages),
    st.builds(command.AddPage, people, pages, maybe_page, names, papers, sizes, maybe_page),
    st.builds(
        command.ChangePage,
        people,
        pages,
        st.one_of(st.none(), names),
        st.one_of(st.none(), papers),
        st.one_of(st.none(), st.booleans()),
        st.one_of(st.none(), sizes),
    ),
    st.builds(command.MovePage, people, pages, maybe_page),
    st.builds(command.RemovePage, people, pages),
    st.builds(command.RestorePage, people, pages),
    st.builds(command.ClearPage, people, pages),
    st.builds(command.UnclearPage, people, pages),
    st.builds(command.GivePen, people, st.one_of(st.none(), people), pens),
)
ends = st.builds(command.EndRoom, st.one_of(st.none(), people))
steps = st.one_of(
    commands, commands, commands, on_the_board, on_the_board, on_the_board, ends, st.floats(0, 90)
)


class Listener:
    """A client that only hears events; it must end up with the room's own truth."""

    def __init__(self) -> None:
        self.seq = 0
        self.line = 0
        self.people: dict[str, Participant] = {}
        self.stage: tuple[str | None, bool] = (None, False)
        self.board = BOARD
        self.given: dict[str, str] = {}
        """Pens that were given to one, or taken, since all got the same."""
        self.is_over = False

    def hear(self, entry: LogEntry) -> None:
        assert entry.line == self.line + 1, "each entry is a line"
        self.line = entry.line
        if entry.audience is not None:
            assert entry.seq == self.seq, "an event for some takes no number"
            return
        assert entry.seq == self.seq + 1, "numbers grow by one"
        assert not self.is_over, "nothing is told after the end"
        self.seq = entry.seq
        match entry.event:
            case ParticipantJoined(who):
                assert who.id not in self.people
                self.people[who.id] = who
                assert is_staff(who.role) or len(self.people) <= CAPACITY
            case ParticipantChanged(who):
                assert self.people[who.id] != who, "a change changes something"
                self.people[who.id] = who
            case ParticipantLeft(participant_id, _):
                del self.people[participant_id]
            case StageChanged(screen_of, board):
                assert (screen_of, board) != self.stage
                self.stage = (screen_of, board)
            case BoardChanged(state):
                assert state != self.board
                self.board = state
            case PageTurned(state, seen):
                assert state != self.board
                told = replace(self.board, page_id=state.page_id, presenter=state.presenter)
                for page_id in seen:
                    told = see_page(told, page_id)
                assert state == told, "a turn changes nothing that is not told with it"
                self.board = state
            case RoomEnded():
                self.is_over = True
            case _:
                pass


def check(room: Room, listener: Listener) -> None:
    people: dict[Any, Participant] = room.participants
    assert (listener.seq, listener.line) == (room.seq, room.line)
    assert listener.people == people
    assert listener.stage == (room.stage.screen_of, room.stage.board)
    assert listener.board == room.board
    check_board(room.board, people)
    for who in people.values():
        if who.role in FIXED_PENS:
            assert who.pen == FIXED_PENS[who.role]
        else:
            pen = listener.given.get(who.id, room.board.everyone)
            assert who.pen == pen, "a student has the pen they were given, else everyone's"
    if room.state is not RoomState.ENDED:
        assert (room.state is RoomState.LIVE) == bool(people)
    sharing = {who.id for who in people.values() if who.tracks.screen is not TrackState.OFF}
    assert {share.participant_id for share in room.stage.shares} == sharing
    assert len(room.stage.shares) == len(sharing), "one share each"
    assert (room.stage.screen_of is None) == (not sharing)
    if room.stage.screen_of is not None:
        assert room.stage.screen_of in sharing
        staff = any(is_staff(people[ParticipantId(who)].role) for who in sharing)
        assert is_staff(people[room.stage.screen_of].role) == staff, "staff comes first"
    for who in people.values():
        for source in SOURCES:
            allowed = may(who.role, RIGHT_TO_PUBLISH[source])
            assert allowed or who.tracks.of(source) is TrackState.OFF


def check_board(board: BoardState, people: dict[Any, Participant]) -> None:
    here = [page.id for page in board.pages]
    gone = [removed.page.id for removed in board.removed]
    assert 1 <= len(here) <= PAGES_MAX
    assert len({*here, *gone}) == len(here) + len(gone), "a page is there once"
    assert board.page_id in here
    assert board.presenter is None or is_staff(people[board.presenter].role)
    for page in board.pages:
        assert (page.width is None) == (page.height is None)
        assert page.cleared_epoch is None or page.cleared_epoch == page.epoch - 1
        assert len(page.name) <= 60


def note_given(listener: Listener, step: Any) -> None:
    """Remember whose pen is not everyone's."""
    if isinstance(step, command.GivePen):
        if step.participant_id is None:
            listener.given.clear()
        else:
            listener.given[step.participant_id] = step.pen


@settings(max_examples=200, deadline=None)
@given(st.lists(steps, max_size=60))
def test_every_sequence_keeps_the_promises(script: list[Any]) -> None:
    room = Room(RoomTerms(RoomId("r"), "c", "t", CAPACITY, 60.0), BOARD, now=0.0, at=AT)
    listener = Listener()
    seen: set[str] = set()
    now = 0.0
    for step in script:
        try:
            if isinstance(step, float):
                now += step
                entries = room.handle_timer(now=now, at=AT)
                due = room.next_timer()
                assert due is None or due > now, "a timer that fired is gone"
            else:
                room.check(step)
                note_given(listener, step)
                entries = room.apply(step, now=now, at=AT)
        except Refused as refusal:
            seen.add(refusal.code)
            entries = []
        for entry in entries:
            listener.hear(entry)
        check(room, listener)
    assert seen <= CODES
