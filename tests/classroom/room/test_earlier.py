"""What somebody is given who is moved into a group that has written something already."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.room import groups_command as groups
from classroom.room.chat_command import MuteChat, PostChat
from classroom.room.chat_event import EarlierTold
from classroom.room.chat_tail import TAIL_MAX
from tests.support.script import Lesson, Person


class Groups:
    """A teacher and Li in an open group; Yue is in none yet."""

    def __init__(self) -> None:
        self.lesson = Lesson()
        self.teacher = self.lesson.person("Wu", "host")
        self.li, self.yue = self.lesson.person("Li"), self.lesson.person("Yue")
        self.teacher.does(groups.PlanGroups, ("Owls", "Foxes"), "hand", ((self.li.id, 0),))
        self.teacher.does(groups.OpenGroups, (("g1", "o1"), ("g2", "f1")))
        self.count = 0

    def writes(self, who: Person, text: str, to: str = "room") -> None:
        self.count += 1
        who.does(PostChat, text, f"c{self.count}", to)

    def moves(self, who: Person, group: str | None) -> list[list[str]]:
        """The texts of each piece of earlier news."""
        events: list[Any] = self.teacher.does(groups.MoveToGroup, who.id, group)
        told = [event for event in events if isinstance(event, EarlierTold)]
        for event in told:
            assert event.audience.people == {who.id}
            assert not event.audience.staff
        return [[message.text for message in event.messages] for event in told]


@pytest.fixture
def open_groups() -> Groups:
    return Groups()


def test_the_lines_of_the_group_are_given_once(open_groups: Groups) -> None:
    open_groups.writes(open_groups.teacher, "for all")
    open_groups.writes(open_groups.li, "ours", "group")
    open_groups.writes(open_groups.teacher, "to every group", "groups")
    open_groups.writes(open_groups.li, "for Wu alone", "wu")
    assert open_groups.moves(open_groups.yue, "g1") == [["ours", "to every group"]]
    muted = open_groups.teacher.does(MuteChat, open_groups.yue.id, True)
    assert not [event for event in muted if isinstance(event, EarlierTold)]
    assert open_groups.moves(open_groups.yue, "g2") == [], "to every group they have"
    assert open_groups.moves(open_groups.yue, None) == []


def test_what_is_older_than_the_lines_one_has_is_left_to_the_history(open_groups: Groups) -> None:
    open_groups.writes(open_groups.li, "old", "group")
    for number in range(TAIL_MAX + 5):
        open_groups.writes(open_groups.teacher, str(number))
    open_groups.writes(open_groups.li, "new", "group")
    assert open_groups.moves(open_groups.yue, "g1") == [["new"]]


def test_who_comes_back_after_a_restart_has_it_in_the_snapshot(open_groups: Groups) -> None:
    open_groups.writes(open_groups.li, "ours", "group")
    lesson = open_groups.lesson.restarts()
    back = Person(lesson, open_groups.li.id, "Li", "student").joins()
    assert not [event for event in back if isinstance(event, EarlierTold)]
