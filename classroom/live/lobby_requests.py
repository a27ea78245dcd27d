"""What each request at the door of a class does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import lobby_command as command
from classroom.wire import lobby
from classroom.wire.requests import Done

DONE = Done()
DOOR = Limit(5, 60)
"""A class of thirty is let in one by one, as fast as somebody can press."""


async def _set_lobby(live: LiveRoom, claim: Claim, request: lobby.SetLobby) -> Done:
    live.do(command.SetLobby(claim.who, request.on))
    return DONE


async def _admit(live: LiveRoom, claim: Claim, request: lobby.Admit) -> Done:
    one = None if request.participant_id is None else ParticipantId(request.participant_id)
    live.do(command.Admit(claim.who, one))
    return DONE


async def _turn_away(live: LiveRoom, claim: Claim, request: lobby.TurnAway) -> Done:
    live.do(command.TurnAway(claim.who, ParticipantId(request.participant_id)))
    return DONE


async def _lock(live: LiveRoom, claim: Claim, request: lobby.LockClass) -> Done:
    live.do(command.LockClass(claim.who, request.on))
    return DONE


async def _remove(live: LiveRoom, claim: Claim, request: lobby.RemovePerson) -> Done:
    who = ParticipantId(request.participant_id)
    socket = live.sockets.get(who)
    live.do(command.RemovePerson(claim.who, who))
    if socket is not None:
        live.tell_socket(socket, lobby.SeatRemoved())
    return DONE


async def _set_role(live: LiveRoom, claim: Claim, request: lobby.SetRole) -> Done:
    live.do(command.SetRole(claim.who, ParticipantId(request.participant_id), request.role))
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    lobby.SetLobby: _set_lobby,
    lobby.Admit: _admit,
    lobby.TurnAway: _turn_away,
    lobby.LockClass: _lock,
    lobby.RemovePerson: _remove,
    lobby.SetRole: _set_role,
}
LIMITS: dict[type[Any], Limit] = dict.fromkeys(ANSWERS, DOOR)
