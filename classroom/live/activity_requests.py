"""What each request of an activity does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import activity_command as command
from classroom.wire import activity
from classroom.wire.requests import Done

DONE = Done()
VALUES = Limit(20, 60)
"""Each is told to everybody; something that is dragged is set some times a second."""
EVENTS = Limit(5, 60)
RESETS = Limit(1, 10)
"""Each tells everybody of every value it took away."""


async def _set(live: LiveRoom, claim: Claim, request: activity.SetActivityValue) -> Done:
    live.do(command.SetActivityValue(claim.who, request.page_id, request.key, request.value))
    return DONE


async def _send(live: LiveRoom, claim: Claim, request: activity.SendActivityEvent) -> Done:
    live.do(command.SendActivityEvent(claim.who, request.page_id, request.name, request.value))
    return DONE


async def _reset(live: LiveRoom, claim: Claim, request: activity.ResetActivity) -> Done:
    live.do(command.ResetActivity(claim.who, request.page_id))
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    activity.SetActivityValue: _set,
    activity.SendActivityEvent: _send,
    activity.ResetActivity: _reset,
}
LIMITS: dict[type[Any], Limit] = {
    activity.SetActivityValue: VALUES,
    activity.SendActivityEvent: EVENTS,
    activity.ResetActivity: RESETS,
}
