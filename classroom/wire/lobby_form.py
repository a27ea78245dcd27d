"""The door of a class in the form it crosses the wire; who waits is for staff alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from classroom.people.enrolment import is_enrolled
from classroom.room.lobby_event import DoorChanged, LobbyChanged
from classroom.room.lobby_state import Waiting
from classroom.room.participant import Participant
from classroom.room.policy import is_staff
from classroom.room.room import Room
from classroom.wire import lobby


def lobby_form(waiting: Sequence[Waiting]) -> lobby.Lobby:
    """Everybody who stands in front of the door."""
    return lobby.Lobby([_waiting_form(one) for one in waiting])


def _waiting_form(one: Waiting) -> lobby.WaitingPerson:
    who = one.participant_id
    return lobby.WaitingPerson(who, one.name, one.role, one.at_ms, is_enrolled(who))


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    DoorChanged: lambda event: lobby.DoorChanged(lobby.Door(event.has_lobby, event.is_locked)),
    LobbyChanged: lambda event: lobby.LobbyChanged(lobby_form(event.waiting)),
}
RECORDS: dict[type[Any], Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    LobbyChanged: lambda body: None,
}
"""Who only stood in front of the door is not recorded."""


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The fields of a snapshot."""
    state = room.parts.lobby.state
    waiting = lobby_form(state.waiting) if is_staff(viewer.role) else None
    return {"door": lobby.Door(state.is_on, state.is_locked), "lobby": waiting}
