"""Drawing on the shared screen in the form it crosses the wire, and is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import ink_event, ink_state
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import ink, played

RECORDED = ("begun", "frozen")
"""That somebody drew on a screen, and what was kept of it; the rest passes."""


def ink_form(state: ink_state.InkState) -> played.Ink:
    """What everybody may know."""
    return played.Ink(state.page_id, state.share_of, state.look, state.is_open)


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    ink_event.InkChanged: lambda event: ink.InkChanged(
        ink_form(event.ink), event.deed, event.by, event.page_id
    ),
}


def _record(body: dict[str, Any]) -> dict[str, Any] | None:
    if body["deed"] not in RECORDED:
        return None
    return {name: body[name] for name in ("type", "deed", "by", "page_id")}


RECORDS: dict[type[Any], Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    ink_event.InkChanged: _record,
}


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The field of a snapshot."""
    return {"ink": ink_form(room.parts.ink.state)}
