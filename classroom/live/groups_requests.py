"""What each request about groups does; opening makes the pages first and answers when they are
stored."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import ParticipantId, new_id
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import groups_command as command
from classroom.wire import groups
from classroom.wire.requests import Done

LED = Limit(5, 60)
CHOSEN = Limit(1, 10)
"""A student's; each is told to everybody."""

DONE = Done()
_mix = secrets.SystemRandom().sample


def _plan(live: LiveRoom, by: ParticipantId, request: groups.PlanGroups) -> command.PlanGroups:
    people = list(live.room.participants)
    members = tuple((ParticipantId(one.participant_id), one.group) for one in request.members)
    return command.PlanGroups(
        by,
        tuple(request.names),
        request.how,
        members if request.how == "hand" else (),
        tuple(_mix(people, len(people))),
    )


_COMMANDS: dict[type[Any], Callable[[ParticipantId, Any], command.GroupsCommand]] = {
    groups.MoveToGroup: lambda by, request: command.MoveToGroup(
        by, ParticipantId(request.participant_id), request.group_id
    ),
    groups.ChooseGroup: lambda by, request: command.ChooseGroup(by, request.group_id),
    groups.CloseGroups: lambda by, request: command.CloseGroups(by, request.in_s),
    groups.ExtendGroups: lambda by, request: command.ExtendGroups(by, request.minutes),
    groups.RenameGroup: lambda by, request: command.RenameGroup(by, request.group_id, request.name),
    groups.DiscardGroups: lambda by, request: command.DiscardGroups(by),
    groups.CallTeacher: lambda by, request: command.CallTeacher(by),
    groups.AnswerCall: lambda by, request: command.AnswerCall(by, request.group_id),
    groups.VisitGroup: lambda by, request: command.VisitGroup(by, request.group_id, request.quiet),
    groups.SpeakToAll: lambda by, request: command.SpeakToAll(by, request.on),
}


async def _do(live: LiveRoom, claim: Claim, request: Any) -> Done:
    live.do(_COMMANDS[type(request)](claim.who, request))
    return DONE


async def _do_plan(live: LiveRoom, claim: Claim, request: groups.PlanGroups) -> Done:
    live.do(_plan(live, claim.who, request))
    return DONE


async def _open(live: LiveRoom, claim: Claim, request: groups.OpenGroups) -> Done:
    making = live.board.making
    async with making.turn:
        opening = command.OpenGroups(
            claim.who,
            tuple((group.id, new_id()) for group in live.room.parts.groups.state.groups),
            request.minutes,
            request.task_page_id,
        )
        live.room.check(opening)
        if request.task_page_id is not None:
            for _, page_id in opening.pages:
                await making.copy_page(request.task_page_id, page_id)
        # Meanwhile another plan may have come: then this is refused, and nobody sees the copies.
        live.do(opening)
    await making.kept()
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    **dict.fromkeys(_COMMANDS, _do),
    groups.PlanGroups: _do_plan,
    groups.OpenGroups: _open,
}
LIMITS: dict[type[Any], Limit] = {
    **dict.fromkeys(ANSWERS, LED),
    groups.ChooseGroup: CHOSEN,
    groups.CallTeacher: CHOSEN,
}
