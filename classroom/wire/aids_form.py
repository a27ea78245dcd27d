"""A lesson's aids in the form they cross the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import aids_event, aids_state
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import aids


def timer_form(timer: aids_state.Timer | None) -> aids.Timer | None:
    """The timer there is."""
    if timer is None:
        return None
    return aids.Timer(timer.started_ms, timer.ends_ms, timer.paused_ms)


def aids_form(state: aids_state.AidsState) -> aids.Aids:
    """What everybody may know."""
    stars = [aids.Stars(who, count) for who, count in state.stars]
    return aids.Aids(timer_form(state.timer), stars)


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    aids_event.TimerChanged: lambda event: aids.TimerChanged(
        timer_form(event.timer), event.is_over
    ),
    aids_event.StudentPicked: lambda event: aids.StudentPicked(event.participant_id),
    aids_event.StarsChanged: lambda event: aids.StarsChanged(
        aids.Stars(event.participant_id, event.stars)
    ),
}


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The field of a snapshot."""
    return {"aids": aids_form(room.parts.aids.state)}
