"""Enrolled people at the door of a class: past the lobby, never past lock and removal."""

from __future__ import annotations

from dataclasses import replace

from classroom.ids import ParticipantId, RoomId
from classroom.people.enrolment import participant_of
from classroom.room import command
from classroom.room.lobby_command import Knock, LockClass, RemovePerson, SetLobby
from classroom.wire.form import participant_form
from classroom.wire.lobby_form import lobby_form
from tests.support.script import TERMS, Lesson, Person

LIN = participant_of(RoomId("r"), "enrolment-1")


def opened(*, lets_enrolled_in: bool = True) -> tuple[Lesson, Person]:
    """A class whose newcomers wait, and its teacher."""
    lesson = Lesson(terms=replace(TERMS, has_lobby=True, lets_enrolled_in=lets_enrolled_in))
    return lesson, lesson.person("Wu", "host")


def comes(lesson: Lesson, who: ParticipantId = LIN) -> Person:
    """Somebody in front of the door."""
    return Person(lesson, who, "Lin Yue", "student")


def test_who_is_enrolled_does_not_wait_and_a_guest_does() -> None:
    lesson, _ = opened()
    lin, guest = comes(lesson), comes(lesson, ParticipantId("guest"))
    assert guest.is_refused(command.TakeSeat, "Lin Yue", "student") == "lobby.waiting"
    lin.joins()
    assert participant_form(lin.now).enrolled
    assert not participant_form(lesson.person("Wu Lan", "assistant").now).enrolled


def test_where_the_room_says_so_they_wait_too_and_are_known() -> None:
    lesson, _ = opened(lets_enrolled_in=False)
    lin, guest = comes(lesson), comes(lesson, ParticipantId("guest"))
    assert lin.is_refused(command.TakeSeat, "Lin Yue", "student") == "lobby.waiting"
    for one in (lin, guest):
        one.does(Knock, "Lin Yue", "student")
    waiting = lobby_form(lesson.room.parts.lobby.state.waiting).waiting
    assert [one.enrolled for one in waiting] == [True, False]


def test_a_locked_class_is_locked_for_them() -> None:
    lesson, wu = opened()
    wu.does(SetLobby, False)
    wu.does(LockClass, True)
    assert comes(lesson).is_refused(command.TakeSeat, "Lin Yue", "student") == "room.locked"


def test_who_was_removed_stays_out_until_the_next_lesson() -> None:
    lesson, wu = opened()
    lin = comes(lesson)
    lin.joins()
    wu.does(RemovePerson, LIN)
    assert lin.is_refused(command.TakeSeat, "Lin Yue", "student") == "seat.removed"
    assert lin.is_refused(Knock, "Lin Yue", "student") == "seat.removed"
    next_lesson, _ = opened()
    comes(next_lesson).joins()
    assert LIN in next_lesson.room.participants
