"""Somebody of a room, as it outlives a restart of the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.locks import Grant


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """Somebody who had a seat; their pen follows from the pens that were given."""

    id: ParticipantId
    name: str
    role: Role
    joined_at: datetime
    grant: Grant | None = None
    place: str = ""
    is_chat_muted: bool = False
