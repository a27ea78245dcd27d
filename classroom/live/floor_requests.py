"""What each request about hands, the stage and the order of a class does: one command each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import floor_command as command
from classroom.room.locks import Grant
from classroom.wire import floor, reactions
from classroom.wire.requests import Done

HANDS = Limit(2, 10)
"""Each is told to everybody; a hand that goes up and down is pressed twice a second at most."""
ORDERS = Limit(5, 60)
"""Somebody who leads a class presses through a list of people."""
REACTIONS = Limit(3, 12)
"""Whoever claps presses some times in a row. They are gathered, and still each costs a request."""

DONE = Done()


def _who(participant_id: str | None) -> ParticipantId | None:
    return None if participant_id is None else ParticipantId(participant_id)


def _bring(by: ParticipantId, request: floor.BringOnStage) -> command.BringOnStage:
    grant = Grant(request.microphone, request.camera, request.share, request.pen)
    return command.BringOnStage(by, ParticipantId(request.participant_id), grant)


_COMMANDS: dict[type[Any], Callable[[ParticipantId, Any], command.FloorCommand]] = {
    floor.RaiseHand: lambda by, request: command.RaiseHand(by),
    floor.LowerHand: lambda by, request: command.LowerHand(
        by, _who(request.participant_id), request.all
    ),
    floor.BringOnStage: _bring,
    floor.LeaveStage: lambda by, request: command.LeaveStage(by, _who(request.participant_id)),
    floor.Mute: lambda by, request: command.Mute(by, _who(request.participant_id), request.source),
    floor.AskToSpeak: lambda by, request: command.AskToSpeak(
        by, ParticipantId(request.participant_id), request.source
    ),
    floor.DeclineToSpeak: lambda by, request: command.DeclineToSpeak(by, request.source),
    floor.SetLocks: lambda by, request: command.SetLocks(by, **asdict(request)),
    floor.SetSpotlight: lambda by, request: command.SetSpotlight(by, _who(request.participant_id)),
    floor.SetFocus: lambda by, request: command.SetFocus(by, request.on),
    floor.SetLayout: lambda by, request: command.SetLayout(by, request.view, request.leads),
}


async def _react(live: LiveRoom, claim: Claim, request: reactions.React) -> Done:
    live.room.check(command.React(claim.who, request.reaction))
    live.on_reaction(claim.who, request.reaction)
    return DONE


async def _do(live: LiveRoom, claim: Claim, request: Any) -> Done:
    live.do(_COMMANDS[type(request)](claim.who, request))
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    **dict.fromkeys(_COMMANDS, _do),
    reactions.React: _react,
}
LIMITS: dict[type[Any], Limit] = {
    **dict.fromkeys(_COMMANDS, ORDERS),
    floor.RaiseHand: HANDS,
    floor.LowerHand: HANDS,
    reactions.React: REACTIONS,
}
