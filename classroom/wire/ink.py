"""Drawing on the shared screen, as it crosses the wire. The strokes go over the board's socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.played import Ink, InkLook
from classroom.wire.requests import Done
from classroom.wire.values import Id

InkDeed = Literal["begun", "set", "cleared", "uncleared", "frozen", "ended"]

PictureSide = Annotated[int, Field(ge=1, le=16_384)]
"""Pixels."""


@dataclass(frozen=True, slots=True)
class BeginInk:
    """Draw on the share that has the stage; `look` counts when nobody did before."""

    NAME: ClassVar[str] = "ink.begin"
    look: InkLook = "stay"


@dataclass(frozen=True, slots=True)
class InkBegun:
    page_id: str


@dataclass(frozen=True, slots=True)
class SetInk:
    """By staff or whoever shares; null leaves as it is."""

    NAME: ClassVar[str] = "ink.set"
    look: InkLook | None = None
    open: bool | None = None


@dataclass(frozen=True, slots=True)
class ClearInk:
    """By staff or whoever shares."""

    NAME: ClassVar[str] = "ink.clear"


@dataclass(frozen=True, slots=True)
class UnclearInk:
    """Bring back what was cleared, beside what was drawn since."""

    NAME: ClassVar[str] = "ink.unclear"


@dataclass(frozen=True, slots=True)
class FreezeInk:
    """Make a page of the board of a picture of the share, with what was drawn on it, and turn to
    it. `asset` is a picture that was sent for the board; `width` and `height` are its pixels."""

    NAME: ClassVar[str] = "ink.freeze"
    asset: Id
    width: PictureSide
    height: PictureSide
    name: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True, slots=True)
class InkFrozen:
    page_id: str


@dataclass(frozen=True, slots=True)
class InkChanged:
    """`page_id` is the page of the board that was made, when it was frozen."""

    ink: Ink
    deed: InkDeed
    by: str | None
    page_id: str
    type: Literal["ink_changed"] = "ink_changed"


InkEvent = InkChanged

REQUESTS: dict[type[Any], type[Any]] = {
    BeginInk: InkBegun,
    SetInk: Done,
    ClearInk: Done,
    UnclearInk: Done,
    FreezeInk: InkFrozen,
}
