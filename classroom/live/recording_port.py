"""What live rooms need of the house for recordings: their rows, their keys, who agreed.

The composition root gives the real ones; tests have twins in memory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from classroom.ids import ParticipantId
from classroom.store.consent import ConsentDeed
from classroom.store.recording_people import RecordedPerson
from classroom.store.recordings import NewRecording


@dataclass(frozen=True, slots=True)
class RecordingDrawer:
    """Where recordings are kept, by their id. Everything may raise StoreFailed."""

    begin: Callable[[NewRecording], Awaitable[Path]]
    """It begins: its row, the keys of what is nobody's, its folder. Refused `recording.storage`
    when there is no space, or its owner has used up theirs."""
    note_person: Callable[[str, RecordedPerson], Awaitable[None]]
    """Somebody agreed to these kinds, too."""
    key_for: Callable[[str, str, str], Awaitable[bytes]]
    """The key of a recording, a participant ("" is nobody's) and a kind; made when there is none.
    Nobody's kinds are "room" and "derived"."""
    end: Callable[[str, datetime, int], Awaitable[None]]
    """It is over, and so many people were in class while it ran; it is being made from now on."""
    erase: Callable[[str, ParticipantId, Collection[str]], Awaitable[None]]
    """Destroy somebody's keys of these kinds at once. What was made of them is made anew: now when
    the recording is over, else by whoever records, before it is ready."""
    session_for: Callable[[str, ParticipantId, str], Awaitable[str]]
    """A session in which somebody of the class, called so, may play it while it is made. Refused
    `recording.unknown`, `recording.changing`."""
    lines: Callable[[str, Sequence[ConsentDeed]], Awaitable[None]]
    """Written down when this returns."""
