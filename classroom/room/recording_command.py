"""What can be asked about recording."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.recording_state import Answers, Kind, Why


@dataclass(frozen=True, slots=True)
class AskRecording:
    """Ask everybody. Who asks answers for themself at once; `recording_id` is new and made by the
    caller; `text` is what they read, as in a Consent."""

    by: ParticipantId
    recording_id: str
    purpose: str
    kinds: tuple[Kind, ...]
    answers: Answers
    text: str


@dataclass(frozen=True, slots=True)
class BeginRecording:
    """From now on it is written what those who agreed say, show and draw."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class PauseRecording:
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class ResumeRecording:
    by: ParticipantId


@dataclass(frozen=True, slots=True)
class StopRecording:
    """End it; or, while people are asked, ask no more."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class AnswerRecording:
    """Say yes or no to some kinds, for oneself; a no after a yes takes it back."""

    by: ParticipantId
    answers: Answers
    text: str


@dataclass(frozen=True, slots=True)
class SeeRecording:
    """The mark of recording is on their screen."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class MarkRecording:
    """A chapter begins."""

    by: ParticipantId
    title: str


@dataclass(frozen=True, slots=True)
class HaltRecording:
    """The server cannot go on with it; nobody does it, so `by` is empty."""

    by: ParticipantId
    why: Why


@dataclass(frozen=True, slots=True)
class AgreeAhead:
    """Agree to kinds before coming in, for every recording of the lesson."""

    by: ParticipantId
    kinds: tuple[Kind, ...]
    text: str


RecordingCommand = (
    AskRecording
    | BeginRecording
    | PauseRecording
    | ResumeRecording
    | StopRecording
    | AnswerRecording
    | SeeRecording
    | MarkRecording
)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Somebody says no to kinds by the link they got, here or gone; `by` is empty."""

    by: ParticipantId
    participant_id: ParticipantId
    kinds: tuple[Kind, ...]


RecordingDoorCommand = HaltRecording | AgreeAhead | TakeBack
"""Sent by somebody who is not in the room."""
