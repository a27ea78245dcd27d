"""Drawing on the shared screen: who may, what goes with the share, and what is kept of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import command, groups_command, lobby_command
from classroom.room.board import PAGES_MAX
from classroom.room.command import ChangePage, GivePen, PageSize, RemovePage, ShowBoard
from classroom.room.event import LogEntry, ReservedChanged, StageChanged
from classroom.room.ink_command import BeginInk, ClearInk, FreezeInk, SetInk, UnclearInk
from classroom.room.ink_event import InkChanged
from classroom.room.ink_state import InkState
from classroom.room.kinds import Pen
from classroom.room.policy import is_staff
from classroom.room.room import Room
from classroom.wire import entries
from tests.support.script import Lesson, Person


def pens(lesson: Lesson, page_id: str = "i1") -> dict[str, Pen]:
    """Who is named of the page, with their pens."""
    named = lesson.room.reserve().pens().get(page_id, {})
    return {str(who): pen for who, pen in named.items()}


def ink_pages(room: Room) -> list[str]:
    return [page.id for page in room.board.pages if page.kind == "ink"]


@pytest.fixture
def sharing(lin: Person) -> Person:
    """Lin, a student without a pen, whose screen is on the stage."""
    lin.publishes("screen")
    return lin


def test_it_begins_on_the_share_that_has_the_stage(
    lesson: Lesson, tutor: Person, sharing: Person, bo: Person
) -> None:
    changed, begun = tutor.does(BeginInk, "i1", "fade")
    assert isinstance(changed, ReservedChanged), "the class's list of pages is not told anew"
    assert begun == InkChanged(InkState("i1", sharing.id, "fade"), "begun", tutor.id)
    page = lesson.room.board.page("i1")
    assert (page.kind, page.width, page.height, page.paper) == ("ink", None, None, "plain")
    assert pens(lesson) == {tutor.id: "all", sharing.id: "own", bo.id: "none"}
    assert lesson.room.reserve().own == (), "nobody is led from the screen to a page"
    assert sharing.does(BeginInk, "i2") == [], "it is there already"
    assert ink_pages(lesson.room) == ["i1"]


def test_who_may_begin(lesson: Lesson, tutor: Person, lin: Person, bo: Person) -> None:
    assert tutor.is_refused(BeginInk, "i1") == "ink.nothing"
    lin.publishes("screen")
    assert bo.is_refused(BeginInk, "i1") == "pen.missing"
    watcher = lesson.person("Ob", "observer")
    assert watcher.is_refused(BeginInk, "i1") == "pen.missing"
    tutor.does(GivePen, bo.id, "own")
    assert bo.does(BeginInk, "i1")[-1].by == bo.id
    assert pens(lesson)[watcher.id] == "none", "they see what is drawn"
    tutor.does(SetInk, None, False)
    assert bo.is_refused(BeginInk, "i2") == "ink.closed"
    assert lin.does(BeginInk, "i2") == [], "whoever shares draws all the same"


def test_as_many_pages_as_a_board_has(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    for number in range(PAGES_MAX - 1):
        tutor.does(command.AddPage, f"a{number}", None, "", "dots", PageSize(None, None))
    assert tutor.is_refused(BeginInk, "i1") == "page.limit"
    assert tutor.is_refused(FreezeInk, "f1", "", "asset:a", 720) == "page.limit"
    tutor.does(RemovePage, "a0")
    assert tutor.is_refused(BeginInk, "a1") == "page.exists"
    tutor.does(BeginInk, "i1")


def test_a_pen_is_given_and_taken_at_once(
    lesson: Lesson, tutor: Person, sharing: Person, bo: Person
) -> None:
    tutor.does(BeginInk, "i1")
    tutor.does(GivePen, None, "all")
    assert pens(lesson) == {tutor.id: "all", sharing.id: "all", bo.id: "all"}
    tutor.does(GivePen, None, "none")
    assert pens(lesson) == {tutor.id: "all", sharing.id: "own", bo.id: "none"}


def test_closed_to_all_but_the_teacher_and_whoever_shares(
    lesson: Lesson, tutor: Person, sharing: Person, bo: Person
) -> None:
    tutor.does(GivePen, None, "own")
    tutor.does(BeginInk, "i1")
    assert bo.is_refused(SetInk, None, False) == "right.missing"
    assert sharing.does(SetInk, None, False)[-1].ink.is_open is False
    assert pens(lesson) == {tutor.id: "all", sharing.id: "own", bo.id: "none"}
    tutor.does(SetInk, None, True)
    assert pens(lesson)[bo.id] == "own"
    assert tutor.does(SetInk, "stay", True) == [], "nothing is new"


def test_it_goes_with_the_share(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    tutor.does(BeginInk, "i1", "fade")
    events = sharing.does(command.UnpublishTrack, "screen")
    assert events[-1] == InkChanged(InkState(), "ended")
    assert (ink_pages(lesson.room), lesson.room.board.removed) == ([], ())
    assert tutor.is_refused(ClearInk) == "ink.nothing"
    sharing.publishes("screen")
    assert lesson.room.parts.ink.state == InkState(), "a new share begins clean"
    assert tutor.does(BeginInk, "i2")[-1].ink.look == "stay"


def test_it_goes_when_whoever_shares_goes(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    tutor.does(BeginInk, "i1")
    sharing.leaves()
    assert ink_pages(lesson.room) == []


def test_another_share_begins_without_it(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    sharing.does(BeginInk, "i1")
    tutor.publishes("screen")
    assert ink_pages(lesson.room) == []
    tutor.does(BeginInk, "i2")
    tutor.does(command.UnpublishTrack, "screen")
    assert ink_pages(lesson.room) == [], "also when the one before has the stage again"


def test_the_board_lies_over_it_and_goes(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    tutor.does(BeginInk, "i1")
    for shown in (True, False):
        tutor.does(ShowBoard, shown)
        assert lesson.room.parts.ink.state.page_id == "i1"


def test_clearing_begins_anew_and_comes_back(
    lesson: Lesson, tutor: Person, sharing: Person, bo: Person
) -> None:
    tutor.does(BeginInk, "i1")
    assert sharing.is_refused(UnclearInk) == "page.not_cleared"
    assert bo.is_refused(ClearInk) == "right.missing"
    assert sharing.does(ClearInk)[-1].deed == "cleared"
    page = lesson.room.board.page("i1")
    assert (page.epoch, page.cleared_epoch) == (1, 0)
    assert sharing.does(UnclearInk)[-1] == InkChanged(
        lesson.room.parts.ink.state, "uncleared", sharing.id
    )
    assert lesson.room.board.page("i1").epoch == 2


def test_frozen_it_is_a_page_of_the_board(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    tutor.does(command.AddPage, "p2", None, "", "dots", PageSize(1280, 720))
    tutor.does(BeginInk, "i1")
    assert sharing.is_refused(FreezeInk, "f1", "", "asset:a", 720) == "right.missing"
    assert tutor.is_refused(FreezeInk, "f1", "x" * 61, "asset:a", 720) == "page.name_long"
    assert tutor.is_refused(FreezeInk, "f1", "", "asset:a", 20_001) == "page.size"
    events = tutor.does(FreezeInk, "f1", " Lin's  screen ", "asset:a", 800)
    assert StageChanged(sharing.id, True) in events
    assert events[-1] == InkChanged(lesson.room.parts.ink.state, "frozen", tutor.id, "f1")
    board = lesson.room.board
    assert [page.id for page in board.class_pages] == ["p1", "f1", "p2"]
    assert (board.page_id, board.presenter) == ("f1", tutor.id)
    page = board.page("f1")
    assert (page.name, page.width, page.height) == ("Lin's screen", 1280, 800)
    assert (page.kind, page.backdrop) == ("page", "asset:a")
    assert ink_pages(lesson.room) == ["i1"], "the share goes on"


def test_a_picture_is_kept_also_when_nobody_drew(
    lesson: Lesson, tutor: Person, sharing: Person
) -> None:
    tutor.does(FreezeInk, "f1", "", "asset:a", 720)
    assert lesson.room.board.page_id == "f1"
    sharing.does(command.UnpublishTrack, "screen")
    assert tutor.is_refused(FreezeInk, "f2", "", "asset:a", 720) == "ink.nothing"


def test_its_page_is_not_one_of_the_board(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    tutor.does(BeginInk, "i1")
    assert tutor.is_refused(RemovePage, "i1") == "page.reserved"
    assert tutor.is_refused(command.TurnPage, "i1") == "page.reserved"
    sized = {"size": PageSize(100, 100)}
    assert tutor.is_refused(ChangePage, "i1", **sized) == "page.reserved"
    assert tutor.is_refused(ChangePage, "i1", paper="grid") == "page.reserved"


def test_nothing_is_left_of_it_in_a_later_server(
    lesson: Lesson, tutor: Person, sharing: Person
) -> None:
    tutor.does(BeginInk, "i1")
    board = lesson.room.board
    kept = lesson.room.kept(lesson.now)
    later = Room(lesson.room.terms, board, now=0.0, at=lesson.at, kept=kept)
    assert (ink_pages(later), later.parts.ink.state) == ([], InkState())


def test_those_in_groups_do_not_see_it(
    lesson: Lesson, tutor: Person, sharing: Person, bo: Person
) -> None:
    tutor.does(GivePen, None, "own")
    tutor.does(BeginInk, "i1")
    tutor.does(groups_command.PlanGroups, ("A", "B"), "own")
    one, other = lesson.room.parts.groups.state.groups
    tutor.does(groups_command.MoveToGroup, bo.id, one.id)
    tutor.does(groups_command.OpenGroups, ((one.id, "g1"), (other.id, "g2")), None)
    assert bo.id not in pens(lesson)
    assert bo.is_refused(BeginInk, "i2") == "ink.nothing"
    assert sharing.id in pens(lesson)


def test_what_is_recorded(lesson: Lesson, tutor: Person, sharing: Person) -> None:
    tutor.does(BeginInk, "i1")
    tutor.does(SetInk, "fade")
    tutor.does(ClearInk)
    tutor.does(FreezeInk, "f1", "", "asset:a", 720)
    recorded = [entries.record_of(entry) for entry in lesson.log]
    lines = [line.body for line in recorded if line and line.kind == "ink_changed"]
    assert lines == [
        {"type": "ink_changed", "deed": "begun", "by": tutor.id, "page_id": ""},
        {"type": "ink_changed", "deed": "frozen", "by": tutor.id, "page_id": "f1"},
    ]


# No order of things breaks it

WHO = ("wu", "an", "li", "bo", "ob")
ROLES = dict(zip(WHO, ("host", "assistant", "student", "student", "observer"), strict=True))
people = st.sampled_from([ParticipantId(who) for who in WHO])
staff = st.just(ParticipantId("wu"))
steps = st.one_of(
    st.builds(command.PublishTrack, people, st.just("screen")),
    st.builds(command.UnpublishTrack, people, st.just("screen")),
    people.map(command.LoseMedia),
    st.builds(BeginInk, people, st.sampled_from(["i1", "i2", "i3"])),
    st.builds(
        SetInk, people, st.sampled_from([None, "fade"]), st.sampled_from([None, True, False])
    ),
    people.map(ClearInk),
    people.map(UnclearInk),
    st.builds(ShowBoard, staff, st.booleans()),
    st.builds(
        GivePen, staff, st.one_of(st.none(), people), st.sampled_from(["none", "own", "all"])
    ),
    st.builds(lobby_command.SetRole, staff, people, st.sampled_from(["student", "assistant"])),
    people.map(command.LeaveSeat),
    people.map(lambda who: command.TakeSeat(who, who, ROLES[who])),  # type: ignore[arg-type]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(steps, max_size=40))
def test_no_script_leaves_ink_without_its_share(script: list[Any]) -> None:
    lesson = Lesson()
    for name in WHO:
        lesson.person(name, ROLES[name])  # type: ignore[arg-type]
    share_of: ParticipantId | None = None
    for step in script:
        try:
            told: list[LogEntry] = lesson.room.apply(step, now=lesson.now, at=lesson.at)
        except Refused:
            continue
        for entry in told:
            if isinstance(entry.event, InkChanged):
                share_of = entry.event.ink.share_of
        check(lesson.room, share_of)


def check(room: Room, share_of: ParticipantId | None) -> None:
    state = room.parts.ink.state
    assert ink_pages(room) == ([state.page_id] if state.page_id else [])
    assert (state.share_of is None) == (not state.page_id)
    assert state.share_of == share_of, "everybody was told"
    if state.page_id:
        assert room.stage.screen_of == share_of
    for page_id, named in room.reserve().pens().items():
        assert page_id == state.page_id
        assert set(named) == set(room.participants), "all in the class see it"
        for who, pen in named.items():
            person = room.participants[who]
            may = person.pen if state.is_open or is_staff(person.role) else "none"
            if who == share_of and may == "none":
                may = "own"
            assert pen == may
