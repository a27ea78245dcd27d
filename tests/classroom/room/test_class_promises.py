"""No order of commands to the whole class, over all its parts, breaks what a class promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import (
    ask_command,
    chat_command,
    command,
    floor_command,
    groups_command,
    lobby_command,
)
from classroom.room.ask_state import Question
from classroom.room.board import new_board
from classroom.room.event import LogEntry, RoomEnded
from classroom.room.kinds import SOURCES
from classroom.room.lifecycle import RoomTerms
from classroom.room.lobby_state import LobbyState
from classroom.room.locks import Grant
from classroom.room.participant import TrackState
from classroom.room.policy import RIGHT_TO_PUBLISH, is_staff, may, refusal
from classroom.room.room import Room

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ROLES: dict[ParticipantId, Role] = {
    ParticipantId("wu"): "host",
    ParticipantId("an"): "assistant",
    ParticipantId("li"): "student",
    ParticipantId("bo"): "student",
    ParticipantId("mi"): "student",
    ParticipantId("ob"): "observer",
}
TERMS = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", capacity=5, seat_grace_s=60)
Step = Callable[[Room], Any]

people = st.sampled_from([*ROLES])
staff = st.sampled_from([ParticipantId("wu"), ParticipantId("wu"), ParticipantId("an")])
switch = st.booleans()
sources = st.sampled_from(SOURCES)
maybe_one = st.one_of(st.none(), people)


def asked(made: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    """A command that does not depend on the room."""
    return made.map(lambda one: lambda room: one)


def open_groups(by: ParticipantId, minutes: int | None) -> Step:
    """With a new page for each group there is."""

    def made(room: Room) -> Any:
        groups = room.parts.groups.state.groups
        pages = tuple((group.id, f"{group.id}-{room.line}") for group in groups)
        return groups_command.OpenGroups(by, pages, minutes)

    return made


def move(by: ParticipantId, who: ParticipantId, place: int) -> Step:
    """Into one of the groups there are, or into none."""

    def made(room: Room) -> Any:
        groups = room.parts.groups.state.groups
        group_id = groups[place].id if place < len(groups) else None
        return groups_command.MoveToGroup(by, who, group_id)

    return made


coming = st.one_of(
    asked(people.map(lambda who: command.TakeSeat(who, who, ROLES[who]))),
    asked(people.map(lambda who: lobby_command.Knock(who, who, ROLES[who]))),
    asked(people.map(command.LeaveSeat)),
    asked(people.map(command.LoseConnection)),
)
sending = st.one_of(
    asked(st.builds(command.PublishTrack, people, sources, switch)),
    asked(st.builds(command.ResumeTrack, people, sources)),
    asked(st.builds(command.PauseTrack, people, sources)),
)
door = st.one_of(
    asked(st.builds(lobby_command.SetLobby, staff, switch)),
    asked(st.builds(lobby_command.LockClass, staff, switch)),
    asked(st.builds(lobby_command.Admit, staff, maybe_one)),
    asked(st.builds(lobby_command.RemovePerson, staff, people)),
    asked(
        st.builds(
            lobby_command.SetRole,
            staff,
            people,
            st.sampled_from(["assistant", "student", "observer"]),
        )
    ),
)
floor = st.one_of(
    asked(people.map(floor_command.RaiseHand)),
    asked(st.builds(floor_command.LowerHand, people, maybe_one)),
    asked(
        st.builds(
            floor_command.BringOnStage,
            staff,
            people,
            st.builds(Grant, switch, switch, switch, switch),
        )
    ),
    asked(st.builds(floor_command.LeaveStage, people, maybe_one)),
    asked(st.builds(floor_command.SetLocks, staff, switch, switch, switch)),
    asked(st.builds(floor_command.Mute, staff, maybe_one, st.just("microphone"))),
)
ask = st.one_of(
    asked(
        st.builds(
            ask_command.OpenPoll,
            staff,
            st.sampled_from(["q1", "q2"]),
            st.builds(Question, st.just("yes_no"), is_anonymous=switch),
        )
    ),
    asked(
        st.builds(
            ask_command.AnswerPoll,
            people,
            st.sampled_from(["q1", "q2"]),
            st.sampled_from([(0,), (1,)]),
        )
    ),
    asked(st.builds(ask_command.ClosePoll, staff, st.sampled_from(["q1", "q2"]))),
)
groups = st.one_of(
    asked(
        st.builds(
            groups_command.PlanGroups,
            staff,
            st.just(("A", "B")),
            st.sampled_from(["random", "own"]),
            order=st.permutations([*ROLES]).map(tuple),
        )
    ),
    st.builds(open_groups, staff, st.one_of(st.none(), st.just(1))),
    st.builds(move, staff, people, st.integers(0, 2)),
    asked(st.builds(groups_command.CloseGroups, staff, st.sampled_from([0, 30]))),
)
talk = asked(
    st.builds(
        chat_command.PostChat,
        people,
        st.just("hi"),
        st.sampled_from(["1", "2"]),
        st.sampled_from(["room", "staff", "group", "li"]),
    )
)
steps = st.one_of(
    coming, sending, sending, door, floor, floor, ask, groups, talk, st.floats(0.5, 70)
)


class Log:
    """What a client counts, and what the record counts."""

    def __init__(self) -> None:
        self.seq = self.line = self.clock_ms = 0
        self.is_over = False

    def hear(self, entries: list[LogEntry]) -> None:
        for entry in entries:
            assert not self.is_over, "nothing is told after the end"
            assert entry.line == self.line + 1
            assert entry.seq == self.seq + (entry.audience is None)
            assert entry.clock_ms >= self.clock_ms
            self.seq, self.line, self.clock_ms = entry.seq, entry.line, entry.clock_ms
            self.is_over = isinstance(entry.event, RoomEnded)


def check_seats(room: Room, before: LobbyState, was_in: set[ParticipantId]) -> None:
    removed = {ban.participant_id for ban in room.parts.lobby.state.removed}
    students = {who.id for who in room.participants.values() if not is_staff(who.role)}
    assert not removed & set(room.participants), "who was removed is out"
    assert len(students) <= TERMS.capacity
    if before.is_on or before.is_locked:
        assert students - was_in <= set(before.admitted), "nobody is in who was not let in"


def check_sending(room: Room) -> None:
    """Nobody is heard, seen or shared without the right they have now."""
    for who in room.participants.values():
        for source in SOURCES:
            track, right = who.tracks.of(source), RIGHT_TO_PUBLISH[source]
            if track is TrackState.LIVE:
                assert refusal(who, room.ground.locks, right) is None, (who, source)
            assert track is TrackState.OFF or may(who.role, right)
        assert who.grant is None or who.role == "student"


def check_parts(room: Room) -> None:
    hands = room.parts.floor.state.hands
    raised = [hand.raised_ms for hand in hands]
    assert raised == sorted(raised), "the queue is in the order of raising"
    waiting = [hand.participant_id for hand in hands]
    assert len(set(waiting)) == len(waiting)
    assert all(room.participants[who].role == "student" for who in waiting)
    state = room.parts.groups.state
    members = [who for who, _ in state.members]
    assert len(set(members)) == len(members), "nobody is in two groups"
    assert {place for _, place in state.members} <= {group.id for group in state.groups}
    for who in room.participants.values():
        assert who.place in ("", *(group.id for group in state.groups if state.is_open))
    for poll in room.parts.ask.state.polls:
        answered = [answer.participant_id for answer in poll.answers if answer.participant_id]
        assert len(set(answered)) == len(answered), "one answer a person"
        count = sum(one.has_answered for one in poll.people)
        assert count == len(poll.answers)
        assert not poll.question.is_anonymous or not answered


def check_kept(room: Room, now: float) -> None:
    """What a later server would begin with is what was there."""
    kept = room.kept(now)
    again = Room(TERMS, room.board, now=3.0, at=AT, kept=kept)
    assert again.kept(3.0) == kept


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, min_size=10, max_size=40))
def test_a_class_keeps_its_promises(script: list[Any]) -> None:
    room, log, now = Room(TERMS, new_board("b", "p1"), now=0.0, at=AT), Log(), 0.0
    for who in [*ROLES][:4]:
        log.hear(room.apply(command.TakeSeat(who, who, ROLES[who]), now=now, at=AT))
        log.hear(room.apply(command.PublishTrack(who, "microphone"), now=now, at=AT))
    for step in script:
        before, was_in = room.parts.lobby.state, set(room.participants)
        try:
            if isinstance(step, float):
                now += step
                entries = room.handle_timer(now=now, at=AT)
            else:
                entries = room.apply(step(room), now=now, at=AT)
        except Refused:
            continue
        log.hear(entries)
        check_seats(room, before, was_in)
        check_sending(room)
        check_parts(room)
    assert (room.seq, room.line) == (log.seq, log.line)
    if not room.is_over:
        check_kept(room, now)
