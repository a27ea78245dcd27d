"""A lesson's aids, as they cross the wire: a countdown for all, a fair pick, stars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.requests import Done
from classroom.wire.values import Id

COUNTDOWN_MAX = 7200

Seconds = Annotated[int, Field(ge=5, le=COUNTDOWN_MAX)]


@dataclass(frozen=True, slots=True)
class Countdown:
    """On the room clock."""

    started_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True)
class Stars:
    """How many somebody has in this lesson."""

    participant_id: str
    count: int


@dataclass(frozen=True, slots=True)
class Aids:
    countdown: Countdown | None = None
    stars: list[Stars] = field(default_factory=list)
    """Of each person who has some."""


@dataclass(frozen=True, slots=True)
class StartCountdown:
    """A running one begins anew."""

    NAME: ClassVar[str] = "timer.start"
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class ExtendCountdown:
    NAME: ClassVar[str] = "timer.extend"
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class StopCountdown:
    NAME: ClassVar[str] = "timer.stop"


@dataclass(frozen=True, slots=True)
class PickStudent:
    """Somebody who is here; nobody twice before everybody was picked."""

    NAME: ClassVar[str] = "ask.pick"


@dataclass(frozen=True, slots=True)
class GiveStar:
    NAME: ClassVar[str] = "star.give"
    participant_id: Id
    count: Annotated[int, Field(ge=-1, le=1)]
    """-1 takes one back."""


@dataclass(frozen=True, slots=True)
class CountdownChanged:
    """It began, was extended, was stopped, or (`is_over`) its time is over."""

    countdown: Countdown | None
    is_over: bool
    type: Literal["countdown_changed"] = "countdown_changed"


@dataclass(frozen=True, slots=True)
class StudentPicked:
    participant_id: str
    type: Literal["student_picked"] = "student_picked"


@dataclass(frozen=True, slots=True)
class StarsChanged:
    stars: Stars
    type: Literal["stars_changed"] = "stars_changed"


AidsEvent = CountdownChanged | StudentPicked | StarsChanged

REQUESTS: dict[type[Any], type[Any]] = {
    StartCountdown: Done,
    ExtendCountdown: Done,
    StopCountdown: Done,
    PickStudent: Done,
    GiveStar: Done,
}
