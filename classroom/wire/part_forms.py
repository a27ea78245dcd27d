"""The forms of all parts of a room, joined: what happened, what is recorded, what a snapshot has.

A part's `<part>_form` has FORMS (by the kind of event), RECORDS where its record differs from what
is told, and `snapshot`, which gives its fields of a `RoomSnapshot`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room.participant import Participant
from classroom.room.room import Room

FORMS: dict[type[Any], Callable[[Any], Any]] = {}
RECORDS: dict[type[Any], Callable[[dict[str, Any]], dict[str, Any] | None]] = {}
"""What is written of a body; None when it is not recorded at all."""
SNAPSHOTS: tuple[Callable[[Room, Participant], dict[str, Any]], ...] = ()
