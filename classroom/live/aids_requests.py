"""What each request about a lesson's aids does."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import aids_command as command
from classroom.wire import aids
from classroom.wire.requests import Done

DONE = Done()
AIDS = Limit(5, 60)
"""Each is told to everybody; stars are given to one after the other."""
_CHANCE = secrets.SystemRandom()

_COMMANDS: dict[type[Any], Callable[[ParticipantId, Any], command.AidsCommand]] = {
    aids.StartTimer: lambda by, request: command.StartTimer(by, request.seconds),
    aids.ExtendCountdown: lambda by, request: command.ExtendCountdown(by, request.seconds),
    aids.PauseTimer: lambda by, request: command.PauseTimer(by, request.on),
    aids.StopTimer: lambda by, request: command.StopTimer(by),
    aids.PickStudent: lambda by, request: command.PickStudent(by, _CHANCE.random(), request.among),
    aids.GiveStar: lambda by, request: command.GiveStar(
        by, ParticipantId(request.participant_id), request.count
    ),
}


async def _do(live: LiveRoom, claim: Claim, request: Any) -> Done:
    live.do(_COMMANDS[type(request)](claim.who, request))
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = dict.fromkeys(
    _COMMANDS, _do
)
LIMITS: dict[type[Any], Limit] = dict.fromkeys(_COMMANDS, AIDS)
