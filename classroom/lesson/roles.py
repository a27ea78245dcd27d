"""Which role somebody had in a lesson at the end, as its lines tell. A core."""

from __future__ import annotations

from collections.abc import Iterable

from classroom.people.role import Role
from classroom.room.record import LessonLine

KINDS = ("participant_joined", "participant_changed", "participant_left")
"""The lines that tell it."""


def last_role(lines: Iterable[LessonLine], who: str) -> Role | None:
    """The role somebody had last; None when they never were there, or were removed for good."""
    role: Role | None = None
    for line in lines:
        if line.kind == "participant_left":
            is_removed = line.body["participant_id"] == who and line.body["reason"] == "removed"
            role = None if is_removed else role
        elif line.kind in KINDS and line.body["participant"]["id"] == who:
            role = line.body["participant"]["role"]
    return role
