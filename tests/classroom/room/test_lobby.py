"""The door of a class: waiting, letting in, locking, removing, and roles given inside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import command
from classroom.room.audience import STAFF
from classroom.room.board import new_board
from classroom.room.event import Event, ParticipantChanged, ParticipantJoined, ParticipantLeft
from classroom.room.kept import Kept
from classroom.room.kinds import SOURCES
from classroom.room.known import KnownBy
from classroom.room.lifecycle import RoomState, RoomTerms
from classroom.room.lobby import AGAIN_MS
from classroom.room.lobby_command import (
    Admit,
    Knock,
    LockClass,
    RemovePerson,
    SetLobby,
    SetRole,
    StopKnocking,
    TurnAway,
)
from classroom.room.lobby_event import DoorChanged, LobbyChanged
from classroom.room.lobby_state import WAITING_MAX, WAITING_OF_ONE_MAX, LobbyState
from classroom.room.participant import TrackState
from classroom.room.policy import is_staff
from classroom.room.room import Room

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WU, AN, LI, BO, HO = (ParticipantId(name) for name in ("wu", "an", "li", "bo", "ho"))
ROLES: dict[ParticipantId, Role] = {
    WU: "host",
    HO: "host",
    AN: "assistant",
    LI: "student",
    BO: "student",
}


class Class:
    """A room on a clock of its own, spoken to by people."""

    def __init__(self, *, has_lobby: bool = True, kept: Kept | None = None) -> None:
        self.terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60, has_lobby=has_lobby)
        self.room = Room(self.terms, new_board("b", "p1"), now=0.0, at=AT, kept=kept)
        self.now = 0.0

    def do(self, asked: Any) -> list[Event]:
        return [entry.event for entry in self.room.apply(asked, now=self.now, at=AT)]

    def enters(self, *people: ParticipantId) -> list[Event]:
        return [
            event
            for who in people
            for event in self.do(command.TakeSeat(who, who.title(), ROLES[who]))
        ]

    def knocks(self, who: ParticipantId) -> list[Event]:
        return self.do(Knock(who, who.title(), ROLES[who]))

    def refuses(self, asked: Any) -> Refused:
        with pytest.raises(Refused) as refused:
            self.do(asked)
        return refused.value

    def refuses_seat(self, who: ParticipantId) -> str:
        return self.refuses(command.TakeSeat(who, who.title(), ROLES[who])).code

    @property
    def door(self) -> LobbyState:
        return self.room.parts.lobby.state

    @property
    def waiting(self) -> list[ParticipantId]:
        return [one.participant_id for one in self.door.waiting]


def test_a_newcomer_waits_until_somebody_lets_them_in() -> None:
    lesson = Class()
    lesson.enters(WU)
    assert lesson.refuses_seat(LI) == "lobby.waiting"
    (news,) = lesson.knocks(LI)
    assert isinstance(news, LobbyChanged)
    assert news.audience == STAFF
    assert lesson.knocks(LI) == []
    (news,) = lesson.do(Admit(WU, LI))
    assert isinstance(news, LobbyChanged)
    assert lesson.waiting == []
    assert isinstance(lesson.enters(LI)[0], ParticipantJoined)
    lesson.do(command.LeaveSeat(LI))
    lesson.enters(LI)


def test_staff_comes_in_past_the_lobby() -> None:
    lesson = Class()
    lesson.enters(WU, AN)


def test_all_are_let_in_at_once_and_when_the_lobby_is_taken_away() -> None:
    lesson = Class()
    lesson.enters(WU)
    lesson.knocks(LI)
    lesson.knocks(BO)
    lesson.do(Admit(WU, None))
    assert lesson.door.admitted[-2:] == (LI, BO)
    other = Class()
    other.enters(WU)
    other.knocks(LI)
    kinds = [type(event) for event in other.do(SetLobby(WU, False))]
    assert kinds == [DoorChanged, LobbyChanged]
    other.enters(LI, BO)


def test_who_is_turned_away_knocks_again_after_a_minute() -> None:
    lesson = Class()
    lesson.enters(WU)
    lesson.knocks(LI)
    lesson.do(TurnAway(WU, LI))
    lesson.now = 20.5
    refused = lesson.refuses(Knock(LI, "Li", "student"))
    assert (refused.code, refused.params) == ("lobby.refused", {"wait_s": 40})
    lesson.now = AGAIN_MS / 1000
    lesson.knocks(LI)
    assert lesson.waiting == [LI]


@pytest.mark.parametrize("marks", [("account", ""), ("", "browser")])
def test_who_is_turned_away_asks_with_no_other_seat_either(marks: tuple[str, str]) -> None:
    lesson = Class()
    lesson.enters(WU)
    lesson.do(Knock(LI, "Li", "student", "account", "browser"))
    lesson.do(TurnAway(WU, LI))
    assert lesson.refuses(Knock(BO, "Bo", "student", *marks)).code == "lobby.refused"
    lesson.do(Knock(ParticipantId("x"), "X", "student", "other", "another"))
    lesson.now = AGAIN_MS / 1000
    lesson.do(Knock(BO, "Bo", "student", *marks))


def test_one_browser_does_not_fill_the_lobby() -> None:
    lesson = Class()
    lesson.enters(WU)
    many = [ParticipantId(f"s{n}") for n in range(WAITING_OF_ONE_MAX + 1)]
    for who in many[:-1]:
        lesson.do(Knock(who, "X", "student", "", "one"))
    refused = lesson.refuses(Knock(many[-1], "X", "student", "", "one"))
    assert (refused.code, refused.params) == ("lobby.crowded", {"max": WAITING_OF_ONE_MAX})
    lesson.do(Knock(many[0], "X", "student", "", "one"))
    lesson.do(Knock(LI, "Li", "student", "", "another"))
    lesson.do(StopKnocking(many[0]))
    lesson.do(Knock(many[-1], "X", "student", "", "one"))


def test_those_of_whom_nothing_is_known_are_not_taken_for_one() -> None:
    lesson = Class()
    lesson.enters(WU)
    for n in range(WAITING_OF_ONE_MAX + 1):
        lesson.do(Knock(ParticipantId(f"s{n}"), "X", "student"))
    assert len(lesson.waiting) == WAITING_OF_ONE_MAX + 1


def test_who_goes_away_waits_no_more() -> None:
    lesson = Class()
    lesson.enters(WU)
    lesson.knocks(LI)
    lesson.do(StopKnocking(LI))
    assert lesson.waiting == []
    assert lesson.refuses(TurnAway(WU, LI)).code == "participant.unknown"
    assert lesson.refuses(Admit(WU, LI)).code == "participant.unknown"


def test_before_the_teacher_comes_somebody_may_wait_as_long_as_they_like() -> None:
    lesson = Class()
    lesson.knocks(LI)
    assert lesson.room.next_timer() is None
    lesson.room.handle_timer(now=3600, at=AT)
    assert lesson.room.state is RoomState.OPEN
    lesson.now = 3600
    lesson.do(StopKnocking(LI))
    lesson.room.handle_timer(now=3600, at=AT)
    assert lesson.room.is_over


def test_so_many_wait_and_no_more() -> None:
    lesson = Class()
    for number in range(WAITING_MAX):
        lesson.do(Knock(ParticipantId(f"p{number}"), "x", "student"))
    assert lesson.refuses(Knock(LI, "Li", "student")).code == "room.full"


def test_a_locked_class_keeps_newcomers_out_and_lets_its_own_back() -> None:
    lesson = Class(has_lobby=False)
    lesson.enters(WU, LI)
    assert lesson.do(LockClass(WU, True)) == [DoorChanged(False, True)]
    assert lesson.do(LockClass(WU, True)) == []
    lesson.do(command.LeaveSeat(LI))
    lesson.enters(LI, AN)
    assert lesson.refuses_seat(BO) == "room.locked"


def test_two_teachers_let_in_at_once_and_lock_at_once() -> None:
    lesson = Class()
    lesson.enters(WU, AN)
    lesson.knocks(LI)
    assert len(lesson.do(Admit(WU, LI))) == 1
    assert lesson.do(Admit(AN, LI)) == []
    lesson.enters(LI)
    assert len(lesson.do(LockClass(WU, True))) == 1
    assert lesson.do(LockClass(AN, True)) == []


def test_who_was_removed_does_not_come_back_under_any_name() -> None:
    lesson = Class(has_lobby=False)
    lesson.enters(WU)
    lesson.do(command.TakeSeat(LI, "Li", "student", "account", "browser"))
    (left,) = lesson.do(RemovePerson(WU, LI))
    assert left == ParticipantLeft(LI, "removed")
    assert lesson.refuses_seat(LI) == "seat.removed"
    assert lesson.refuses(Knock(LI, "Li", "student")).code == "seat.removed"
    lobby = lesson.room.parts.lobby
    assert lobby.is_removed(BO, "account", "")
    assert lobby.is_removed(BO, "", "browser")
    assert not lobby.is_removed(BO, "", "")


@pytest.mark.parametrize(
    ("by", "who", "code"),
    [
        (AN, WU, "role.above"),
        (WU, HO, "role.above"),
        (AN, AN, "role.above"),
        (LI, BO, "right.missing"),
        (WU, ParticipantId("x"), "participant.unknown"),
    ],
)
def test_who_may_not_be_removed(by: ParticipantId, who: ParticipantId, code: str) -> None:
    lesson = Class(has_lobby=False)
    lesson.enters(*ROLES)
    assert lesson.refuses(RemovePerson(by, who)).code == code


def test_a_host_removes_an_assistant() -> None:
    lesson = Class(has_lobby=False)
    lesson.enters(WU, AN)
    assert lesson.do(RemovePerson(WU, AN))[0] == ParticipantLeft(AN, "removed")


def test_a_role_given_inside_outlives_leaving_and_a_restart() -> None:
    lesson = Class(has_lobby=False)
    lesson.enters(WU, LI)
    lesson.do(command.PublishTrack(LI, "microphone"))
    changed = lesson.do(SetRole(WU, LI, "assistant"))
    assert isinstance(changed[0], ParticipantChanged)
    assert lesson.room.participants[LI].pen == "all"
    assert lesson.room.participants[LI].tracks.microphone is TrackState.LIVE
    lesson.do(command.LeaveSeat(LI))
    lesson.enters(LI)
    assert lesson.room.participants[LI].role == "assistant"
    again = Class(kept=lesson.room.kept(5.0))
    assert again.room.kept(0.0) == lesson.room.kept(5.0)
    again.enters(LI)
    assert again.room.participants[LI].role == "assistant"


def test_who_becomes_an_observer_is_silent() -> None:
    lesson = Class(has_lobby=False)
    lesson.enters(WU, LI)
    for source in SOURCES:
        lesson.do(command.PublishTrack(LI, source))
    lesson.do(SetRole(WU, LI, "observer"))
    tracks = lesson.room.participants[LI].tracks
    assert all(tracks.of(source) is TrackState.OFF for source in SOURCES)


def test_roles_are_the_host_s_to_give() -> None:
    lesson = Class(has_lobby=False)
    lesson.enters(*ROLES)
    assert lesson.refuses(SetRole(AN, LI, "observer")).params == {"right": "may_set_roles"}
    assert lesson.refuses(SetRole(WU, HO, "student")).code == "role.fixed"
    assert lesson.refuses(SetRole(WU, WU, "student")).code == "role.fixed"


def test_an_assistant_keeps_the_class_when_the_host_is_gone() -> None:
    lesson = Class()
    lesson.enters(WU, AN)
    lesson.do(command.LoseConnection(WU))
    lesson.now = 61
    lesson.room.handle_timer(now=61, at=AT)
    assert WU not in lesson.room.participants
    lesson.knocks(LI)
    lesson.do(Admit(AN, LI))
    lesson.enters(LI)
    lesson.do(LockClass(AN, True))
    lesson.do(RemovePerson(AN, LI))
    lesson.enters(WU)
    assert lesson.room.participants[WU].role == "host"


def test_nobody_waits_any_more_after_a_restart() -> None:
    lesson = Class()
    lesson.enters(WU)
    lesson.knocks(LI)
    again = Class(kept=lesson.room.kept(5.0))
    assert again.waiting == []
    again.room.handle_timer(now=61, at=AT)
    again.room.handle_timer(now=3600, at=AT)
    assert again.room.is_over, "a class nobody comes back to ends"


people = st.sampled_from([*ROLES])
orders = st.one_of(
    people.map(lambda who: command.TakeSeat(who, who, ROLES[who])),
    people.map(lambda who: command.TakeSeat(who, who, ROLES[who])),
    people.map(lambda who: Knock(who, who, ROLES[who])),
    people.map(StopKnocking),
    people.map(command.LeaveSeat),
    st.builds(Admit, people, st.one_of(st.none(), people)),
    st.builds(TurnAway, people, people),
    st.builds(SetLobby, people, st.booleans()),
    st.builds(LockClass, people, st.booleans()),
    st.builds(RemovePerson, people, people),
    st.builds(SetRole, people, people, st.sampled_from(["assistant", "student", "observer"])),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(orders, max_size=40))
def test_nobody_is_in_who_was_not_let_in_and_bans_hold(script: list[Any]) -> None:
    lesson = Class()
    lesson.enters(WU)
    banned: set[ParticipantId] = set()
    for asked in script:
        before = lesson.door
        was_in = set(lesson.room.participants)
        try:
            lesson.do(asked)
        except Refused:
            assert lesson.door == before, "a refusal leaves no trace"
            continue
        if isinstance(asked, RemovePerson):
            banned.add(asked.who)
        present = lesson.room.participants
        assert not banned & set(present)
        assert {ban.participant_id for ban in lesson.door.removed} == banned
        assert not set(lesson.waiting) & (set(present) | banned)
        assert len(set(lesson.waiting)) == len(lesson.waiting)
        for who in set(present) - was_in:
            open_door = not before.is_on and not before.is_locked
            assert is_staff(present[who].role) or who in before.admitted or open_door
        assert KnownBy(WU) not in lesson.door.removed, "the host stays"
