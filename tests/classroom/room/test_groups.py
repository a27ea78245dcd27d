"""Groups as scripts: planned, opened, moved in, visited, called, closed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.ids import ParticipantId
from classroom.room import groups_command as command
from classroom.room.command import PublishTrack
from classroom.room.event import ParticipantChanged
from classroom.room.groups import LOST_MAX
from classroom.room.groups_event import GroupsChanged
from classroom.room.groups_state import Call, Group, GroupsState, Visit, dealt, places_free
from tests.support.groups_class import (
    GUEST,
    LEARNERS,
    LIN,
    MIA,
    NAMES,
    OLU,
    SECOND,
    TOMAS,
    TUTOR,
    Class,
)


def changes(events: list[Any]) -> int:
    return sum(isinstance(event, GroupsChanged) for event in events)


def moved(events: list[Any]) -> dict[str, str]:
    people = (event.participant for event in events if isinstance(event, ParticipantChanged))
    return {who.id: who.place for who in people}


# The plan


def test_a_plan_moves_nobody() -> None:
    lesson = Class()
    events = lesson.plan()
    assert changes(events) == 1
    assert moved(events) == {}
    assert lesson.state.groups == (Group("g1", "Group 1"), Group("g2", "Group 2"))
    assert dict(lesson.state.members) == {LIN: "g1", TOMAS: "g1", MIA: "g2", OLU: "g2"}
    assert lesson.pages == {}


def test_chance_deals_students_alone_into_groups_of_one_size() -> None:
    lesson = Class()
    order = (GUEST, OLU, LIN, TUTOR, MIA, ParticipantId("gone"), TOMAS)
    lesson.does(command.PlanGroups(TUTOR, ("A", "B", "C"), "random", (), order))
    assert lesson.state.members == ((OLU, "g1"), (LIN, "g2"), (MIA, "g3"), (TOMAS, "g1"))


@given(st.integers(0, 60), st.integers(2, 20))
def test_dealt_sizes_differ_by_one_at_most(people: int, groups: int) -> None:
    order = [ParticipantId(f"p{turn}") for turn in range(people)]
    dealt_to = dealt(order, [Group(f"g{turn}", "") for turn in range(groups)])
    sizes = [sum(to == f"g{turn}" for _, to in dealt_to) for turn in range(groups)]
    assert sum(sizes) == people
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (command.PlanGroups(TUTOR, ("one",), "hand"), "group.limit"),
        (command.PlanGroups(TUTOR, tuple("abcdefghijklmnopqrstu"), "hand"), "group.limit"),
        (command.PlanGroups(TUTOR, ("one", " \x07 "), "hand"), "group.name"),
        (command.PlanGroups(TUTOR, ("one", "x" * 41), "hand"), "group.name"),
        (command.PlanGroups(TUTOR, NAMES, "hand", ((LIN, 2),)), "group.unknown"),
        (command.PlanGroups(TUTOR, NAMES, "hand", ((GUEST, 1),)), "group.staff"),
        (command.PlanGroups(TUTOR, NAMES, "hand", ((SECOND, 1),)), "group.staff"),
        (
            command.PlanGroups(TUTOR, NAMES, "hand", ((ParticipantId("x"), 1),)),
            "participant.unknown",
        ),
        (command.PlanGroups(LIN, NAMES, "hand"), "right.missing"),
        (command.PlanGroups(GUEST, NAMES, "hand"), "right.missing"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan: command.PlanGroups, code: str) -> None:
    assert Class().refuses(plan) == code


def test_named_twice_in_a_plan_is_in_the_later_group() -> None:
    lesson = Class()
    lesson.does(command.PlanGroups(TUTOR, NAMES, "hand", ((LIN, 0), (LIN, 1))))
    assert lesson.state.members == ((LIN, "g2"),)


def test_a_new_plan_has_groups_that_were_never_there() -> None:
    lesson = Class()
    lesson.plan()
    lesson.does(command.DiscardGroups(SECOND))
    assert lesson.state == GroupsState(made=2)
    lesson.plan()
    assert [group.id for group in lesson.state.groups] == ["g3", "g4"]


def test_own_choice_leaves_one_seat_more_than_an_even_share() -> None:
    lesson = Class()
    lesson.plan("own")
    assert lesson.state.members == ()
    for who in (LIN, TOMAS, MIA):
        lesson.does(command.ChooseGroup(who, "g1"))
    assert lesson.refuses(command.ChooseGroup(OLU, "g1")) == "group.full"
    assert lesson.does(command.ChooseGroup(MIA, "g1")) == []
    lesson.does(command.ChooseGroup(MIA, "g2"))
    lesson.does(command.ChooseGroup(OLU, "g1"))
    assert dict(lesson.state.members) == {LIN: "g1", TOMAS: "g1", MIA: "g2", OLU: "g1"}
    assert lesson.refuses(command.ChooseGroup(OLU, "g9")) == "group.unknown"
    assert lesson.refuses(command.ChooseGroup(GUEST, "g1")) == "group.choice"
    assert lesson.refuses(command.ChooseGroup(TUTOR, "g1")) == "group.choice"


def test_free_places_never_go_below_none() -> None:
    assert [places_free(size, 5, 2) for size in (0, 3, 4, 9)] == [4, 1, 0, 0]


def test_a_student_cannot_choose_when_the_teacher_does() -> None:
    lesson = Class()
    assert lesson.refuses(command.ChooseGroup(LIN, "g1")) == "group.choice"
    lesson.plan()
    assert lesson.refuses(command.ChooseGroup(LIN, "g2")) == "group.choice"


# Open


def test_opening_moves_everybody_and_gives_each_group_a_page() -> None:
    lesson = Class()
    events = lesson.opened(10)
    assert changes(events) == 1
    assert moved(events) == {LIN: "g1", TOMAS: "g1", MIA: "g2", OLU: "g2"}
    assert lesson.pages == {"page-0": "g1", "page-1": "g2"}
    assert [group.page_id for group in lesson.state.groups] == ["page-0", "page-1"]
    assert lesson.part.due_ms() == 600_000
    assert set(lesson.silenced) == set(LEARNERS)
    assert lesson.part.pens("g1") == {LIN: "own", TOMAS: "own"}
    assert lesson.part.pens("g7") == {}


def test_what_is_not_planned_cannot_be_opened() -> None:
    lesson = Class()
    assert lesson.refuses(command.OpenGroups(TUTOR, ())) == "group.closed"
    lesson.plan()
    assert lesson.refuses(command.OpenGroups(TUTOR, (("g1", "p"),))) == "group.unknown"
    assert lesson.refuses(lesson.opening(by=LIN)) == "right.missing"
    lesson.does(lesson.opening())
    assert lesson.refuses(lesson.opening(by=SECOND)) == "group.opened"
    assert lesson.refuses(command.PlanGroups(SECOND, NAMES, "hand")) == "group.opened"
    assert lesson.refuses(command.DiscardGroups(SECOND)) == "group.opened"


def test_a_board_without_space_keeps_the_groups_closed() -> None:
    lesson = Class()
    lesson.pages = {f"old-{turn}": "" for turn in range(19)}
    lesson.plan()
    assert lesson.refuses(lesson.opening()) == "page.limit"
    assert lesson.place(LIN) == ""


def test_a_student_is_moved_live_and_out_again() -> None:
    lesson = Class()
    lesson.opened()
    events = lesson.does(command.MoveToGroup(SECOND, LIN, "g2"))
    assert moved(events) == {LIN: "g2"}
    assert lesson.part.pens("g2") == {LIN: "own", MIA: "own", OLU: "own"}
    assert lesson.does(command.MoveToGroup(TUTOR, LIN, "g2")) == []
    assert moved(lesson.does(command.MoveToGroup(TUTOR, LIN, None))) == {LIN: ""}
    assert lesson.refuses(command.MoveToGroup(TUTOR, GUEST, "g1")) == "group.staff"
    assert lesson.refuses(command.MoveToGroup(TUTOR, LIN, "g9")) == "group.unknown"
    assert lesson.refuses(command.MoveToGroup(LIN, LIN, "g1")) == "right.missing"


def test_a_newcomer_waits_in_the_class_or_chooses() -> None:
    lesson = Class()
    lesson.plan("own")
    lesson.does(lesson.opening())
    late = ParticipantId("late")
    lesson.comes(late)
    assert lesson.place(late) == ""
    assert moved(lesson.does(command.ChooseGroup(late, "g2"))) == {late: "g2"}


def test_nobody_shares_a_screen_from_inside_a_group() -> None:
    lesson = Class()
    lesson.opened()
    for source in ("screen", "screen_audio"):
        assert lesson.refuses(PublishTrack(LIN, source)) == "group.share"  # type: ignore[arg-type]
    check = lesson.part.checks[PublishTrack]
    check(PublishTrack(LIN, "camera"), lesson.moment)
    check(PublishTrack(TUTOR, "screen"), lesson.moment)
    lesson.does(command.VisitGroup(TUTOR, "g1"))
    assert lesson.refuses(PublishTrack(TUTOR, "screen")) == "group.share"


# Teachers


def test_a_teacher_visits_goes_on_and_comes_back() -> None:
    lesson = Class()
    lesson.opened()
    assert moved(lesson.does(command.VisitGroup(TUTOR, "g1"))) == {TUTOR: "g1"}
    assert moved(lesson.does(command.VisitGroup(TUTOR, "g2", quiet=True))) == {TUTOR: "g2"}
    assert lesson.state.visits == (Visit(TUTOR, "g2", is_quiet=True),)
    assert lesson.part.pens("g2") == {MIA: "own", OLU: "own", TUTOR: "all"}
    assert moved(lesson.does(command.VisitGroup(TUTOR, None))) == {TUTOR: ""}
    assert lesson.state.visits == ()
    assert lesson.refuses(command.VisitGroup(LIN, "g1")) == "right.missing"
    assert lesson.refuses(command.VisitGroup(TUTOR, "g9")) == "group.unknown"


def test_who_goes_to_listen_or_away_is_loud_no_more() -> None:
    lesson = Class()
    lesson.opened()
    lesson.does(command.SpeakToAll(TUTOR, on=True))
    lesson.does(command.VisitGroup(TUTOR, "g1"))
    assert lesson.state.loud == (TUTOR,)
    lesson.does(command.VisitGroup(TUTOR, "g1", quiet=True))
    assert lesson.state.loud == ()
    lesson.does(command.SpeakToAll(TUTOR, on=True))
    assert lesson.does(command.SpeakToAll(TUTOR, on=True)) == []
    lesson.does(command.SpeakToAll(SECOND, on=True))
    lesson.goes(TUTOR, "lost")
    assert lesson.state.loud == (SECOND,)
    assert lesson.state.visits == ()
    lesson.becomes(SECOND, "student")
    assert lesson.state.loud == ()
    assert lesson.refuses(command.SpeakToAll(LIN, on=True)) == "right.missing"


def test_a_group_calls_once_until_a_teacher_comes() -> None:
    lesson = Class()
    lesson.opened()
    lesson.clock_ms = 5_000
    lesson.does(command.CallTeacher(LIN))
    assert lesson.does(command.CallTeacher(TOMAS)) == []
    lesson.does(command.CallTeacher(MIA))
    assert lesson.state.calls == (Call("g1", LIN, 5_000), Call("g2", MIA, 5_000))
    lesson.does(command.VisitGroup(SECOND, "g1", quiet=True))
    lesson.does(command.AnswerCall(TUTOR, "g2"))
    assert lesson.state.calls == ()
    assert lesson.does(command.AnswerCall(SECOND, "g2")) == []
    assert lesson.refuses(command.AnswerCall(LIN, "g2")) == "right.missing"
    assert lesson.refuses(command.CallTeacher(TUTOR)) == "group.unknown"


def test_a_group_that_everybody_left_calls_no_more() -> None:
    lesson = Class()
    lesson.opened()
    lesson.does(command.CallTeacher(LIN))
    lesson.goes(LIN)
    assert [call.group_id for call in lesson.state.calls] == ["g1"]
    lesson.goes(TOMAS, "lost")
    assert lesson.state.calls == ()


def test_without_open_groups_nobody_calls_visits_or_speaks() -> None:
    lesson = Class()
    lesson.plan()
    for asked in (
        command.CallTeacher(LIN),
        command.AnswerCall(TUTOR, "g1"),
        command.VisitGroup(TUTOR, "g1"),
        command.SpeakToAll(TUTOR, on=True),
        command.CloseGroups(TUTOR, 0),
        command.ExtendGroups(TUTOR, 5),
    ):
        assert lesson.refuses(asked) == "group.closed"


# Going, coming back, other roles


def test_a_lost_connection_keeps_the_group_and_leaving_does_not() -> None:
    lesson = Class()
    lesson.opened()
    lesson.goes(LIN, "lost")
    lesson.goes(TOMAS, "left")
    lesson.goes(MIA, "removed")
    assert moved(lesson.comes(LIN)) == {LIN: "g1"}
    assert moved(lesson.comes(TOMAS)) == {}
    assert moved(lesson.comes(MIA)) == {}
    assert dict(lesson.state.members) == {OLU: "g2", LIN: "g1"}


def test_lost_members_are_kept_up_to_a_bound() -> None:
    lesson = Class()
    lesson.opened()
    for turn in range(LOST_MAX + 5):
        who = ParticipantId(f"late-{turn}")
        lesson.comes(who)
        lesson.does(command.MoveToGroup(TUTOR, who, "g1"))
        lesson.goes(who, "lost")
    assert len(lesson.state.members) == LOST_MAX + len(LEARNERS)
    assert lesson.state.group_of(ParticipantId("late-4")) == ""
    assert lesson.state.group_of(LIN) == "g1"


def test_who_teaches_or_watches_from_now_on_is_in_no_group() -> None:
    lesson = Class()
    lesson.opened()
    assert moved(lesson.becomes(LIN, "assistant")) == {LIN: ""}
    lesson.does(command.VisitGroup(LIN, "g2"))
    assert moved(lesson.becomes(LIN, "student"))[LIN] == ""
    assert lesson.state.visits == ()
    lesson.becomes(OLU, "observer")
    assert dict(lesson.state.members) == {TOMAS: "g1", MIA: "g2"}


# The end


def test_the_end_of_time_brings_everybody_back_by_itself() -> None:
    lesson = Class()
    lesson.opened(10)
    lesson.does(command.VisitGroup(TUTOR, "g1"))
    lesson.does(command.SpeakToAll(SECOND, on=True))
    lesson.does(command.CallTeacher(MIA))
    assert lesson.waits(599) == []
    events = lesson.waits(1)
    assert changes(events) == 1
    assert moved(events) == dict.fromkeys((*LEARNERS, TUTOR), "")
    assert lesson.pages == {"page-0": "", "page-1": ""}
    assert lesson.names == {"page-0": "Group 1", "page-1": "Group 2"}
    state = lesson.state
    assert (state.phase, state.calls, state.visits, state.loud) == ("planned", (), (), ())
    assert lesson.part.due_ms() is None
    assert lesson.part.pens("g1") == {}


def test_closing_counts_down_and_can_be_called_off() -> None:
    lesson = Class()
    lesson.opened()
    assert lesson.part.due_ms() is None
    lesson.does(command.CloseGroups(TUTOR, 60))
    assert (lesson.state.phase, lesson.state.ends_ms) == ("closing", 60_000)
    lesson.waits(30)
    assert lesson.place(LIN) == "g1"
    lesson.does(command.ExtendGroups(SECOND, 5))
    assert (lesson.state.phase, lesson.state.ends_ms) == ("open", 360_000)
    lesson.does(command.ExtendGroups(SECOND, 120))
    lesson.does(command.ExtendGroups(SECOND, 120))
    assert lesson.state.ends_ms == 30_000 + 240 * 60_000
    lesson.does(command.CloseGroups(TUTOR, 0))
    assert lesson.place(LIN) == ""


def test_the_same_groups_open_again_with_new_pages() -> None:
    lesson = Class()
    lesson.opened()
    lesson.does(command.CloseGroups(TUTOR, 0))
    lesson.does(lesson.opening())
    assert lesson.place(OLU) == "g2"
    assert lesson.pages == {"page-0": "", "page-1": "", "page-2": "g1", "page-3": "g2"}


def test_a_renamed_group_gives_its_new_name_to_its_page() -> None:
    lesson = Class()
    lesson.opened()
    lesson.does(command.RenameGroup(TUTOR, "g2", " The\x07 owls "))
    assert lesson.refuses(command.RenameGroup(TUTOR, "g2", "")) == "group.name"
    assert lesson.refuses(command.RenameGroup(LIN, "g2", "Mine")) == "right.missing"
    lesson.does(command.CloseGroups(TUTOR, 0))
    assert lesson.names == {"page-0": "Group 1", "page-1": "The owls"}
