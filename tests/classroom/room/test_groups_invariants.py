"""No sequence of commands puts anybody into two groups, or leaves somebody behind."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.people.role import ROLES
from classroom.room import groups_command as command
from tests.support.groups_class import GUEST, LEARNERS, SECOND, TUTOR, Class

people = st.sampled_from([TUTOR, SECOND, *LEARNERS, GUEST])
group_ids = st.sampled_from(["g1", "g2", "g3", "g9"])
steps = st.one_of(
    st.builds(
        command.PlanGroups,
        people,
        st.just(("A", "B")) | st.just(("A", "B", "C")),
        st.sampled_from(["hand", "random", "own"]),
        st.lists(st.tuples(people, st.integers(0, 2)), max_size=4).map(tuple),
        st.permutations(LEARNERS).map(tuple),
    ),
    st.builds(command.MoveToGroup, people, people, st.none() | group_ids),
    st.builds(command.ChooseGroup, people, group_ids),
    st.just("open"),
    st.just("open"),
    st.builds(command.CloseGroups, people, st.sampled_from([0, 60])),
    st.builds(command.ExtendGroups, people, st.just(1)),
    st.builds(command.RenameGroup, people, group_ids, st.just("Owls")),
    st.builds(command.DiscardGroups, people),
    st.builds(command.CallTeacher, people),
    st.builds(command.AnswerCall, people, group_ids),
    st.builds(command.VisitGroup, people, st.none() | group_ids, st.booleans()),
    st.builds(command.SpeakToAll, people, st.booleans()),
    st.tuples(st.just("goes"), people, st.sampled_from(["left", "lost", "removed"])),
    st.tuples(st.just("comes"), people, st.sampled_from(ROLES)),
    st.tuples(st.just("becomes"), people, st.sampled_from(ROLES)),
    st.just(45.0),
)


def step(lesson: Class, asked: Any) -> None:
    match asked:
        case float():
            lesson.waits(asked)
        case "open":
            lesson.does(lesson.opening(minutes=2))
        case ("comes", who, role):
            if who not in lesson.ground.participants:
                lesson.comes(who, role)
        case (str(), who, _) if who not in lesson.ground.participants:
            pass
        case ("goes", who, reason):
            lesson.goes(who, reason)
        case ("becomes", who, role):
            lesson.becomes(who, role)
        case _ if asked.by in lesson.ground.participants:
            lesson.does(asked)
        case _:
            pass


def check_promises(lesson: Class) -> None:
    state, people = lesson.state, lesson.ground.participants
    known = {group.id for group in state.groups}
    members = [who for who, _ in state.members]
    assert len(set(members)) == len(members)
    assert {group_id for _, group_id in state.members} <= known
    assert all(people[who].role == "student" for who in members if who in people)
    assert all(bool(group.page_id) == state.is_open for group in state.groups)
    owned = {page: owner for page, owner in lesson.pages.items() if owner}
    assert owned == {group.page_id: group.id for group in state.groups if state.is_open}
    assert {call.group_id for call in state.calls} <= {
        group_id for who, group_id in state.members if who in people
    }
    assert len({call.group_id for call in state.calls}) == len(state.calls)
    teachers = [visit.participant_id for visit in state.visits]
    assert all(who in people for who in (*teachers, *state.loud))
    assert all(lesson.ground.is_staff(who) for who in (*teachers, *state.loud))
    assert len(set(teachers)) == len(teachers)
    assert not known or 2 <= len(known) <= 20
    if not state.is_open:
        assert (state.calls, state.visits, state.loud) == ((), (), ())
    for who in people.values():
        assert who.place == state.place_of(who.id)
        assert who.place == "" or state.is_open
        assert who.place == "" or who.role != "observer"


@settings(max_examples=100)
@given(st.lists(steps, max_size=40))
def test_no_sequence_of_commands_breaks_the_groups(plan: list[Any]) -> None:
    lesson = Class()
    for asked in plan:
        with suppress(Refused):
            step(lesson, asked)
        check_promises(lesson)
