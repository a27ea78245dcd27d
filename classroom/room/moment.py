"""The moment at which something is done, in the three clocks of a room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment, read once for a whole command."""

    now: float
    """Monotonic seconds, for waiting."""
    at: datetime
    """Aware, UTC, for people."""
    clock_ms: int
    """The room clock: milliseconds since the lesson began. It never goes back, and goes on after a
    restart of the server."""
