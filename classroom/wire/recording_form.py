"""Recording by consent in the form it crosses the wire, and is written into the lesson's log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import recording_event, recording_state
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import recording

LOGGED = ("asked", "begun", "paused", "resumed", "stopped")
"""Deeds of a lesson's log; answers stand in the record of consents alone."""


def answers_form(
    answers: recording_state.Answers,
) -> dict[recording.RecordingKind, bool]:
    """By kind, true for a yes."""
    return {kind: answer == "yes" for kind, answer in answers}


def recording_form(
    state: recording_state.RecordingState, numbers: tuple[int, int]
) -> recording.Recording:
    """What everybody may know: numbers, and nobody's answers."""
    return recording.Recording(
        phase=state.phase,
        recording_id=state.recording_id,
        asked_by=state.asked_by,
        asked_name=state.asker,
        purpose=state.purpose,
        kinds=list(state.kinds),
        asked_ms=state.asked_ms,
        began_ms=state.began_ms,
        paused_ms=state.paused_ms,
        off_ms=state.off_ms,
        agreed=numbers[0],
        asked=numbers[1],
        why=state.why,
    )


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    recording_event.RecordingChanged: lambda event: recording.RecordingChanged(
        recording_form(event.state, (event.agreed, event.asked)), event.deed, event.by
    ),
    recording_event.RecordingMarked: lambda event: recording.RecordingMarked(event.title, event.by),
    recording_event.ConsentGiven: lambda event: recording.ConsentGiven(
        event.participant_id, answers_form(event.answers), event.text, event.at_ms
    ),
}


def _record(body: dict[str, Any]) -> dict[str, Any] | None:
    if body["deed"] not in LOGGED:
        return None
    now = body["recording"]
    return {
        "type": body["type"],
        "deed": body["deed"],
        "by": body["by"],
        "recording_id": now["recording_id"],
        "why": now["why"],
    }


RECORDS: dict[type[Any], Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    recording_event.RecordingChanged: _record,
    recording_event.ConsentGiven: lambda body: None,
}


def consents(room: Room) -> recording.Consents:
    """What everybody in the room said, in the order in which they came."""
    state = room.parts.recording.state
    people: list[recording.PersonConsent] = []
    for who in room.participants:
        said = state.consent_of(who)
        answers = answers_form(said.answers) if said else {}
        at_ms = said.at_ms if said else 0
        people.append(recording.PersonConsent(who, answers, at_ms, who in state.seen))
    return recording.Consents(people)


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The fields of a snapshot."""
    part, terms = room.parts.recording, room.terms
    said = part.state.consent_of(viewer.id)
    return {
        "recording": recording_form(part.state, part.numbers()),
        "recording_terms": recording.RecordingTerms(
            terms.recording_policy, terms.kept_days, part.refusal()
        ),
        "own_consent": said
        and recording.OwnConsent(answers_form(said.answers), said.text, said.at_ms),
    }
