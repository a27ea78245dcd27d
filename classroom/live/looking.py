"""A live room as others may see it: strangers at the door, and HTTP that asks for a right."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.clock import iso
from classroom.ids import ParticipantId
from classroom.live.room import LiveRoom
from classroom.room.participant import SeatState
from classroom.room.policy import is_staff


@dataclass(frozen=True, slots=True)
class Look:
    """A live room seen from outside: of students nothing but how many there are."""

    hosts: tuple[str, ...]
    participant_ids: frozenset[str]
    started_at: str


def look_at(live: LiveRoom) -> Look:
    """What anybody may know of it."""
    people = live.room.participants.values()
    return Look(
        hosts=tuple(who.name for who in people if is_staff(who.role)),
        participant_ids=frozenset(live.room.participants),
        started_at=iso(live.room.started_at),
    )


def is_in(live: LiveRoom, participant_id: ParticipantId) -> bool:
    """Whether somebody is in the class, or away and their place is kept."""
    return participant_id in live.room.participants


def has_pen(live: LiveRoom, participant_id: ParticipantId) -> bool:
    """Whether somebody is here now and may draw on the board."""
    who = live.room.participants.get(participant_id)
    return who is not None and who.seat is SeatState.HERE and who.pen != "none"
