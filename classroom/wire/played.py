"""What the snapshot tells of films, activities and ink on the stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

InkLook = Literal["fade", "stay"]
"""Whether what is drawn goes by itself after some seconds."""


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


@dataclass(frozen=True, slots=True)
class Ink:
    """What is drawn on the share that has the stage."""

    page_id: str = ""
    """Its page, which is reserved and of kind "ink"; empty before somebody began."""
    share_of: str | None = None
    """Participant id."""
    look: InkLook = "stay"
    is_open: bool = True
    """Whether everybody with a pen draws, or staff and whoever shares alone."""
