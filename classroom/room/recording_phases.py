"""The life of a recording as a table."""

from __future__ import annotations

from typing import Any, Literal

from classroom.room.recording_command import (
    AnswerRecording,
    AskRecording,
    BeginRecording,
    MarkRecording,
    PauseRecording,
    ResumeRecording,
    StopRecording,
)
from classroom.room.recording_state import Phase

Step = Phase | Literal["recording.none", "recording.running"]
"""The phase after a command, or the code it is refused with."""
PHASES: dict[type[Any], dict[Phase, Step]] = {
    AskRecording: {
        "off": "asking",
        "asking": "recording.running",
        "on": "recording.running",
        "paused": "recording.running",
    },
    BeginRecording: {
        "off": "recording.none",
        "asking": "on",
        "on": "on",
        "paused": "recording.running",
    },
    PauseRecording: {
        "off": "recording.none",
        "asking": "recording.none",
        "on": "paused",
        "paused": "paused",
    },
    ResumeRecording: {
        "off": "recording.none",
        "asking": "recording.none",
        "on": "on",
        "paused": "on",
    },
    StopRecording: {"off": "recording.none", "asking": "off", "on": "off", "paused": "off"},
    AnswerRecording: {
        "off": "recording.none",
        "asking": "asking",
        "on": "on",
        "paused": "paused",
    },
    MarkRecording: {
        "off": "recording.none",
        "asking": "recording.none",
        "on": "on",
        "paused": "recording.none",
    },
}
"""What each command makes of each phase. Others are never refused: they do nothing where they mean
nothing."""
