"""The floor's values in the form they cross the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from classroom.room import floor_event, floor_state
from classroom.room.participant import Participant
from classroom.room.policy import is_staff
from classroom.room.room import Room
from classroom.wire import floor


def floor_form(state: floor_state.FloorState) -> floor.Floor:
    """What holds for everybody."""
    return _floor(state)


def hand_form(hand: floor_state.Hand) -> floor.Hand:
    """One raised hand."""
    return floor.Hand(hand.participant_id, hand.raised_ms)


def hands_form(state: floor_state.FloorState) -> list[floor.Hand]:
    """The queue, the first first."""
    return [hand_form(hand) for hand in state.hands]


def asked_form(asked: floor_state.AskedToSpeak) -> floor.AskedToSpeak:
    """Somebody who was asked to speak."""
    return floor.AskedToSpeak(asked.participant_id, asked.source, asked.at_ms)


def asked_of(state: floor_state.StagedState, viewer: Participant) -> list[floor.AskedToSpeak]:
    """Who was asked: of all for staff, else only oneself."""
    return [
        asked_form(one)
        for one in state.asked
        if is_staff(viewer.role) or one.participant_id == viewer.id
    ]


def _floor(state: floor_state.FloorState | floor_event.FloorChanged) -> floor.Floor:
    locks = floor.Locks(**asdict(state.locks))
    layout = None if state.layout is None else _layout(state.layout)
    return floor.Floor(locks, state.spotlight, state.is_focus, layout, state.leader)


def _layout(layout: floor_state.Layout) -> floor.Layout:
    return floor.Layout(layout.view, layout.by, layout.at_ms)


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The floor's fields of a snapshot, as one participant may know them."""
    return {
        "floor": floor_form(room.parts.floor.state),
        "hands": hands_form(room.parts.floor.state),
        "asked": asked_of(room.parts.on_stage.state, viewer),
    }


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    floor_event.HandRaised: lambda event: floor.HandRaised(hand_form(event.hand)),
    floor_event.HandLowered: lambda event: floor.HandLowered(event.participant_id, event.why),
    floor_event.FloorChanged: lambda event: floor.FloorChanged(_floor(event)),
    floor_event.SpeakingAsked: lambda event: floor.SpeakingAsked(asked_form(event.asked), event.by),
    floor_event.SpeakingDeclined: lambda event: floor.SpeakingDeclined(
        event.participant_id, event.source
    ),
}
