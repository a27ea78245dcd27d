"""A lesson's aids in the form they cross the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import aids_event, aids_state
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import aids


def countdown_form(countdown: aids_state.Countdown | None) -> aids.Countdown | None:
    """A running countdown."""
    return None if countdown is None else aids.Countdown(countdown.started_ms, countdown.ends_ms)


def aids_form(state: aids_state.AidsState) -> aids.Aids:
    """What everybody may know."""
    stars = [aids.Stars(who, count) for who, count in state.stars]
    return aids.Aids(countdown_form(state.countdown), stars)


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    aids_event.CountdownChanged: lambda event: aids.CountdownChanged(
        countdown_form(event.countdown), event.is_over
    ),
    aids_event.StudentPicked: lambda event: aids.StudentPicked(event.participant_id),
    aids_event.StarsChanged: lambda event: aids.StarsChanged(
        aids.Stars(event.participant_id, event.stars)
    ),
}


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The field of a snapshot."""
    return {"aids": aids_form(room.parts.aids.state)}
