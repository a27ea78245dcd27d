"""Small aids of a lesson: a countdown or stopwatch for all, who was picked, and stars."""

from __future__ import annotations

from dataclasses import dataclass, replace

from classroom.ids import ParticipantId

STARS_MAX = 99
"""Of one person in one lesson."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown, or without an end a stopwatch; all on the room clock. It shows the time from
    `started_ms`, or to `ends_ms`, counted at `paused_ms` while it stands still."""

    started_ms: int
    ends_ms: int | None = None
    paused_ms: int | None = None

    def paused(self, now_ms: int) -> Timer:
        """It stands still from now on; one that does already stays as it is."""
        return self if self.paused_ms is not None else replace(self, paused_ms=now_ms)

    def resumed(self, now_ms: int) -> Timer:
        """It goes on with what it showed when it was paused."""
        if self.paused_ms is None:
            return self
        stood_ms = now_ms - self.paused_ms
        ends_ms = None if self.ends_ms is None else self.ends_ms + stood_ms
        return Timer(self.started_ms + stood_ms, ends_ms)

    @property
    def due_ms(self) -> int | None:
        """When its time is over; None while it stands still, and for a stopwatch."""
        return self.ends_ms if self.paused_ms is None else None


@dataclass(frozen=True, slots=True)
class AidsState:
    timer: Timer | None = None
    stars: tuple[tuple[ParticipantId, int], ...] = ()
    """Of each person who has some."""
    picked: tuple[ParticipantId, ...] = ()
    """In this round; when everybody was picked a new one begins."""

    def stars_of(self, who: ParticipantId) -> int:
        """How many somebody has."""
        return next((count for one, count in self.stars if one == who), 0)
