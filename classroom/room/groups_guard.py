"""What is refused about groups, and by which code. Questions only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import groups_command as command
from classroom.room.command import PublishTrack
from classroom.room.ground import Ground
from classroom.room.groups_places import GroupPlaces
from classroom.room.groups_state import (
    GROUPS_MAX,
    GROUPS_MIN,
    GroupsState,
    clean_group_name,
    places_free,
)
from classroom.room.moment import Moment


class GroupsGuard:
    """The checks of the groups' commands, and of screens shared from inside a group."""

    def __init__(
        self, ground: Ground, places: GroupPlaces, state: Callable[[], GroupsState]
    ) -> None:
        self._ground = ground
        self._places = places
        self._state = state
        self.checks: Mapping[type[Any], Callable[[Any, Moment], None]] = {
            command.PlanGroups: self._check_plan,
            command.MoveToGroup: self._check_move,
            command.ChooseGroup: self._check_choice,
            command.OpenGroups: self._check_opening,
            command.CloseGroups: self._check_led,
            command.ExtendGroups: self._check_led,
            command.RenameGroup: self._check_name,
            command.DiscardGroups: self._check_planned,
            command.CallTeacher: self._check_call,
            command.AnswerCall: self._check_answer,
            command.VisitGroup: self._check_visit,
            command.SpeakToAll: self._check_led,
            PublishTrack: self._check_share,
        }

    def _check_plan(self, plan: command.PlanGroups, moment: Moment) -> None:
        self._ground.must(plan.by, "may_group")
        if self._state().is_open:
            raise Refused("group.opened")
        if not GROUPS_MIN <= len(plan.names) <= GROUPS_MAX:
            raise Refused("group.limit", {"max": GROUPS_MAX})
        for name in plan.names:
            clean_group_name(name)
        for who, place in plan.members:
            self._must_learn(who)
            if not 0 <= place < len(plan.names):
                raise Refused("group.unknown")

    def _check_move(self, move: command.MoveToGroup, moment: Moment) -> None:
        self._ground.must(move.by, "may_group")
        self._must_learn(move.participant_id)
        if move.group_id is not None:
            self._state().group(move.group_id)

    def _check_choice(self, choice: command.ChooseGroup, moment: Moment) -> None:
        if self._ground.person(choice.by).role != "student" or self._state().how != "own":
            raise Refused("group.choice")
        self._state().group(choice.group_id)
        if self._state().group_of(choice.by) == choice.group_id:
            return
        size = sum(group_id == choice.group_id for _, group_id in self._state().members)
        students = sum(who.role == "student" for who in self._ground.participants.values())
        if not places_free(size, students, len(self._state().groups)):
            raise Refused("group.full")

    def _check_opening(self, opening: command.OpenGroups, moment: Moment) -> None:
        self._check_planned(opening, moment)
        if [group_id for group_id, _ in opening.pages] != [
            group.id for group in self._state().groups
        ]:
            raise Refused("group.unknown")
        self._places.check_pages([page_id for _, page_id in opening.pages], opening.like)

    def _check_planned(self, asked: Any, moment: Moment) -> None:
        self._ground.must(asked.by, "may_group")
        if self._state().phase != "planned":
            raise Refused("group.opened" if self._state().is_open else "group.closed")

    def _check_led(self, asked: Any, moment: Moment) -> None:
        self._ground.must(asked.by, "may_group")
        self._must_be_open()

    def _check_name(self, asked: command.RenameGroup, moment: Moment) -> None:
        self._ground.must(asked.by, "may_group")
        self._state().group(asked.group_id)
        clean_group_name(asked.name)

    def _check_call(self, call: command.CallTeacher, moment: Moment) -> None:
        self._must_be_open()
        if not self._state().group_of(call.by):
            raise Refused("group.unknown")

    def _check_answer(self, answer: command.AnswerCall, moment: Moment) -> None:
        self._check_led(answer, moment)
        self._state().group(answer.group_id)

    def _check_visit(self, visit: command.VisitGroup, moment: Moment) -> None:
        self._check_led(visit, moment)
        if visit.group_id is not None:
            self._state().group(visit.group_id)

    def _check_share(self, publish: PublishTrack, moment: Moment) -> None:
        is_screen = publish.source in ("screen", "screen_audio")
        if is_screen and self._ground.person(publish.by).place:
            raise Refused("group.share")

    def _must_be_open(self) -> None:
        if not self._state().is_open:
            raise Refused("group.closed")

    def _must_learn(self, who: ParticipantId) -> None:
        found = self._ground.person(who)
        if found.role != "student":
            raise Refused("group.staff", {"name": found.name})
