"""No order of commands writes anything of anybody without their yes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import command, floor_command, groups_command, lobby_command
from classroom.room import recording_command as recording
from classroom.room.board import new_board
from classroom.room.lifecycle import RoomTerms
from classroom.room.policy import may
from classroom.room.recording_state import KINDS, Kind
from classroom.room.recording_wanted import RIGHT_TO_BE_RECORDED, wanted
from classroom.room.room import Room

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ROLES: dict[ParticipantId, Role] = {
    ParticipantId("wu"): "host",
    ParticipantId("an"): "assistant",
    ParticipantId("li"): "student",
    ParticipantId("bo"): "student",
}
TERMS = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", capacity=9, seat_grace_s=60)
TEXT = "2026-11/en"
Step = Callable[[Room], Any]
RESTART = "restart"

people = st.sampled_from([*ROLES])
staff = st.sampled_from([ParticipantId("wu"), ParticipantId("an")])
answers = st.dictionaries(st.sampled_from(KINDS), st.sampled_from(["yes", "no"]), min_size=1)
some_kinds = st.lists(st.sampled_from(KINDS), min_size=1, unique=True).map(tuple)


def always(made: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return made.map(lambda one: lambda room: one)


def ask(by: ParticipantId, kinds: tuple[Kind, ...], said: dict[Kind, Any]) -> Step:
    own = tuple((kind, answer) for kind, answer in said.items() if kind in kinds)
    return lambda room: recording.AskRecording(by, f"r{room.line}", "why", kinds, own, TEXT)


def open_groups(room: Room) -> Any:
    groups = room.parts.groups.state.groups
    pages = tuple((group.id, f"{group.id}-{room.line}") for group in groups)
    return groups_command.OpenGroups(ParticipantId("wu"), pages, None)


def move(who: ParticipantId, place: int) -> Step:
    def made(room: Room) -> Any:
        groups = room.parts.groups.state.groups
        group_id = groups[place].id if place < len(groups) else None
        return groups_command.MoveToGroup(ParticipantId("wu"), who, group_id)

    return made


steps = st.one_of(
    always(people.map(lambda who: command.TakeSeat(who, who, ROLES[who]))),
    always(people.map(command.LeaveSeat)),
    always(people.map(command.LoseConnection)),
    always(st.builds(lobby_command.RemovePerson, staff, people)),
    always(
        st.builds(
            lobby_command.SetRole,
            staff,
            people,
            st.sampled_from(["assistant", "student", "observer"]),
        )
    ),
    always(st.builds(floor_command.Mute, staff, st.none(), st.just("microphone"))),
    st.builds(ask, staff, some_kinds, answers),
    always(staff.map(recording.BeginRecording)),
    always(staff.map(recording.BeginRecording)),
    always(staff.map(recording.PauseRecording)),
    always(staff.map(recording.ResumeRecording)),
    always(staff.map(recording.StopRecording)),
    *[
        always(
            st.builds(
                recording.AnswerRecording,
                people,
                answers.map(lambda said: tuple(said.items())),
                st.just(TEXT),
            )
        )
    ]
    * 3,
    always(st.builds(groups_command.PlanGroups, staff, st.just(("A", "B")), st.just("hand"))),
    st.just(open_groups),
    st.builds(move, people, st.integers(0, 2)),
    always(st.builds(groups_command.CloseGroups, staff, st.just(0))),
    st.floats(0.5, 4_000),
    st.just(RESTART),
)


class Words:
    """What everybody said last, kept beside the room by the simplest rule there is."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, str], str] = {}
        self.asked: tuple[str, ...] = ()
        self.before: tuple[tuple[str, ...], dict[tuple[str, str], str]] | None = None

    def hear(self, done: Any) -> None:
        match done:
            case recording.AskRecording():
                is_same = self.before is not None and self.before[0] == done.kinds
                self.said = dict(self.before[1]) if self.before and is_same else {}
                self.before, self.asked = None, done.kinds
                self.said |= {(done.by, kind): answer for kind, answer in done.answers}
            case recording.AnswerRecording():
                self.said |= {(done.by, kind): answer for kind, answer in done.answers}
            case _:
                pass


def check(room: Room, words: Words) -> None:
    state = room.parts.recording.state
    flows = wanted(state, room.participants.values())
    assert not flows or state.phase == "on"
    for who, kind in flows:
        assert words.said.get((who, kind)) == "yes", (who, kind)
        assert kind in words.asked
        person = room.participants[who]
        assert person.place == "", "nothing in groups"
        right = RIGHT_TO_BE_RECORDED.get(kind)
        assert right is None or may(person.role, right)
    for consent in state.consents:
        assert {kind for kind, _ in consent.answers} <= set(state.kinds)


@settings(max_examples=100, deadline=None)
@given(st.lists(steps, min_size=5, max_size=40))
def test_what_is_wanted_was_agreed_to(script: list[Any]) -> None:
    now = 1000.0
    room, words = Room(TERMS, new_board("b", "p1"), now=now, at=AT), Words()
    for who, role in ROLES.items():
        room.apply(command.TakeSeat(who, who, role), now=now, at=AT)
    for step in script:
        if step == RESTART:
            ran = room.parts.recording.state.phase in ("on", "paused")
            room = Room(TERMS, room.board, now=now, at=AT, kept=room.kept(now))
            if ran:
                words.before = words.asked, words.said
        elif isinstance(step, float):
            now += step
            room.handle_timer(now=now, at=AT)
        else:
            asked = step(room)
            with suppress(Refused):
                room.apply(asked, now=now, at=AT)
                if isinstance(asked, recording.StopRecording):
                    words.before = None
                words.hear(asked)
        check(room, words)
        if room.is_over:
            return
