"""A board for every group as scripts: whose pages they are, who draws on them, and how it ends."""

from __future__ import annotations

import pytest

from classroom.room import groups_command as groups
from classroom.room.wall_command import CloseWall, LockWall, MarkTile, OpenWall, ShowTile
from classroom.room.wall_event import TileMarked, WallChanged
from classroom.room.wall_state import WallState
from tests.support.script import Lesson, Person

MADE = (("g1", "w1"), ("g2", "w2"))


class Groups:
    """A teacher, and four students in two groups that are planned, or open."""

    def __init__(self, *, is_open: bool) -> None:
        self.lesson = Lesson()
        self.teacher = self.lesson.person("Wu", "host")
        self.li, self.bo, self.mia, self.olu = (
            self.lesson.person(name) for name in ("Li", "Bo", "Mia", "Olu")
        )
        sides = ((self.li.id, 0), (self.bo.id, 0), (self.mia.id, 1), (self.olu.id, 1))
        self.teacher.does(groups.PlanGroups, ("Owls", "Foxes"), "hand", sides)
        if is_open:
            self.teacher.does(groups.OpenGroups, (("g1", "o1"), ("g2", "f1")), 10)

    def opens(self) -> None:
        is_open = self.lesson.room.parts.groups.state.is_open
        self.teacher.does(OpenWall, "p1", () if is_open else MADE, "group")

    @property
    def wall(self) -> WallState:
        return self.lesson.room.parts.wall.state

    def pens(self, page_id: str) -> dict[Person, str]:
        """Who draws on a page, and how; nobody by a name they do not have."""
        named = self.lesson.room.reserve().pens()[page_id]
        people = {one.id: one for one in (self.teacher, self.li, self.bo, self.mia, self.olu)}
        return {people[who]: pen for who, pen in named.items()}

    def own(self, person: Person) -> str:
        return dict(self.lesson.room.reserve().own).get(person.id, "")

    def mark(self, person: Person) -> str:
        tile = self.lesson.room.parts.wall.tile_of(person.id)
        return tile.mark if tile else ""


@pytest.fixture
def planned() -> Groups:
    return Groups(is_open=False)


@pytest.fixture
def opened() -> Groups:
    return Groups(is_open=True)


def test_groups_that_are_only_planned_get_a_page_each(planned: Groups) -> None:
    planned.opens()
    assert [(tile.name, tile.page_id) for tile in planned.wall.tiles] == [
        ("Owls", "w1"),
        ("Foxes", "w2"),
    ]
    assert planned.pens("w1") == {planned.li: "own", planned.bo: "own"}
    assert (planned.own(planned.mia), planned.own(planned.teacher)) == ("w2", "")
    planned.teacher.does(CloseWall, True)
    names = [page.name for page in planned.lesson.room.board.class_pages]
    assert names == ["", "Owls", "Foxes"]


def test_the_pages_of_open_groups_are_the_wall_and_stay_theirs(opened: Groups) -> None:
    before = opened.lesson.room.board
    opened.opens()
    assert opened.lesson.room.board == before
    assert opened.wall.is_borrowed
    assert [tile.page_id for tile in opened.wall.tiles] == ["o1", "f1"]
    assert opened.pens("o1") == {opened.li: "own", opened.bo: "own"}
    for keep in (True, False):
        opened.teacher.does(CloseWall, keep)
        assert opened.lesson.room.board == before
        opened.opens()


def test_without_groups_there_are_no_boards_of_groups() -> None:
    lesson = Lesson()
    teacher = lesson.person("Wu", "host")
    assert teacher.is_refused(OpenWall, None, (), "group") == "wall.groups"


def test_a_plan_that_changed_meanwhile_is_not_given_the_old_ones_pages(planned: Groups) -> None:
    planned.teacher.does(groups.PlanGroups, ("A", "B"), "own")
    assert planned.teacher.is_refused(OpenWall, None, MADE, "group") == "group.unknown"


def test_any_member_says_how_far_the_group_is(opened: Groups) -> None:
    opened.opens()
    events = opened.bo.does(MarkTile, "stuck")
    told = [event for event in events if isinstance(event, TileMarked)]
    assert [event.audience.people for event in told] == [{opened.li.id, opened.bo.id}]
    assert [opened.mark(one) for one in (opened.li, opened.bo, opened.mia)] == [
        "stuck",
        "stuck",
        "none",
    ]
    opened.li.does(MarkTile, "done")
    assert opened.mark(opened.bo) == "done"


def test_who_is_moved_has_the_new_groups_board_and_its_mark(opened: Groups) -> None:
    opened.opens()
    opened.li.does(MarkTile, "done")
    events = opened.teacher.does(groups.MoveToGroup, opened.mia.id, "g1")
    told = [event for event in events if isinstance(event, TileMarked)]
    assert [(event.mark, event.audience.people) for event in told] == [("done", {opened.mia.id})]
    assert opened.pens("o1")[opened.mia] == "own"
    assert opened.mia not in opened.pens("f1")
    opened.teacher.does(groups.MoveToGroup, opened.mia.id, None)
    assert opened.mia.is_refused(MarkTile, "done") == "wall.closed"


def test_a_lock_takes_the_pens_of_all_groups_but_not_of_a_visiting_teacher(opened: Groups) -> None:
    opened.teacher.does(groups.VisitGroup, "g1")
    opened.opens()
    opened.teacher.does(LockWall, True)
    assert opened.pens("o1") == {opened.li: "none", opened.bo: "none", opened.teacher: "all"}
    opened.teacher.does(LockWall, False)
    assert opened.pens("f1") == {opened.mia: "own", opened.olu: "own"}


def test_a_groups_board_is_shown_to_all_with_its_name_or_without(opened: Groups) -> None:
    opened.opens()
    opened.teacher.does(ShowTile, "f1")
    assert opened.pens("f1")[opened.li] == "none"
    assert opened.wall.shown_name == ""
    opened.teacher.does(ShowTile, "f1", True)
    events = opened.teacher.does(groups.RenameGroup, "g2", "Lynxes")
    assert opened.wall.shown_name == "Lynxes"
    assert [event for event in events if isinstance(event, WallChanged)]


def test_when_the_groups_end_their_boards_are_the_classs_and_the_wall_is_over(
    opened: Groups,
) -> None:
    opened.opens()
    opened.teacher.does(ShowTile, "f1")
    opened.lesson.passes(600)
    assert opened.wall == WallState()
    assert [page.name for page in opened.lesson.room.board.class_pages] == ["", "Owls", "Foxes"]
    assert opened.lesson.room.reserve().pages == ()


def test_it_goes_on_after_a_restart(opened: Groups) -> None:
    opened.opens()
    opened.bo.does(MarkTile, "stuck")
    opened.lesson.room = Lesson(opened.lesson.room.kept(opened.lesson.now)).room
    assert opened.wall.tiles[0].mark == "stuck"
    assert opened.mark(opened.li) == "stuck"
