"""Activities in the form they cross the wire. What they do is in no record of the lesson."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import activity_event as event
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import activity, played

FORMS: dict[type[Any], Callable[[Any], Any]] = {
    event.ActivityChanged: lambda it: activity.ActivityChanged(
        it.page_id, it.key, it.value, it.by or ""
    ),
    event.ActivitySaid: lambda it: activity.ActivitySaid(it.page_id, it.name, it.value, it.by),
    event.ActivityTold: lambda it: activity.ActivityTold(it.page_id, it.name, it.value, it.by),
}
RECORDS: dict[type[Any], Callable[[dict[str, Any]], None]] = dict.fromkeys(FORMS, lambda body: None)


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The field of a snapshot."""
    kept = room.parts.activities.state.activities
    return {
        "activities": [
            played.Activity(one.page_id, [played.ActivityValue(*pair) for pair in one.values])
            for one in kept
        ]
    }
