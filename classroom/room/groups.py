"""The groups of a class: a plan, then places in the same room, then everybody together again.

A place is a word on the participant; who receives whom follows from it (`reach`). A group's page is
a page of the class's board that belongs to the group, and of the class when the groups are closed.
"""

from __future__ import annotations

from dataclasses import replace

from classroom.ids import ParticipantId
from classroom.room import groups_command as command
from classroom.room.event import ParticipantChanged, ParticipantJoined, ParticipantLeft
from classroom.room.ground import Ground
from classroom.room.groups_event import GroupsChanged
from classroom.room.groups_guard import GroupsGuard
from classroom.room.groups_places import GroupPlaces, Pages, Senders
from classroom.room.groups_state import (
    Call,
    Group,
    GroupsState,
    Visit,
    clean_group_name,
    dealt,
    without_call,
    without_member,
    without_teacher,
)
from classroom.room.kinds import Pen
from classroom.room.part import Event, Moment, Part

MINUTE_MS = 60_000
LASTS_AT_MOST_MS = 240 * MINUTE_MS
LOST_MAX = 200
"""Members whose connection is lost and who keep their group; of more, the first is forgotten."""


class GroupsPart(Part):
    """Invariant: `state` keeps its own, and the place of everybody is what it says."""

    def __init__(self, ground: Ground, tracks: Senders, board: Pages, state: GroupsState) -> None:
        self.state = state
        self._ground = ground
        places = GroupPlaces(ground, tracks, board)
        self._places = places
        board.owners.append(self.pens)
        self.checks = GroupsGuard(ground, places, lambda: self.state).checks
        self.effects = {
            command.PlanGroups: self._plan,
            command.MoveToGroup: lambda move, _: self._put(move.participant_id, move.group_id),
            command.ChooseGroup: lambda choice, _: self._put(choice.by, choice.group_id),
            command.OpenGroups: self._open,
            command.CloseGroups: self._close,
            command.ExtendGroups: self._extend,
            command.RenameGroup: self._rename,
            command.DiscardGroups: lambda _, __: self._become(GroupsState(made=self.state.made)),
            command.CallTeacher: self._call,
            command.AnswerCall: lambda call, _: self._become(
                without_call(self.state, call.group_id)
            ),
            command.VisitGroup: self._visit,
            command.SpeakToAll: self._speak,
        }

    # Deadlines, and what others do

    def due_ms(self) -> int | None:
        """When everybody comes back by themselves."""
        return self.state.ends_ms if self.state.is_open else None

    def handle_timer(self, moment: Moment) -> list[Event]:
        """End what is over."""
        due = self.due_ms()
        return self._end() if due is not None and due <= moment.clock_ms else []

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Who comes back finds their group; who goes, or changes role, leaves what was theirs."""
        match event:
            case ParticipantJoined(who) | ParticipantChanged(who):
                return self._fit(who.id) if self.state.groups else []
            case ParticipantLeft(participant_id, reason):
                return self._forget(participant_id, keeps_group=reason == "lost")
            case _:
                return []

    # Effects

    def _plan(self, plan: command.PlanGroups, moment: Moment) -> list[Event]:
        made = self.state.made
        groups = tuple(
            Group(f"g{made + turn}", clean_group_name(name))
            for turn, name in enumerate(plan.names, start=1)
        )
        if plan.how == "random":
            people = self._ground.participants
            order = [who for who in plan.order if who in people and people[who].role == "student"]
            members = dealt(order, groups)
        else:
            members = tuple((who, groups[place].id) for who, place in dict(plan.members).items())
        return self._become(
            GroupsState("planned", plan.how, groups, members, made=made + len(groups))
        )

    def _put(self, who: ParticipantId, group_id: str | None) -> list[Event]:
        if self.state.group_of(who) == (group_id or ""):
            return []
        after = without_member(self.state, who)
        if group_id is not None:
            after = replace(after, members=(*after.members, (who, group_id)))
        return self._become(after)

    def _open(self, opening: command.OpenGroups, moment: Moment) -> list[Event]:
        pages = dict(opening.pages)
        groups = tuple(replace(group, page_id=pages[group.id]) for group in self.state.groups)
        ends_ms = None
        if opening.minutes is not None:
            ends_ms = moment.clock_ms + opening.minutes * MINUTE_MS
        opened = replace(self.state, phase="open", groups=groups, ends_ms=ends_ms)
        return self._places.add_pages(groups, opening.like) + self._become(opened)

    def _close(self, close: command.CloseGroups, moment: Moment) -> list[Event]:
        if close.in_s == 0:
            return self._end()
        ends_ms = moment.clock_ms + close.in_s * 1000
        return self._become(replace(self.state, phase="closing", ends_ms=ends_ms))

    def _end(self) -> list[Event]:
        """The plan stays, so that the same groups can be opened again."""
        events = self._places.release_pages(self.state.groups)
        after = replace(self.state, phase="planned", ends_ms=None, calls=(), visits=(), loud=())
        groups = tuple(replace(group, page_id="") for group in self.state.groups)
        return events + self._become(replace(after, groups=groups))

    def _extend(self, extend: command.ExtendGroups, moment: Moment) -> list[Event]:
        planned = max(self.state.ends_ms or 0, moment.clock_ms) + extend.minutes * MINUTE_MS
        ends_ms = min(planned, moment.clock_ms + LASTS_AT_MOST_MS)
        return self._become(replace(self.state, phase="open", ends_ms=ends_ms))

    def _rename(self, rename: command.RenameGroup, moment: Moment) -> list[Event]:
        name = clean_group_name(rename.name)
        groups = tuple(
            replace(group, name=name) if group.id == rename.group_id else group
            for group in self.state.groups
        )
        return self._become(replace(self.state, groups=groups))

    def _call(self, call: command.CallTeacher, moment: Moment) -> list[Event]:
        group_id = self.state.group_of(call.by)
        if any(known.group_id == group_id for known in self.state.calls):
            return []
        calls = (*self.state.calls, Call(group_id, call.by, moment.clock_ms))
        return self._become(replace(self.state, calls=calls))

    def _visit(self, visit: command.VisitGroup, moment: Moment) -> list[Event]:
        after, loud = without_teacher(self.state, visit.by), self.state.loud
        if visit.group_id is not None:
            after = without_call(after, visit.group_id)
            new = Visit(visit.by, visit.group_id, visit.quiet)
            after = replace(after, visits=(*after.visits, new))
        # Who goes to listen does not mean to be heard everywhere.
        return self._become(after if visit.quiet else replace(after, loud=loud))

    def _speak(self, speak: command.SpeakToAll, moment: Moment) -> list[Event]:
        loud = tuple(who for who in self.state.loud if who != speak.by)
        if speak.on:
            loud += (speak.by,)
        return self._become(replace(self.state, loud=loud))

    # What follows from others

    def _fit(self, who: ParticipantId) -> list[Event]:
        """Somebody is new, or changed; their place is what the state says of who they are now."""
        after, role = self.state, self._ground.participants[who].role
        if role != "student" and after.group_of(who):
            after = without_member(after, who)
        if not self._ground.is_staff(who):
            after = without_teacher(after, who)
        if after != self.state:
            return self._become(after)
        return self._places.put(who, self.state.place_of(who))

    def _forget(self, who: ParticipantId, *, keeps_group: bool) -> list[Event]:
        after = without_teacher(self.state, who)
        if not keeps_group:
            after = without_member(after, who)
        lost = [one for one, _ in after.members if one not in self._ground.participants]
        for one in lost[: max(0, len(lost) - LOST_MAX)]:
            after = without_member(after, one)
        return self._become(after)

    # Small steps

    def _become(self, state: GroupsState) -> list[Event]:
        """The new truth, and then everybody's place; events only of what is new."""
        people = self._ground.participants
        manned = {group_id for who, group_id in state.members if who in people}
        calls = tuple(call for call in state.calls if call.group_id in manned)
        state = replace(state, calls=calls)
        if state == self.state:
            return []
        self.state = state
        return [GroupsChanged(state), *self._places.put_all(state)]

    def pens(self, belongs_to: str) -> dict[ParticipantId, Pen]:
        """Who may open a group's page, and what they may change on it."""
        if not self.state.is_open:
            return {}
        people = self._ground.participants
        members = (who for who, group_id in self.state.members if group_id == belongs_to)
        pens: dict[ParticipantId, Pen] = {who: "own" for who in members if who in people}
        for visit in self.state.visits:
            if visit.group_id == belongs_to:
                pens[visit.participant_id] = "all"
        return pens
