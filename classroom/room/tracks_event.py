"""What happened to somebody's tracks by another's doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId
from classroom.room.audience import Private
from classroom.room.kinds import Source

Why = Literal["muted", "locked", "off_stage", "role", "group"]


@dataclass(frozen=True, slots=True)
class Silenced(Private):
    """Microphone or camera were muted, or a share was ended; told to that person alone."""

    participant_id: ParticipantId
    sources: tuple[Source, ...]
    by: ParticipantId | None
    """Who did it; None when it follows from something else, as a role that changed."""
    why: Why


TracksEvent = Silenced
