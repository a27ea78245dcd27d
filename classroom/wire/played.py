"""What the snapshot tells of films and activities on the stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """Where the film of a page is: at `position_ms` when the room clock showed `at_ms`, and while
    it plays further on by `rate` percent of what the clock went since."""

    page_id: str
    is_playing: bool
    position_ms: int
    at_ms: int
    rate: int
    """Percent."""


@dataclass(frozen=True, slots=True)
class ActivityValue:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What the activity of a page keeps."""

    page_id: str
    values: list[ActivityValue]
