"""Activities on the stage on the wire: what their copies share, and what they tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.requests import Done
from classroom.wire.values import Id

ACTIVITY_JSON_MAX = 8192

Json = Annotated[str, Field(min_length=1, max_length=ACTIVITY_JSON_MAX)]
"""Written by a copy of the activity and read by the others; the server does not look into it."""


@dataclass(frozen=True, slots=True)
class SetActivityValue:
    """Keep a value for everybody; "null" takes it away. Staff, and whoever has a pen."""

    NAME: ClassVar[str] = "activity.set"
    page_id: Id
    key: Id
    value: Json


@dataclass(frozen=True, slots=True)
class SendActivityEvent:
    """Tell something that is not kept: staff to everybody, students to the staff."""

    NAME: ClassVar[str] = "activity.event"
    page_id: Id
    name: Id
    value: Json


@dataclass(frozen=True, slots=True)
class ResetActivity:
    """Take all values away, for everybody. Staff."""

    NAME: ClassVar[str] = "activity.reset"
    page_id: Id


@dataclass(frozen=True, slots=True)
class ActivityChanged:
    """A value is new; "null" is none. `by` is empty when a new version took it away."""

    page_id: str
    key: str
    value: str
    by: str
    type: Literal["activity_changed"] = "activity_changed"


@dataclass(frozen=True, slots=True)
class ActivitySaid:
    """By staff, to everybody."""

    page_id: str
    name: str
    value: str
    by: str
    type: Literal["activity_said"] = "activity_said"


@dataclass(frozen=True, slots=True)
class ActivityTold:
    """By a student, to the staff."""

    page_id: str
    name: str
    value: str
    by: str
    type: Literal["activity_told"] = "activity_told"


ActivityEvent = ActivityChanged | ActivitySaid

REQUESTS: dict[type[Any], type[Any]] = {
    SetActivityValue: Done,
    SendActivityEvent: Done,
    ResetActivity: Done,
}
