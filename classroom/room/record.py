"""What is kept of a lesson beyond the process: its lines, its state, and who spoke when.

Plain values that the store, the wire and the live rooms share. Times named `_ms` are of the room
clock: milliseconds since the lesson began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from classroom.room.kept import Kept

SpanKind = Literal["spoke", "weak", "poor"]


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One entry of a lesson's log as it is kept; `line` counts also those that are not."""

    line: int
    clock_ms: int
    at: datetime
    kind: str
    body: dict[str, Any]
    """What happened, as JSON; never what was written in the chat or answered without a name."""
    is_private: bool
    """Whether it was told to some people only."""


@dataclass(frozen=True, slots=True)
class KeptLesson:
    """A lesson that begins, or goes on after the server was away."""

    lesson_id: str
    kept: Kept | None
    """The room's state as it was saved last; None when it begins."""
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which somebody spoke, or had a weak or poor connection."""

    participant_id: str
    kind: SpanKind
    from_ms: int
    to_ms: int
