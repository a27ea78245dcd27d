"""A lesson's aids, as they cross the wire: a timer for all, a fair pick, stars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.requests import Done
from classroom.wire.values import Id

COUNTDOWN_MAX = 7200

Seconds = Annotated[int, Field(ge=5, le=COUNTDOWN_MAX)]
Among = Literal["not_picked", "everyone", "hands"]


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown, or with `ends_ms` null a stopwatch, on the room clock. While `paused_ms` is
    set it stands still and shows what it showed then."""

    started_ms: int
    ends_ms: int | None
    paused_ms: int | None


@dataclass(frozen=True, slots=True)
class Stars:
    """How many somebody has in this lesson."""

    participant_id: str
    count: int


@dataclass(frozen=True, slots=True)
class Aids:
    timer: Timer | None = None
    stars: list[Stars] = field(default_factory=list)
    """Of each person who has some."""


@dataclass(frozen=True, slots=True)
class StartTimer:
    """A countdown, or with null a stopwatch; it takes the place of the one there is."""

    NAME: ClassVar[str] = "timer.start"
    seconds: Seconds | None


@dataclass(frozen=True, slots=True)
class ExtendCountdown:
    NAME: ClassVar[str] = "timer.extend"
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class PauseTimer:
    """Or, with false, go on."""

    NAME: ClassVar[str] = "timer.pause"
    on: bool


@dataclass(frozen=True, slots=True)
class StopTimer:
    NAME: ClassVar[str] = "timer.stop"


@dataclass(frozen=True, slots=True)
class PickStudent:
    """A student who is here: nobody twice before everybody was picked, anybody, or one of those
    who raise a hand."""

    NAME: ClassVar[str] = "ask.pick"
    among: Among = "not_picked"


@dataclass(frozen=True, slots=True)
class GiveStar:
    NAME: ClassVar[str] = "star.give"
    participant_id: Id
    count: Annotated[int, Field(ge=-1, le=1)]
    """-1 takes one back."""


@dataclass(frozen=True, slots=True)
class TimerChanged:
    """It began, was extended, paused or stopped, or (`is_over`) its time is over."""

    timer: Timer | None
    is_over: bool
    type: Literal["timer_changed"] = "timer_changed"


@dataclass(frozen=True, slots=True)
class StudentPicked:
    participant_id: str
    type: Literal["student_picked"] = "student_picked"


@dataclass(frozen=True, slots=True)
class StarsChanged:
    stars: Stars
    type: Literal["stars_changed"] = "stars_changed"


AidsEvent = TimerChanged | StudentPicked | StarsChanged

REQUESTS: dict[type[Any], type[Any]] = {
    StartTimer: Done,
    ExtendCountdown: Done,
    PauseTimer: Done,
    StopTimer: Done,
    PickStudent: Done,
    GiveStar: Done,
}
