"""Small aids of a lesson: a countdown for all, who was picked, and stars."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId

STARS_MAX = 99
"""Of one person in one lesson."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """On the room clock."""

    started_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True)
class AidsState:
    countdown: Countdown | None = None
    stars: tuple[tuple[ParticipantId, int], ...] = ()
    """Of each person who has some."""
    picked: tuple[ParticipantId, ...] = ()
    """In this round; when everybody was picked a new one begins."""

    def stars_of(self, who: ParticipantId) -> int:
        """How many somebody has."""
        return next((count for one, count in self.stars if one == who), 0)
