"""Reactions over faces, as they cross the wire: seen for a moment, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from classroom.wire.requests import Done

FaceReaction = Literal["like", "love", "clap", "laugh", "wow", "party"]


@dataclass(frozen=True, slots=True)
class React:
    NAME: ClassVar[str] = "floor.react"
    reaction: FaceReaction


@dataclass(frozen=True, slots=True)
class GivenReaction:
    participant_id: str
    reaction: FaceReaction
    count: int
    """How often since the last time it was told."""


@dataclass(frozen=True, slots=True)
class FloorReactions:
    """What people gave just now, to everybody whom they can be heard by, and to themselves."""

    NAME: ClassVar[str] = "floor.reactions"
    given: list[GivenReaction]


REQUESTS: dict[type[Any], type[Any]] = {React: Done}
NOTICES = (FloorReactions,)
